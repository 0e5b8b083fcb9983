import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  inviteLink,
  inviteSchema,
  newInviteCode,
  parseInvite,
  problemOf,
  type InviteDetails,
} from './invite.ts'

const invite = inviteSchema.parse({
  chatId: 'Group000000000000001',
  code: '0123456789abcdef0123456789abcdef',
})

describe('a code', () => {
  it('is new each time and fits into a link', () => {
    const codes = new Set(Array.from({ length: 100 }, newInviteCode))
    expect(codes.size).toBe(100)
    for (const code of codes) expect(inviteSchema.safeParse({ ...invite, code }).success).toBe(true)
  })
})

describe('a link', () => {
  it('has a form without and a form with a domain, and both are parsed', () => {
    const own = inviteLink(invite, undefined)
    const web = inviteLink(invite, 'chat.example.org')
    expect(own).toBe('perch://join/Group000000000000001/0123456789abcdef0123456789abcdef')
    expect(web).toBe('https://chat.example.org/join#Group000000000000001/0123456789abcdef0123456789abcdef')
    expect(parseInvite(own, undefined)).toEqual(invite)
    expect(parseInvite(own, 'chat.example.org')).toEqual(invite)
    expect(parseInvite(web, 'chat.example.org')).toEqual(invite)
    expect(parseInvite(web.replace('chat', 'CHAT'), 'chat.example.org')).toEqual(invite)
  })

  it.each([
    'https://evil.example/join#Group000000000000001/0123456789abcdef0123456789abcdef',
    'https://chat.example.org.evil.example/join#Group000000000000001/0123456789abcdef0123456789abcdef',
    'https://user@chat.example.org/join#Group000000000000001/0123456789abcdef0123456789abcdef',
    'http://chat.example.org/join#Group000000000000001/0123456789abcdef0123456789abcdef',
    'https://chat.example.org/join#alice_bob/0123456789abcdef0123456789abcdef',
    'https://chat.example.org/join#Group000000000000001/0123',
    'perch://join/Group000000000000001/0123456789ABCDEF0123456789ABCDEF',
    'perch://join/Group000000000000001/0123456789abcdef0123456789abcdef?x',
  ])('is not %j', (link) => {
    expect(parseInvite(link, 'chat.example.org')).toBeNull()
  })

  it('of any text is parsed to a valid invite or null', () => {
    const start = fc.constantFrom('', 'perch://join/', 'https://chat.example.org/join#')
    fc.assert(
      fc.property(start, fc.string({ unit: 'binary' }), (prefix, rest) => {
        const parsed = parseInvite(prefix + rest, 'chat.example.org')
        if (parsed !== null) expect(inviteSchema.safeParse(parsed).success).toBe(true)
      }),
    )
  })
})

describe('the problem of a link', () => {
  const open: InviteDetails = {
    title: 'Garden',
    description: '',
    photo: null,
    memberCount: 3,
    createdAt: 1,
    expiresAt: null,
    maxJoins: null,
    approve: false,
    joins: 4,
    revoked: false,
  }
  it.each<[string | null, Partial<InviteDetails>]>([
    [null, {}],
    [null, { expiresAt: 101, maxJoins: 5, memberCount: 255 }],
    ['revoked', { revoked: true, expiresAt: 1 }],
    ['expired', { expiresAt: 100 }],
    ['usedUp', { maxJoins: 4 }],
    ['full', { memberCount: 256 }],
  ])('is %j for %j', (problem, patch) => {
    expect(problemOf({ ...open, ...patch }, 100)).toBe(problem)
  })
})
