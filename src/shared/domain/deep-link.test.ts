import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { destinationSchema, findDeepLink, looksLikeLink, parseDeepLink, placeLink } from './deep-link.ts'

describe('parseDeepLink', () => {
  it('parses the kinds of links', () => {
    const code = '0123456789abcdef0123456789abcdef'
    expect(parseDeepLink(`perch://join/Group000000000000001/${code}`)).toEqual({
      to: 'join',
      invite: { chatId: 'Group000000000000001', code },
    })
    expect(parseDeepLink('perch://chat/ada_bob')).toEqual({ to: 'chat', chatId: 'ada_bob' })
    expect(parseDeepLink('perch://person/+4915112345678')).toEqual({ to: 'person', phone: '+4915112345678' })
    expect(parseDeepLink('perch://settings')).toEqual({ to: 'settings' })
    expect(parseDeepLink(placeLink('new-chat'))).toEqual({ to: 'newChat' })
    expect(parseDeepLink(placeLink('new-group'))).toEqual({ to: 'newGroup' })
  })

  it('accepts links as browsers and systems change them', () => {
    expect(parseDeepLink('PERCH://chat/ada_Bob/')).toEqual({ to: 'chat', chatId: 'ada_Bob' })
    expect(parseDeepLink('perch://person/%2B4915112345678')).toEqual({
      to: 'person',
      phone: '+4915112345678',
    })
    expect(parseDeepLink('perch://settings/')).toEqual({ to: 'settings' })
    expect(parseDeepLink('perch://NEW-CHAT/')).toEqual({ to: 'newChat' })
  })

  it.each([
    '',
    'perch://',
    'perch:chat/ada_bob',
    'https://chat/ada_bob',
    ' perch://settings',
    'perch://settings\n',
    'perch://settings?x=1',
    'perch://new-chat/ada_bob',
    'perch://newchat',
    'perch://settings#x',
    'perch://chat/',
    'perch://chat/..%2F..%2Fetc',
    'perch://chat/a/b',
    'perch://chat/%',
    'perch://chat/%00',
    `perch://chat/${'a'.repeat(301)}`,
    `perch://chat/${'a'.repeat(600)}`,
    'perch://person/015112345678',
    'perch://person/+0123456',
    'perch://user:pass@chat/ada_bob',
    'perch://__proto__/x',
    'perch://join/Group000000000000001',
    'perch://join/Group000000000000001/0123',
    'perch://join/alice_bob/0123456789abcdef0123456789abcdef',
    'perch://join/Group000000000000001/0123456789abcdef0123456789abcdef/x',
  ])('refuses %j', (link) => {
    expect(parseDeepLink(link)).toBeNull()
  })

  it('returns a valid destination or null for any text, and accepts every valid chat id', () => {
    const prefix = fc.constantFrom('', 'perch://', 'perch://chat/', 'perch://person/+', 'perch://settings')
    fc.assert(
      fc.property(prefix, fc.string({ unit: 'binary' }), (start, rest) => {
        const destination = parseDeepLink(start + rest)
        if (destination !== null) expect(destinationSchema.safeParse(destination).success).toBe(true)
      }),
    )
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9_-]{1,300}$/), (chatId) => {
        expect(parseDeepLink(`perch://chat/${chatId}`)).toEqual({ to: 'chat', chatId })
      }),
    )
  })
})

describe('looksLikeLink', () => {
  it('recognises the scheme, with any text after it', () => {
    expect(looksLikeLink('perch://settings')).toBe(true)
    expect(looksLikeLink('PERCH:nonsense')).toBe(true)
    expect(looksLikeLink('/opt/perch')).toBe(false)
    expect(looksLikeLink('--user-data-dir=perch://settings')).toBe(false)
  })
})

describe('findDeepLink', () => {
  it('returns the last valid link among other arguments', () => {
    expect(
      findDeepLink(['/opt/perch', '--flag', 'perch://settings', 'perch://chat/a_b', 'perch://x']),
    ).toEqual({
      to: 'chat',
      chatId: 'a_b',
    })
    expect(findDeepLink(['/opt/perch', '--user-data-dir=perch://settings'])).toBeNull()
  })
})
