import { newGroup } from '../../src/shared/domain/group.ts'
import { messageIdSchema, type ChatId, type UserId } from '../../src/shared/domain/ids.ts'
import { toRawBody } from '../../src/shared/messages/body.ts'
import type { WireMessage } from '../../src/shared/messages/envelope.ts'
import { demoPerson } from './demo.ts'
import { chatFields, messageFields } from './documents.ts'
import type { DocumentWrite } from './emulator-rest.ts'

export interface GroupContent {
  id: ChatId
  title: string
  /** The first one is the owner. */
  memberIds: readonly [UserId, ...UserId[]]
  /** Oldest first. The members write them in turn. */
  texts: readonly string[]
  /** Time of the newest message, in ms. The messages are a minute apart. */
  at: number
}

/** Returns a group as its owner created it, with texts. The members' own states are not included. The group is last. */
export function groupDocuments({ id, title, memberIds, texts, at }: GroupContent): DocumentWrite[] {
  const [owner, ...others] = memberIds
  const created = { kind: 'event', event: 'created', uids: others.slice(0, 8), title }
  const bodies = [created, ...texts.map((text) => ({ kind: 'text', text }))]
  const messages = bodies.map((body, index): WireMessage => {
    const sentAt = at - (texts.length - index) * 60_000
    return {
      id: messageIdSchema.parse(`${id}-${String(index).padStart(6, '0')}`),
      chatId: id,
      senderId: memberIds[index % memberIds.length] ?? owner,
      sentAt,
      updatedAt: sentAt,
      seq: index,
      body: toRawBody(body),
      editedAt: null,
      deletedAt: null,
    }
  })
  const newest = messages.at(-1)
  if (newest === undefined) throw new Error('A group has at least one message.')
  const chat = {
    id,
    kind: 'group' as const,
    memberIds: [...memberIds],
    title,
    group: newGroup(owner),
    last: newest,
    messageCount: texts.length,
    revision: messages.length,
    changed: newest.id,
    createdAt: at,
    updatedAt: at,
  }
  const ofMessages = messages.map((message) => ({
    path: `chats/${id}/messages/${message.id}`,
    fields: messageFields(message),
  }))
  return [...ofMessages, { path: `chats/${id}`, fields: chatFields(chat, owner) }]
}

/** What others read of demo people: profile, and the settings that let everyone add them to groups. */
export function memberDocuments(indexes: readonly number[], at: Date): DocumentWrite[] {
  return indexes.map(demoPerson).flatMap(({ id, displayName, about }) => [
    { path: `users/${id}`, fields: { displayName, about, updatedAt: at } },
    {
      path: `users/${id}/private/settings`,
      fields: { lastSeen: 'everyone', groups: 'everyone', photo: 'everyone', updatedAt: at },
    },
  ])
}
