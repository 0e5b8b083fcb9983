import { defaultPrivacy } from '../../src/shared/domain/account.ts'
import type { Backend } from '../../src/shared/backend.ts'
import type { Photo } from '../../src/shared/domain/photo.ts'
import { demoChat, demoPairs, demoPerson, type DemoChat, type DemoPerson } from './demo.ts'
import { demoGroup } from './demo-group.ts'
import { personPhoto, type DemoObject } from './demo-media.ts'
import { chatFields, messageFields } from './documents.ts'
import {
  createAccounts,
  existingDocuments,
  writeDocuments,
  writeObject,
  type DocumentWrite,
} from './emulator-rest.ts'

export interface SeedOptions {
  people: number
  chats: number
  /** Per chat. */
  messages: number
  /** Also adds a group of the first five people, in which there are files. */
  group?: boolean
  /** Also adds photos: in the direct chats, and of the first people. */
  media?: boolean
  /** Current time (ms). The newest messages are a few minutes older. */
  now: number
}

export const defaultSeed = { people: 8, chats: 12, messages: 24, group: true, media: true } as const

export interface SeedResult {
  people: DemoPerson[]
  /** Number of people who did not exist before. */
  addedPeople: number
  addedChats: number
}

/** Adds demo people and chats to the local backend. Skips those that exist, so it can be repeated. */
export async function seed(backend: Backend, options: SeedOptions): Promise<SeedResult> {
  const people = Array.from({ length: options.people }, (_, index) => demoPerson(index))
  const known = await existingDocuments(
    backend,
    people.map(({ id }) => `users/${id}`),
  )
  const newPeople = people.filter(({ id }) => !known.has(`users/${id}`))
  await createAccounts(backend, newPeople)
  const now = new Date(options.now)
  const photos = new Map(
    options.media === true ? people.map(({ id }, index) => [id, personPhoto(index, id)] as const) : [],
  )
  await writeObjects(
    backend,
    newPeople.flatMap(({ id }) => photos.get(id)?.object ?? []),
  )
  await writeDocuments(
    backend,
    newPeople.flatMap((person) => personDocuments(person, photos.get(person.id)?.photo ?? null, now)),
  )

  const pairs = demoPairs(options.people, options.chats)
  const chats = pairs.map((pair, index) =>
    demoChat(pair, {
      messageCount: options.messages,
      quiet: 3 + index * 47,
      unread: index % 4 === 1,
      now: options.now,
      media: options.media ?? false,
    }),
  )
  if (options.group === true) chats.push(demoGroup(options.now))
  const knownChats = await existingDocuments(
    backend,
    chats.map(({ chat }) => `chats/${chat.id}`),
  )
  const newChats = chats.filter(({ chat }) => !knownChats.has(`chats/${chat.id}`))
  await writeObjects(
    backend,
    newChats.flatMap(({ objects }) => objects),
  )
  await writeDocuments(
    backend,
    newChats.flatMap((chat) => [...contactDocuments(chat, people, now), ...chatDocuments(chat, now)]),
  )
  return { people, addedPeople: newPeople.length, addedChats: newChats.length }
}

async function writeObjects(backend: Backend, objects: readonly DemoObject[]): Promise<void> {
  for (const { path, ...object } of objects) await writeObject(backend, path, object)
}

function personDocuments(
  { id, phone, displayName, about }: DemoPerson,
  photo: Photo | null,
  now: Date,
): DocumentWrite[] {
  return [
    { path: `phones/${phone}`, fields: { uid: id } },
    { path: `users/${id}/private/settings`, fields: { ...defaultPrivacy, updatedAt: now } },
    { path: `users/${id}`, fields: { displayName, about, ...(photo && { photo }), updatedAt: now } },
    ...(photo ? [{ path: `users/${id}/private/photo`, fields: { photo, updatedAt: now } }] : []),
  ]
}

/** The members of a direct chat are each other's contacts, as if they had found each other by number. */
function contactDocuments({ chat }: DemoChat, people: readonly DemoPerson[], now: Date): DocumentWrite[] {
  const members = chat.kind === 'direct' ? people.filter(({ id }) => chat.memberIds.includes(id)) : []
  return members.flatMap((me) =>
    members
      .filter((other) => other !== me)
      .map(({ id, phone }) => ({
        path: `users/${me.id}/contacts/${id}`,
        fields: { name: '', phone, updatedAt: now },
      })),
  )
}

/** The chat is written last. So if the chat exists, its other documents exist too. */
function chatDocuments({ chat, messages, states }: DemoChat, now: Date): DocumentWrite[] {
  const path = `chats/${chat.id}`
  const [newest] = messages.slice(-1)
  const deliveredAt = newest === undefined ? null : new Date(newest.sentAt)
  const perMember = [...states].flatMap(([member, state]): DocumentWrite[] => {
    const { chatId: _, readAt, ...rest } = state
    const read = readAt === null ? null : new Date(readAt)
    return [
      { path: `users/${member}/${path}`, fields: { ...rest, readAt: read, updatedAt: now } },
      ...(chat.kind === 'direct'
        ? [
            {
              path: `${path}/activity/${member}`,
              fields: {
                memberIds: chat.memberIds,
                deliveredAt,
                readAt: read,
                typingUntil: null,
                updatedAt: now,
              },
            },
          ]
        : []),
    ]
  })
  return [
    ...messages.map((message) => ({
      path: `${path}/messages/${message.id}`,
      fields: messageFields(message),
    })),
    ...perMember,
    { path, fields: chatFields(chat, messages[0]?.senderId ?? null) },
  ]
}
