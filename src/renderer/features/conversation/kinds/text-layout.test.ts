import { describe, expect, it } from 'vitest'
import { estimateHeight, isLong, startsRightToLeft } from './text-layout.ts'

describe('isLong', () => {
  it('counts line breaks and wrapped lines', () => {
    expect(isLong('short')).toBe(false)
    expect(isLong('a\n'.repeat(24))).toBe(false)
    expect(isLong('a\n'.repeat(25))).toBe(true)
    expect(isLong('\n'.repeat(30) + 'a' + '\n'.repeat(30) + 'b')).toBe(false)
    expect(isLong('x'.repeat(60 * 24))).toBe(false)
    expect(isLong('x'.repeat(60 * 24 + 1))).toBe(true)
  })
})

describe('estimateHeight', () => {
  it('grows with the text, up to the height of a folded text', () => {
    expect(estimateHeight('a')).toBe(33)
    expect(estimateHeight('a\nb')).toBe(53)
    expect(estimateHeight('x'.repeat(4096))).toBe(estimateHeight('x'.repeat(3000)))
  })
})

describe('startsRightToLeft', () => {
  it('depends on the first letter', () => {
    expect(startsRightToLeft('שלום world')).toBe(true)
    expect(startsRightToLeft('12, مرحبا')).toBe(true)
    expect(startsRightToLeft('hello שלום')).toBe(false)
    expect(startsRightToLeft('123')).toBe(false)
  })
})
