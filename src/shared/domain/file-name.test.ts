import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { extensionOf, savedName, shownName } from './file-name.ts'
import { attachment, photoBody } from './test-data.ts'

describe('shownName', () => {
  it('keeps the extension and a few characters before it at the end', () => {
    expect(shownName('Annual report 2026.pdf')).toEqual({ head: 'Annual report ', tail: '2026.pdf' })
    expect(shownName('a.pdf')).toEqual({ head: '', tail: 'a.pdf' })
    expect(shownName('Makefile')).toEqual({ head: 'Make', tail: 'file' })
  })

  it('shows a program as one, whatever its name tries', () => {
    expect(shownName('photo\u202Egpj.exe')).toEqual({ head: 'phot', tail: 'ogpj.exe' })
    expect(shownName(`${'holiday '.repeat(30)}.jpg.exe`).tail).toBe('.jpg.exe')
    expect(shownName('photo.exe\u200B \u2069').tail).toBe('hoto.exe')
  })

  it('never splits an emoji', () => {
    const family = '👨‍👩‍👧‍👦'
    expect(shownName(family.repeat(10))).toEqual({ head: family.repeat(6), tail: family.repeat(4) })
  })

  it('is empty for a name that cannot be seen', () => {
    expect(shownName('\u200B\u202E')).toEqual({ head: '', tail: '' })
  })

  it('returns all of the cleaned name and shows the extension, for any name', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 255, unit: 'grapheme' }), (name) => {
        const { head, tail } = shownName(name)
        expect(head + tail).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/u)
        expect(tail.endsWith(extensionOf(name))).toBe(true)
      }),
    )
  })
})

describe('extensionOf', () => {
  it('is what follows the last dot', () => {
    expect(extensionOf('archive.tar.gz')).toBe('gz')
    expect(extensionOf('no extension')).toBe('')
    expect(extensionOf('See page 3.and then more words')).toBe('')
    expect(extensionOf('ends with a dot.')).toBe('')
    expect(extensionOf('.gitignore')).toBe('')
    expect(extensionOf('.env')).toBe('env')
  })
})

describe('savedName', () => {
  const sentAt = Date.UTC(2026, 10, 26, 14, 2, 9)

  it('is the name that the sender gave', () => {
    const body = { kind: 'file', file: attachment(), name: 'Plan.pdf' } as const
    expect(savedName({ body, sentAt })).toBe('Plan.pdf')
  })

  it('names a picture by its type and time', () => {
    expect(savedName({ body: photoBody(), sentAt })).toBe('Perch image 2026-11-26 14.02.09.jpg')
  })
})
