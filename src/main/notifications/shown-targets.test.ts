import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { chatWith, me, messageId } from '#shared/domain/test-data.ts'
import { openShownTargets } from './shown-targets.ts'

let directory: string
let file: string
const errors: unknown[] = []
const open = () => openShownTargets(file, (error) => errors.push(error))
const target = { account: me, chatId: chatWith('ada').id, messageId: messageId(1) }
const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'perch-targets-'))
  file = join(directory, 'notifications.json')
  errors.length = 0
})
afterEach(() => rmSync(directory, { recursive: true }))

describe('shown targets', () => {
  it('survive a restart, until they are removed', () => {
    const targets = open()
    targets.add(uuid(1), target)
    targets.add(uuid(2), target)
    targets.remove(uuid(1))
    expect(open().get(uuid(2))).toEqual(target)
    expect(open().get(uuid(1))).toBeUndefined()
    targets.clear()
    expect(open().get(uuid(2))).toBeUndefined()
  })

  it('are bounded', () => {
    const targets = open()
    for (let n = 0; n < 60; n++) targets.add(uuid(n), target)
    expect(targets.get(uuid(9))).toBeUndefined()
    expect(targets.get(uuid(10))).toEqual(target)
    expect(readFileSync(file, 'utf8').length).toBeLessThan(20_000)
  })

  it('ignore a file that something else has written, and report one that cannot be written', () => {
    for (const text of ['', '{', '[["x",{}]]', `[["${uuid(1)}",{"account":"a b"}]]`]) {
      writeFileSync(file, text)
      expect(open().get(uuid(1))).toBeUndefined()
    }
    file = join(directory, 'no', 'folder')
    open().add(uuid(1), target)
    expect(errors).toHaveLength(1)
  })
})
