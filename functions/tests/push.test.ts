import { beforeEach, describe, expect, it, vi } from 'vitest'
import { existingDocuments } from '../../scripts/lib/emulator-rest.ts'
import { directChatId, type UserId } from '../../src/shared/domain/ids.ts'
import { openDatabase } from '../src/database.ts'
import { pushMessage } from '../src/message-created.ts'
import type { PushMessage, PushSender } from '../src/sender.ts'
import { backend, openAdmin } from './admin.ts'
import {
  block,
  chat,
  device,
  message,
  MUTED_FOREVER,
  newGroupId,
  newMessageId,
  newUserId,
  state,
  text,
  write,
} from './documents.ts'

const { db } = openAdmin()
const database = openDatabase(db)

/** Takes everything, and knows no token that starts with `dead`. */
function recorder(): PushSender & { batches: (readonly PushMessage[])[]; tokens: () => string[] } {
  const batches: (readonly PushMessage[])[] = []
  return {
    batches,
    tokens: () =>
      batches
        .flat()
        .map(({ token }) => token)
        .toSorted(),
    send: (messages) => {
      batches.push(messages)
      return Promise.resolve(messages.map(({ token }) => (token.startsWith('dead') ? 'dead' : 'sent')))
    },
  }
}

let sender = recorder()
beforeEach(() => {
  sender = recorder()
})

/** As the function does when this message is created in a chat. */
function push(
  chatId: string,
  senderId: UserId,
  body: Parameters<typeof message>[1],
  messageId = newMessageId(),
) {
  const tools = { database, sender, now: Date.now }
  return pushMessage(tools, { chatId, messageId, data: message(senderId, body) })
}

describe('a message in a direct chat', () => {
  const [ada, ben] = [newUserId(), newUserId()]
  const chatId = directChatId(ada, ben)

  it('goes to each device of the other person and to none of the sender, with ids only', async () => {
    await write(chat(chatId, [ada, ben]), device(ada, 'ada-1'), device(ben, 'ben-1'), device(ben, 'ben-2'))
    const messageId = newMessageId()
    expect(await push(chatId, ada, text('Hello'), messageId)).toEqual({ sent: 2, dead: 0, failed: 0 })
    expect(sender.tokens()).toEqual(['ben-1', 'ben-2'])
    const data = { type: 'message', account: ben, chatId, messageId, mentioned: '0' }
    for (const one of sender.batches.flat()) expect(one).toMatchObject({ push: data, urgency: 'high' })
    expect(JSON.stringify(sender.batches)).not.toContain('Hello')
  })

  it('is sent once, although the event comes twice, one after the other or at the same time', async () => {
    await write(chat(chatId, [ada, ben]), device(ben, 'once', '1'.repeat(32)))
    const messageId = newMessageId()
    await push(chatId, ada, text('Hello'), messageId)
    const sent = sender.tokens().length
    await push(chatId, ada, text('Hello'), messageId)
    expect(sender.tokens()).toHaveLength(sent)
    const other = newMessageId()
    await Promise.all(Array.from({ length: 5 }, () => push(chatId, ada, text('Hello'), other)))
    expect(sender.tokens()).toHaveLength(2 * sent)
  })

  it('is sent in another chat although it has the id of a message here', async () => {
    const carl = newUserId()
    const there = directChatId(ada, carl)
    await write(chat(chatId, [ada, ben]), chat(there, [ada, carl]), device(ben, 'b'), device(carl, 'c'))
    const messageId = newMessageId()
    await push(there, ada, text('Hello'), messageId)
    await push(chatId, ada, text('Hello'), messageId)
    expect(sender.tokens()).toEqual(expect.arrayContaining(['b', 'c']))
  })
})

describe('a message in a group', () => {
  it('goes to the members who want it', async () => {
    const [ada, ben, eva, ...others] = Array.from({ length: 10 }, newUserId)
    const [blocking, unblocked, muted, expired, archived, older] = others
    if (!ada || !ben || !eva || !blocking || !unblocked || !muted || !expired || !archived || !older) {
      return expect.fail('too few people')
    }
    const former = newUserId()
    const chatId = newGroupId()
    const members = { ada, ben, eva, blocking, unblocked, muted, expired, archived, older }
    await write(
      chat(chatId, Object.values(members)),
      ...Object.entries({ ...members, former }).map(([name, userId]) => device(userId, name)),
      block(blocking, ada),
      block(unblocked, ada, false),
      block(ada, ben),
      state(ben, chatId, {}),
      state(muted, chatId, { mutedUntil: MUTED_FOREVER }),
      state(expired, chatId, { mutedUntil: Date.now() - 1000 }),
      state(archived, chatId, { archived: true }),
      { path: `users/${older}/chats/${chatId}`, fields: { readCount: 'malformed' } },
    )
    await push(chatId, ada, text('Hello'))
    expect(sender.tokens()).toEqual(['ben', 'eva', 'expired', 'older', 'unblocked'])
    expect(new Set(sender.batches.flat().map(({ urgency }) => urgency))).toEqual(new Set(['normal']))
  })

  it('goes to those whom it mentions although they muted the group, unless they muted mentions too', async () => {
    const [ada, ben, carl, dora] = [newUserId(), newUserId(), newUserId(), newUserId()]
    const chatId = newGroupId()
    const mutedUntil = MUTED_FOREVER
    await write(
      chat(chatId, [ada, ben, carl, dora]),
      ...[device(ben, 'ben'), device(carl, 'carl'), device(dora, 'dora')],
      state(ben, chatId, { mutedUntil }),
      state(carl, chatId, { mutedUntil, muteMentions: true }),
    )
    const mentions = `${ben}:0:3 ${carl}:4:4`
    await push(chatId, ada, { ...text('Ben Carl, hello'), mentions })
    const sent = sender.batches.flat().map(({ token, push: { type, ...data }, urgency }) => ({
      token,
      urgency,
      mentioned: type === 'message' && 'mentioned' in data ? data.mentioned : type,
    }))
    expect(sent.toSorted((a, b) => a.token.localeCompare(b.token))).toEqual([
      { token: 'ben', urgency: 'high', mentioned: '1' },
      { token: 'dora', urgency: 'normal', mentioned: '0' },
    ])
    await push(chatId, ada, { ...text('All, hello'), mentions: '*:0:3' })
    expect(sender.tokens()).toEqual(['ben', 'ben', 'dora', 'dora'])
  })

  it('goes to all devices in batches of at most 500, and to at most 20 of a person', async () => {
    const [ada, ...others] = Array.from({ length: 32 }, newUserId)
    if (ada === undefined) return expect.fail('nobody')
    const chatId = newGroupId()
    await write(
      chat(chatId, [ada, ...others]),
      ...others.flatMap((userId) =>
        Array.from({ length: 21 }, (_, index) => device(userId, `${userId}-${index}`)),
      ),
    )
    expect(await push(chatId, ada, text('Hello'))).toEqual({ sent: 620, dead: 0, failed: 0 })
    expect(sender.batches.map(({ length }) => length)).toEqual([500, 120])
    expect(new Set(sender.tokens()).size).toBe(620)
  })

  it('tells only those whom an event adds', async () => {
    const [ada, ben, carl] = [newUserId(), newUserId(), newUserId()]
    const chatId = newGroupId()
    await write(chat(chatId, [ada, ben, carl]), device(ben, 'ben'), device(carl, 'carl'))
    const added = { kind: 'event', event: 'added', uids: [carl] }
    const messageId = newMessageId()
    await push(chatId, ada, added, messageId)
    expect(sender.batches.flat()).toEqual([
      { token: 'carl', urgency: 'normal', push: { type: 'added', account: carl, chatId, messageId } },
    ])
    for (const event of ['renamed', 'removed', 'promoted']) await push(chatId, ada, { ...added, event })
    expect(sender.tokens()).toEqual(['carl'])
    for (const event of ['created', 'admitted']) await push(chatId, ada, { ...added, event })
    expect(sender.tokens()).toEqual(['carl', 'carl', 'carl'])
  })
})

describe('a device whose token is dead', () => {
  it('is removed, and others stay', async () => {
    const [ada, ben] = [newUserId(), newUserId()]
    const chatId = directChatId(ada, ben)
    const [gone, kept] = [device(ben, 'dead'), device(ben, 'alive')]
    await write(chat(chatId, [ada, ben]), gone, kept)
    expect(await push(chatId, ada, text('Hello'))).toEqual({ sent: 1, dead: 1, failed: 0 })
    expect([...(await existingDocuments(backend, [gone.path, kept.path]))]).toEqual([kept.path])
  })

  it('stays when it got another token meanwhile', async () => {
    const [ada, ben] = [newUserId(), newUserId()]
    const chatId = directChatId(ada, ben)
    const renewed = device(ben, 'dead')
    await write(chat(chatId, [ada, ben]), renewed)
    vi.spyOn(sender, 'send').mockImplementation(async () => {
      await write({ ...renewed, fields: { ...renewed.fields, token: 'new' } })
      return ['dead']
    })
    await push(chatId, ada, text('Hello'))
    expect((await database.devices(ben)).map(({ token }) => token)).toEqual(['new'])
  })
})
