import type { Chat } from '#shared/domain/chat.ts'
import { chatIdSchema, messageIdSchema, phoneSchema, userIdSchema, type UserId } from '#shared/domain/ids.ts'
import type { Person } from '#shared/domain/person.ts'
import type { Photo } from '#shared/domain/photo.ts'
import { chatState, emptyChat, me, personNamed, photo } from '#shared/domain/test-data.ts'
import { objectIdSchema, sha256Schema } from '#shared/messages/attachment.ts'
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

/** Another face, and a garden: small pictures of photos. */
export const BEN_PHOTO: Photo = {
  ...photo,
  object: objectIdSchema.parse('2'.repeat(32)),
  sha256: sha256Schema.parse('2'.repeat(64)),
  small: [
    'UklGRhgCAABXRUJQVlA4IAwCAABQDACdASpgAGAAPrVMnEqnJCKhsPa6WOAWiUAZTg8l6SyX0bgNEHPT97igHiaxi3+VtsO0RS+h',
    'ak2liOT0zllhyXjIq796f/TSrkRcmNPVoFaTXQRm0Fz7tYebsuGhbMsvSkPTHjs6Tqd9AAD+8Lpr69J7DkC86ythpqI2ANcMRWaR',
    '+Qj/iX4mgCsSGFSntA989Uo3Zdtzon8ELXz/OBe8I9ssbFa08w3jlti0SweCxYtNE/lJ4ktOAP2p9SqahiaHxJhhyqDFsyChN7Wn',
    'oNVLqx56ZMTOqmo4cdOZcSeCGTKSND05dldTDCzAVLdLY3kweT0Oj+uSmp/NYumgnxAGt9yZlueEusgtAvf6ju9Ip3o6+ckre6uL',
    '/W2PPQVAVY30pabaXoTJdpPxUb21ojLQ4p7cyVHNFKw0okZuAlwGIqEWih44ZyRr73xSGenm/70fe7LY+6LT0PEFmtT9/x2prsSg',
    'OhIX4yi/HdnmZdteTj3UqjSFbg+ijOZHXmNJmpINP3e0ilL2H/lDNBj5caMfTyEIOdZHBGU4l0szBlrMkfG1LlmdCmy0ATjUmcs1',
    '1dmUB0I/AsOkeLVajemU0+vzUGdIDzB1CKEKEI4RvRD3gdUO1bWAeMi9Ew9FA+wPLJCeNhYD1AAE6tsAzAOADhx9QqEjFf5/g4YJ',
    '0uGkg58cNbhQ+5LsxP7z9wAAAA==',
  ].join(''),
}
export const GARDEN_PHOTO: Photo = {
  ...photo,
  object: objectIdSchema.parse('3'.repeat(32)),
  sha256: sha256Schema.parse('3'.repeat(64)),
  small: [
    'UklGRsoBAABXRUJQVlA4IL4BAABwDwCdASpgAGAAPrVWokynJSMlqrlYqOAWiUAZRo0ilN+/rAzgHnKaY7vOtHAEY0+Na8c5UE7D',
    'IilRDKnL8/II22hrUWY1L0hhvgjKQAtxamAJwZ0AfGrZhgj2dqeQztH8camEEbfe4RfoiW6j+/QE9VcVXEnWWrRq/vvLEFkcvv58',
    'wQAA/u+x1rXDKLK99+vQdSn65luFLfsM1+e+YlJfP2iA6zUQ2pPSP40BlBcl2b/OYZ/A/HleLlKkwNLVq91qfFd9uDS00WisNcUI',
    'FTFsTVbWnk3YpnjtFM/NYsGzYcpjwwBPcAtIqxz5AKRe4/a43d7g/ZUPL6/BD+qvDGhE8W9aHTt7eb1iqai9RfEsJWRcA8CbDZm8',
    'KtlWRyrQKStpFJMKOZVBCW2qxhpydB5vF97OjqCw2oSllDFsAp7AEKljCGWWDt+Vc51g9PqtyjxirVfS4vVy1ImRGIzAsKw8ZUHx',
    'N5HhOg+cX8BnHAKsDj0wdLA/yzb7oMCwvRkrytnpjYGQgqwFBywtxXg8vfbkivgKFKGAEgwbsARBhY2GmHh6ai/cIOAhzJ+uNgJE',
    'y5CEJRVg2sRGRAVyuAAAAA==',
  ].join(''),
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
