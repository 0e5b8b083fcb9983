import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { displayName } from './display-text.ts'
import { extensionOf, savedName, shownName } from './file-name.ts'
import { attachment, photoBody } from './test-data.ts'

describe('shownName', () => {
  it('separates the extension', () => {
    expect(shownName('Annual report 2026.pdf')).toEqual({ base: 'Annual report 2026', extension: '.pdf' })
    expect(shownName('Makefile')).toEqual({ base: 'Makefile', extension: '' })
    expect(shownName('.env')).toEqual({ base: '', extension: '.env' })
  })

  it('shows a program as one, whatever its name tries', () => {
    expect(shownName('photo\u202Egpj.exe')).toEqual({ base: 'photogpj', extension: '.exe' })
    expect(shownName(`${'holiday '.repeat(30)}.jpg.exe`).extension).toBe('.exe')
    expect(shownName('photo.exe\u200B \u2069').extension).toBe('.exe')
  })

  it('is empty for a name that cannot be seen', () => {
    expect(shownName('\u200B\u202E')).toEqual({ base: '', extension: '' })
  })

  it('loses nothing of the cleaned name, for any name', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 255, unit: 'grapheme' }), (name) => {
        const { base, extension } = shownName(name)
        expect(base + extension).toBe(displayName(name, 255))
        expect(base + extension).not.toMatch(/[\u202A-\u202E\u2066-\u2069]/u)
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
