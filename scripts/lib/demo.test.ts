import { createHash } from 'node:crypto'
import { isValidPhoneNumber } from 'libphonenumber-js/max'
import { describe, expect, test } from 'vitest'
import { chatStateSchema, wireChatSchema } from '../../src/shared/domain/chat.ts'
import { directChatId } from '../../src/shared/domain/ids.ts'
import { wireMessageSchema } from '../../src/shared/messages/envelope.ts'
import { attachmentOf, readBody } from '../../src/shared/messages/body.ts'
import { demoGroup } from './demo-group.ts'
import { personPhoto } from './demo-media.ts'
import { demoChat, demoPairs, demoPerson, MAX_PEOPLE } from './demo.ts'

const now = Date.UTC(2026, 10, 23, 9)

test('people have different ids and names, and different valid numbers', () => {
  const people = [0, 1, 11, 12, 99, 100, 101, 500, MAX_PEOPLE - 1].map(demoPerson)
  for (const { phone } of people) expect(isValidPhoneNumber(phone), phone).toBe(true)
  for (const key of ['id', 'phone', 'displayName'] as const) {
    expect(new Set(people.map((person) => person[key])).size).toBe(people.length)
  }
})

test('pairs the first person with everyone before the second', () => {
  expect(demoPairs(3, 10)).toEqual([
    [0, 1],
    [0, 2],
    [1, 2],
  ])
  expect(demoPairs(501, 500).every(([first]) => first === 0)).toBe(true)
})

describe('a chat', () => {
  const options = { messageCount: 50, quiet: 5, unread: false, now }

  test('conforms to the schemas of the wire', () => {
    const { chat, messages, states } = demoChat([3, 1], options)
    expect(wireChatSchema.parse(chat)).toEqual(chat)
    expect(messages).toHaveLength(50)
    for (const message of messages) expect(wireMessageSchema.parse(message)).toEqual(message)
    for (const state of states.values()) expect(chatStateSchema.parse(state)).toEqual(state)
    expect(chat.id).toBe(directChatId(demoPerson(1).id, demoPerson(3).id))
    expect(chat.memberIds).toEqual(chat.memberIds.toSorted())
    expect(chat.messageCount).toBe(50)
  })

  test('has unique messages in order, the last one sent `quiet` minutes ago', () => {
    const { chat, messages } = demoChat([0, 1], options)
    const times = messages.map(({ sentAt }) => sentAt)
    expect(times).toEqual(times.toSorted((a, b) => a - b))
    expect(new Set(messages.map(({ id }) => id)).size).toBe(50)
    expect(chat.last).toMatchObject({ id: messages.at(-1)?.id, sentAt: now - 5 * 60_000 })
  })

  test('is the same for the same arguments', () => {
    expect(demoChat([0, 1], options)).toEqual(demoChat([0, 1], options))
  })

  test('is read by both members, or unread by the one who did not write last', () => {
    const read = demoChat([0, 1], options)
    expect([...read.states.values()].map(({ readCount }) => readCount)).toEqual([50, 50])
    const { states, messages } = demoChat([0, 1], { ...options, unread: true })
    const writer = messages.at(-1)?.senderId
    for (const [member, { readCount, readAt }] of states) {
      if (member === writer) expect(readCount).toBe(50)
      else {
        expect(readCount).toBeLessThan(50)
        expect(messages.slice(readCount).every(({ senderId }) => senderId === writer)).toBe(true)
        expect(readAt).toBe(messages[readCount - 1]?.sentAt)
      }
    }
  })
})

describe('files', () => {
  const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

  test.each([
    ['a direct chat', demoChat([0, 1], { messageCount: 50, quiet: 5, unread: false, now, media: true })],
    ['the group', demoGroup(now)],
  ])('of %s are exactly those that its messages name', (_, { chat, messages, objects }) => {
    expect(wireChatSchema.parse(chat)).toEqual(chat)
    const byPath = new Map(objects.map((object) => [object.path, object]))
    const named = messages.flatMap((message) => {
      expect(wireMessageSchema.parse(message)).toEqual(message)
      const file = attachmentOf(message.body && readBody(message.body))
      return file === null ? [] : [{ file, senderId: message.senderId }]
    })
    expect(named.length).toBeGreaterThan(1)
    for (const { file, senderId } of named) {
      const object = byPath.get(`chats/${chat.id}/${file.object}`)
      expect(object).toMatchObject({ type: file.mime, owner: senderId })
      expect(object?.bytes.length).toBe(file.size)
      expect(object && sha256(object.bytes)).toBe(file.sha256)
    }
    const photo = chat.group?.photo
    const ofGroup = photo ? [`chats/${chat.id}/${photo.object}`] : []
    expect(new Set(byPath.keys())).toEqual(
      new Set([...named.map(({ file }) => `chats/${chat.id}/${file.object}`), ...ofGroup]),
    )
  })

  test('are left out unless they are wanted', () => {
    expect(demoChat([0, 1], { messageCount: 50, quiet: 5, unread: false, now }).objects).toEqual([])
  })

  test('are photos of the first people only', () => {
    const { id } = demoPerson(0)
    const own = personPhoto(0, id)
    expect(own?.object).toMatchObject({ path: `users/${id}/photo-${own?.photo.object}`, owner: id })
    expect(personPhoto(MAX_PEOPLE - 1, id)).toBeNull()
  })
})
