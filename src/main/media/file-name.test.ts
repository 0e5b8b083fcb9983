import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isProgram, safeFileName } from './file-name.ts'

describe('the name of a file from someone else', () => {
  it.each([
    ['Invoice 2026.pdf', 'Invoice 2026.pdf'],
    ['..\\..\\x', 'x'],
    ['../../etc/passwd', 'passwd'],
    ['/', 'file'],
    ['..', 'file'],
    ['', 'file'],
    ['.bashrc', 'bashrc'],
    ['trailing. . ', 'trailing'],
    ['CON.txt', '_CON.txt'],
    ['nul', '_nul'],
    ['com1.tar.gz', '_com1.tar.gz'],
    ['console.log', 'console.log'],
    ['photo\u202Egpj.exe', 'photogpj.exe'],
    ['a\u0000b\nc\u200Bd.txt', 'abcd.txt'],
    ['a:b*c?"<>|.txt', 'a_b_c_____.txt'],
  ])('%j is saved as %j', (name, expected) => {
    expect(safeFileName(name)).toBe(expected)
  })

  it('keeps the extension and whole characters when it is cut to 255 bytes', () => {
    const name = safeFileName(`${'👩‍👩‍👧‍👦'.repeat(255)}.pdf`)
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255)
    expect(name).toMatch(/^[👩👧👦]+\.pdf$/u)
  })

  it('is one visible segment of at most 255 bytes, for any name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (name) => {
        const safe = safeFileName(name)
        expect(safe).not.toMatch(/[/\\<>:"|?*\p{Cc}\p{Cf}]|^[.\s]|[.\s]$|^$/u)
        expect(Buffer.byteLength(safe)).toBeLessThanOrEqual(255)
      }),
    )
  })
})

describe('a program', () => {
  it.each([
    'a.exe',
    'A.EXE',
    'photo.jpg.scr',
    'x.desktop',
    'x.command',
    'page.html',
    'picture.svg',
    'setup.sh',
  ])('%s can run something', (name) => expect(isProgram(name)).toBe(true))
  it.each(['a.pdf', 'photo.jpg', 'exe', '.exe', 'archive.zip', 'notes'])('%s cannot', (name) =>
    expect(isProgram(name)).toBe(false),
  )
})
