import { describe, expect, it } from 'vitest'
import { composerState, returnUnsent, startsTyping, textBody, toggleMark } from './composer-text.ts'

describe('composerState', () => {
  it('returns the characters left near the limit, and rejects longer texts', () => {
    expect(composerState('')).toEqual({ canSend: false, left: null })
    expect(composerState(' \n ')).toEqual({ canSend: false, left: null })
    expect(composerState('x'.repeat(3799))).toEqual({ canSend: true, left: null })
    expect(composerState('x'.repeat(3800))).toEqual({ canSend: true, left: 296 })
    expect(composerState(` ${'x'.repeat(4096)}\n`)).toEqual({ canSend: true, left: 0 })
    expect(composerState('x'.repeat(4097))).toEqual({ canSend: false, left: -1 })
  })
})

describe('returnUnsent', () => {
  it('keeps both texts', () => {
    expect(returnUnsent('first', '')).toBe('first')
    expect(returnUnsent('first', 'second')).toBe('first\nsecond')
  })
})

describe('toggleMark', () => {
  it('puts marks around the words, but not around the white space', () => {
    expect(toggleMark(' a b ', '*')).toEqual({ text: ' *a b* ', selectFrom: 1, selectTo: 6 })
  })
  it('removes marks', () => {
    expect(toggleMark('*a b*', '*')).toEqual({ text: 'a b', selectFrom: 0, selectTo: 3 })
    expect(toggleMark('_a_', '*')).toEqual({ text: '*_a_*', selectFrom: 0, selectTo: 5 })
  })
  it('inserts a pair of marks when nothing is selected', () => {
    expect(toggleMark('', '_')).toEqual({ text: '__', selectFrom: 1, selectTo: 1 })
    expect(toggleMark('  ', '_')).toEqual({ text: '  __', selectFrom: 3, selectTo: 3 })
  })
})

describe('keys', () => {
  const key = (name: string, held: 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey' | null = null) => ({
    key: name,
    shiftKey: held === 'shiftKey',
    ctrlKey: held === 'ctrlKey',
    metaKey: held === 'metaKey',
    altKey: held === 'altKey',
  })
  it('accepts letters and paste as typing, and rejects other keys', () => {
    expect(startsTyping(key('a'))).toBe(true)
    expect(startsTyping(key('é'))).toBe(true)
    expect(startsTyping(key('v', 'ctrlKey'))).toBe(true)
    for (const other of [key('Enter'), key(' '), key('c', 'ctrlKey'), key('a', 'altKey'), key('ArrowUp')]) {
      expect(startsTyping(other)).toBe(false)
    }
  })
})

it('sends a text without white space around it and without unpaired surrogates', () => {
  expect(textBody({ text: '  Hello\nBen \n', mentions: [] })).toEqual({ kind: 'text', text: 'Hello\nBen' })
  expect(textBody({ text: 'a\uD83D', mentions: [] })).toEqual({ kind: 'text', text: 'a\uFFFD' })
})
