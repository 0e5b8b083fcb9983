import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { userIdSchema } from '../../src/shared/domain/ids.ts'
import { objectOf, parseBlock, parseChat, parseChatState, parseDevice, parseMessage } from './documents.ts'
import { concernsOthers, recipientsOf, wants, type Recipient } from './recipients.ts'

const [ada, ben, carl] = ['ada', 'ben', 'carl'].map((name) => userIdSchema.parse(name))
if (!ada || !ben || !carl) throw new Error('Three people are needed.')
const group = { kind: 'group' as const, memberIds: [ada, ben, carl] }
const direct = { kind: 'direct' as const, memberIds: [ada, ben] }
const from = (body: Record<string, unknown> | null) => ({ senderId: ada, body })
const mentioned = (recipients: Recipient[]): string[] =>
  recipients.filter((recipient) => recipient.mentioned).map(({ userId }) => userId)

describe('recipientsOf', () => {
  it('names everyone but the sender, each once', () => {
    const twice = { ...group, memberIds: [ada, ben, ben, carl] }
    expect(recipientsOf(from({ kind: 'text', text: 'Hi' }), twice).map(({ userId }) => userId)).toEqual([
      ben,
      carl,
    ])
  })

  it('knows who is mentioned, also in the caption of a file', () => {
    const body = { kind: 'photo', text: 'Ben, look', mentions: 'ben:0:3' }
    expect(mentioned(recipientsOf(from(body), group))).toEqual([ben])
    expect(mentioned(recipientsOf(from({ ...body, mentions: '*:0:3' }), group))).toEqual([ben, carl])
  })

  it('takes no mention that is outside of the text, malformed or in a direct chat', () => {
    for (const mentions of ['ben:0:99', 'ben:0:0', 'ben', 7, ['ben:0:3']]) {
      expect(mentioned(recipientsOf(from({ kind: 'text', text: 'Ben', mentions }), group))).toEqual([])
    }
    const body = { kind: 'text', text: 'Ben', mentions: 'ben:0:3' }
    expect(mentioned(recipientsOf(from(body), direct))).toEqual([])
  })

  it('names of an event only those whom it adds and who are members', () => {
    const event = { kind: 'event', event: 'added', uids: ['ben', 'stranger'] }
    expect(recipientsOf(from(event), group)).toEqual([{ userId: ben, type: 'added', mentioned: false }])
    for (const name of ['left', 'removed', 'joined', 'policy', 'unknown']) {
      expect(recipientsOf(from({ ...event, event: name }), group)).toEqual([])
    }
  })
})

describe('concernsOthers', () => {
  it('is false for what has no recipients, so that nothing is read for it', () => {
    expect(concernsOthers(from(null))).toBe(false)
    expect(concernsOthers(from({ kind: 'event', event: 'renamed', title: 'x' }))).toBe(false)
    expect(concernsOthers(from({ kind: 'event', event: 'added', uids: ['ben'] }))).toBe(true)
    expect(concernsOthers(from({ kind: 'of the future' }))).toBe(true)
  })
})

describe('wants', () => {
  const plain: Recipient = { userId: ben, type: 'message', mentioned: false }
  const named = { ...plain, mentioned: true }
  const open = { archived: false, mutedUntil: null, muteMentions: false }
  const now = 1000

  it.each([
    ['an open chat', plain, {}, true],
    ['a muted chat', plain, { mutedUntil: 1001 }, false],
    ['a mute that ended', plain, { mutedUntil: 1000 }, true],
    ['a mention in a muted chat', named, { mutedUntil: 1001 }, true],
    ['a mention where mentions are muted too', named, { mutedUntil: 1001, muteMentions: true }, false],
    ['a mention where mentions were muted until now', named, { mutedUntil: 1000, muteMentions: true }, true],
    ['an archived chat', named, { archived: true }, false],
  ])('%s', (_, recipient, changes, expected) => {
    const state = { ...open, ...changes }
    expect(wants(recipient, { blocksSender: false, state }, now)).toBe(expected)
    expect(wants(recipient, { blocksSender: true, state }, now)).toBe(false)
  })
})

describe('the parsers of documents', () => {
  const anything = fc.oneof(
    fc.anything(),
    fc.record(
      {
        senderId: fc.oneof(fc.string(), fc.constant('ada')),
        body: fc.oneof(
          fc.anything(),
          fc.record({ kind: fc.constantFrom('text', 'event'), text: fc.string(), mentions: fc.anything() }),
          fc.record({ kind: fc.constant('event'), event: fc.constant('added'), uids: fc.anything() }),
        ),
        kind: fc.constantFrom('direct', 'group', 'other'),
        memberIds: fc.array(fc.oneof(fc.string(), fc.constantFrom('ada', 'ben'))),
        mutedUntil: fc.anything(),
        archived: fc.anything(),
        blocked: fc.anything(),
        token: fc.anything(),
      },
      { requiredKeys: [] },
    ),
  )

  it('never throw, and what they return is well-formed', () => {
    fc.assert(
      fc.property(anything, anything, fc.string(), (first, second, id) => {
        const message = parseMessage(first)
        const chat = parseChat(second)
        const state = parseChatState(first)
        expect(typeof state.archived).toBe('boolean')
        expect(typeof parseBlock(first)).toBe('boolean')
        expect(parseDevice(id, first)).toBeUndefined()
        objectOf(first)
        if (message === undefined || chat === undefined) return
        concernsOthers(message)
        const recipients = recipientsOf(message, chat)
        expect(recipients.every(({ userId }) => chat.memberIds.includes(userId))).toBe(true)
        expect(recipients.some(({ userId }) => userId === message.senderId)).toBe(false)
        for (const recipient of recipients) wants(recipient, { blocksSender: false, state }, 0)
      }),
      { numRuns: 5000 },
    )
  })

  it('read a device with a well-formed id and token only', () => {
    const id = '0f'.repeat(16)
    expect(parseDevice(id, { token: 't', more: 1 })).toEqual({ id, token: 't' })
    for (const token of ['', 7, 'x'.repeat(4097)]) expect(parseDevice(id, { token })).toBeUndefined()
    expect(parseDevice('x', { token: 't' })).toBeUndefined()
  })

  it('read a state of an older version as one that mutes no mentions', () => {
    expect(parseChatState({ mutedUntil: 5, archived: true, pinned: true })).toEqual({
      mutedUntil: 5,
      archived: true,
      muteMentions: false,
    })
    expect(parseChatState(undefined)).toEqual({ mutedUntil: null, archived: false, muteMentions: false })
  })
})
