import { execFileSync } from 'node:child_process'
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { me } from '#shared/domain/test-data.ts'
import { ATTACHMENT_LIMIT } from '#shared/messages/attachment.ts'
import { MediaFolder } from './folder.ts'
import { Imports } from './imports.ts'
import { importPath, nameOf } from './import-path.ts'

let root: string
let folder: MediaFolder
let imports: Imports
const at = (name: string): string => join(root, name)

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'perch-opened-'))
  folder = new MediaFolder(at('media'), me)
  imports = new Imports(folder)
})
afterEach(() => {
  rmSync(root, { recursive: true })
})

describe('a file that is opened', () => {
  it('is copied, also through a link', async () => {
    writeFileSync(at('a.txt'), Buffer.alloc(3 * 1024 * 1024, 'x'))
    symlinkSync(at('a.txt'), at('link'))
    const copied = await importPath(imports, at('link'))
    if ('problem' in copied) throw new Error(copied.problem)
    expect(copied.size).toBe(3 * 1024 * 1024)
    expect(readFileSync(folder.pathOf(copied.sha256)).equals(readFileSync(at('a.txt')))).toBe(true)
  })

  it('is refused with the reason', async () => {
    mkdirSync(at('folder'))
    writeFileSync(at('empty'), '')
    writeFileSync(at('large'), '')
    truncateSync(at('large'), ATTACHMENT_LIMIT + 1)
    symlinkSync(at('loop'), at('loop'))
    for (const [name, problem] of [
      ['folder', 'folder'],
      ['empty', 'empty'],
      ['large', 'tooLarge'],
      ['loop', 'unreadable'],
      ['missing', 'gone'],
    ] as const)
      expect(await importPath(imports, at(name))).toMatchObject({ problem })
    expect(await importPath(imports, at('large'))).toMatchObject({ size: ATTACHMENT_LIMIT + 1 })
  })

  it.skipIf(process.platform === 'win32')('is never a pipe or a device', async () => {
    execFileSync('mkfifo', [at('pipe')])
    expect(await importPath(imports, at('pipe'))).toMatchObject({ problem: 'unreadable' })
    expect(await importPath(imports, '/dev/zero')).toMatchObject({ problem: 'unreadable' })
  })

  it('is named by the last part of its path', () => {
    expect(nameOf('/home/me/a.txt')).toBe('a.txt')
    expect(nameOf(`/${'x'.repeat(300)}.txt`)).toMatch(/^x{251}\.txt$/u)
    expect(nameOf('/')).toBe('file')
  })
})
