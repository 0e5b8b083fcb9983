import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { maskText, maskValue } from './log-mask.ts'

describe('maskText', () => {
  it.each([
    ['sign-in for +4915112345678 failed', 'sign-in for [phone] failed'],
    ['call +1 (650) 555-3434 now', 'call [phone] now'],
    ['perch://person/%2B16505553434', 'perch://person/[phone]'],
    ['number 015112345678', 'number [phone]'],
    ['code 123456 refused', 'code [code] refused'],
    ['mail ada@example.org', 'mail [mail]'],
    ['GET https://x.example/a?key=abc&phone=1', 'GET https://x.example/a?[query]'],
    ['Bearer eyJhbGciOiJSUzI1NiIsImtpZCI6.eyJzdWIiOiJhYmMifQ.c2ln', 'Bearer [token]'],
    ['key AIzaSyA-1234567890abcdefghijklmnopqrstu', 'key [token]'],
    ['{"text":"see you at \\"nine\\"","seq":3}', '{"text":"[hidden]","seq":3}'],
    ['{"idToken": "abc", "code": 123456}', '{"idToken": "[hidden]", "code": "[hidden]"}'],
  ])('%j', (text, masked) => {
    expect(maskText(text)).toBe(masked)
  })

  it('keeps what helps to understand a failure', () => {
    for (const text of [
      'started in 1234 ms, version 0.1.0',
      'message 0b9f2c1e-8a51-4c3d-9f1f-2f7a5f0f1a22 acknowledged',
      'at run (file:///opt/perch/out/main/index.js:1042:17)',
      'http://127.0.0.1:45678/v1 refused',
      'SQLITE_BUSY: database is locked',
    ]) {
      expect(maskText(text)).toBe(text)
    }
  })

  it('masks a number in international form anywhere in the text', () => {
    const digits = fc.stringMatching(/^[1-9][0-9]{6,13}$/)
    const around = fc.constantFrom('', ' ', '"', '(', 'tel:', 'x=', ':', ',', '\n')
    fc.assert(
      fc.property(around, digits, around, (before, number, after) => {
        expect(maskText(`${before}+${number}${after}`)).not.toContain(number)
      }),
    )
  })

  it('limits the length', () => {
    expect(maskText('a b '.repeat(100_000)).length).toBeLessThan(9_000)
  })
})

describe('maskValue', () => {
  it('hides private fields at any depth and masks the rest', () => {
    expect(
      maskValue({
        chat: { preview: 'hi', count: 2 },
        list: ['+4915112345678'],
        displayName: 'Ada',
        note: 'ok',
      }),
    ).toEqual({
      chat: { preview: '[hidden]', count: 2 },
      list: ['[phone]'],
      displayName: '[hidden]',
      note: 'ok',
    })
  })

  it('masks errors and their causes, and accepts cycles', () => {
    const error = new Error('no +4915112345678', { cause: new Error('code 123456') })
    const masked = String(maskValue(error))
    expect(masked).toContain('Error: no [phone]')
    expect(masked).toContain('caused by: Error: code [code]')
    const cycle: Record<string, unknown> = {}
    cycle['self'] = cycle
    expect(JSON.stringify(maskValue(cycle))).toContain('[hidden]')
  })
})
