import { describe, expect, it } from 'vitest'
import { photo as face } from '#shared/domain/test-data.ts'
import type { StagedItem } from '#shared/domain/staged.ts'
import { sha256Schema } from '#shared/messages/attachment.ts'
import { knownBodySchema } from '#shared/messages/body.ts'
import { albumOf, stagedBody } from './staged-body.ts'

const sha256 = sha256Schema.parse('a'.repeat(64))
const photo: StagedItem = {
  id: crypto.randomUUID(),
  kind: 'photo',
  sha256,
  size: 9000,
  mime: 'image/png',
  name: 'pier.png',
  width: 4000,
  height: 3000,
  hash: 'abcd',
  duration: null,
  caption: '',
  asFile: false,
}
const video: StagedItem = { ...photo, kind: 'video', mime: 'video/mp4', duration: 2500 }
const file: StagedItem = { ...photo, kind: 'file', width: null, height: null, hash: '' }
const prepared = { sha256, size: 5000, mime: 'image/jpeg', width: 1600, height: 1200, hash: 'efgh' }
const none = { text: '', mentions: [] }

describe('the body of a staged item', () => {
  it('has what was made for sending, not what was picked', () => {
    const body = stagedBody(photo, prepared, none, undefined)
    expect(body).toMatchObject({
      kind: 'photo',
      width: 1600,
      height: 1200,
      hash: 'efgh',
      file: { size: 5000, mime: 'image/jpeg', enc: null },
    })
    expect(body).not.toHaveProperty('text')
    expect(body).not.toHaveProperty('album')
  })

  it('is valid for each kind, with and without caption and album', () => {
    const caption = { text: '  ask @Ada', mentions: [{ who: '*', start: 6, length: 4 }] } as const
    for (const item of [photo, video, file, { ...photo, asFile: true }])
      for (const words of [none, caption])
        for (const album of [undefined, 'b'.repeat(32)])
          expect(knownBodySchema.safeParse(stagedBody(item, prepared, words, album)).error).toBeUndefined()
  })

  it('has a trimmed caption, whose mentions move along', () => {
    const caption = { text: '  ask @Ada ', mentions: [{ who: '*', start: 6, length: 4 }] } as const
    expect(stagedBody(photo, prepared, caption, undefined)).toMatchObject({
      text: 'ask @Ada',
      mentions: '*:4:4',
    })
    expect(stagedBody(photo, prepared, { text: ' \n', mentions: [] }, undefined)).not.toHaveProperty('text')
  })

  it('has the cover of a document', () => {
    const body = stagedBody({ ...file, cover: face.small }, prepared, none, undefined)
    expect(body).toMatchObject({ kind: 'file', cover: face.small })
    expect(knownBodySchema.safeParse(body).error).toBeUndefined()
    expect(stagedBody(file, prepared, none, undefined)).not.toHaveProperty('cover')
  })

  it('has a name and no dimensions when it is sent as a file', () => {
    const body = stagedBody({ ...photo, asFile: true }, prepared, none, 'b'.repeat(32))
    expect(body).toMatchObject({ kind: 'file', name: 'pier.png' })
    expect(body).not.toHaveProperty('width')
    expect(body).not.toHaveProperty('album')
  })

  it('names another object each time', () => {
    const object = (): unknown => {
      const body = stagedBody(photo, prepared, none, undefined)
      return 'file' in body ? body.file.object : undefined
    }
    expect(object()).not.toBe(object())
  })
})

it('two or more pictures are an album, files are not part of it', () => {
  expect(albumOf([photo, video])).toMatch(/^[0-9a-f]{32}$/u)
  expect(albumOf([photo, file])).toBeUndefined()
  expect(albumOf([photo, { ...photo, asFile: true }])).toBeUndefined()
  expect(albumOf([])).toBeUndefined()
})
