import type { Chat } from '#shared/domain/chat.ts'
import { chatIdSchema, messageIdSchema, phoneSchema, userIdSchema, type UserId } from '#shared/domain/ids.ts'
import type { Person } from '#shared/domain/person.ts'
import { chatState, emptyChat, me, personNamed } from '#shared/domain/test-data.ts'
import type { MessageBody } from '#shared/messages/body.ts'

export const ME = me
export const MY_PHONE = phoneSchema.parse('+16505553400')

export function person(id: UserId, displayName: string, patch: Partial<Person> = {}): Person {
  return personNamed(id, { displayName, profileFetchedAt: 1, ...patch })
}

/** The person whom a search for +1 650-555-3434 finds. */
export const STRANGER: Person = person(userIdSchema.parse('stranger'), 'Grace Hopper', {
  about: 'On the bridge',
  phone: phoneSchema.parse('+16505553434'),
})

/** Returns a chat without messages that is not on the wire yet. */
export function newChat(peer: UserId): Chat {
  return emptyChat(peer, { createdAt: Date.now(), updatedAt: Date.now(), onWire: false })
}

export const GROUP_ID = chatIdSchema.parse('Group000000000000001')

/** Returns a group owned by the first of `others`; `role` is that of the reader. */
export function listedGroup(
  others: readonly UserId[],
  role: 'owner' | 'admin' | 'member' | 'former',
  patch: Partial<Chat> = {},
): Chat {
  const [first = ME] = others
  const sentAt = Date.now() - 60_000
  const ownerId = role === 'owner' ? ME : first
  return {
    ...newChat(first),
    id: GROUP_ID,
    kind: 'group',
    title: 'Garden club',
    memberIds: role === 'former' ? [...others] : [ME, ...others],
    group: {
      ownerId,
      adminIds: [ownerId, ...(role === 'admin' ? [ME] : [])],
      bannedIds: [],
      description: 'Everything that grows behind the old school',
      photo: null,
      policy: { post: 'all', edit: 'all', add: 'all' },
    },
    former: role === 'former',
    onWire: true,
    messageCount: 40,
    createdAt: sentAt,
    updatedAt: sentAt,
    last: {
      id: messageIdSchema.parse('message-group-0000000001'),
      senderId: first,
      body: { kind: 'text', text: 'The beans are up!' },
      sentAt,
      delivery: 'sent',
    },
    state: chatState(GROUP_ID, { readCount: 38, readAt: sentAt - 1 }),
    ...patch,
  }
}

interface ChatOptions {
  /** The text of the newest message. */
  preview?: string
  /** The newest message, of any kind; null: deleted. */
  body?: MessageBody | null
  /** How long ago the last message was sent, in ms. */
  ago?: number
  own?: boolean
  delivery?: NonNullable<Chat['last']>['delivery']
  unread?: number
  state?: Partial<Chat['state']>
  draft?: string
}

/** Returns a chat with a newest message, for the chat list. */
export function listedChat(peer: UserId, options: ChatOptions = {}): Chat {
  const { preview = 'Hello', ago = 0, own = false, delivery = 'sent', unread = 0 } = options
  const { body = { kind: 'text', text: preview } } = options
  const sentAt = Date.now() - ago
  const empty = newChat(peer)
  return {
    ...empty,
    onWire: true,
    messageCount: 40,
    createdAt: sentAt,
    updatedAt: sentAt,
    last: {
      id: messageIdSchema.parse(`message-${peer.padStart(16, '0').slice(0, 40)}`),
      senderId: own ? ME : peer,
      body,
      sentAt,
      delivery,
    },
    state: { ...empty.state, readCount: 40 - unread, readAt: sentAt, ...options.state },
    draft: options.draft ?? '',
  }
}
