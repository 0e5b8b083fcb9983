import { inject } from 'vitest'
import { readCollection } from '../../scripts/lib/emulator-rest.ts'
import type { ChatId } from '#shared/domain/ids.ts'
import type { SignedInClient } from '../support/client.ts'

/** The first person creates a group with the others. Resolves when everyone has it open. */
export async function groupWith(owner: SignedInClient, others: readonly SignedInClient[]): Promise<ChatId> {
  await owner.services.chats.createGroup(
    'Garden',
    others.map(({ me }) => me),
  )
  const chatId = owner.store.getState().navigation.openChatId
  if (chatId === null) throw new Error('No chat is open.')
  for (const other of others) {
    await other.until('the group', ({ chats }) => chats.get(chatId)?.onWire === true)
    await other.services.conversation.open(chatId)
  }
  return chatId
}

/** A group without what only one device knows. */
export interface GroupState {
  memberIds: unknown
  adminIds: unknown
  ownerId: unknown
  title: unknown
  description: unknown
  policy: unknown
  messageCount: unknown
  /** Texts, and names of events, in their order. */
  history: string[]
}

const textOf = (body: unknown): string => {
  if (typeof body !== 'object' || body === null) return '(deleted)'
  if ('text' in body) return String(body.text)
  return 'event' in body ? `(${String(body.event)})` : '(unknown)'
}

export async function stateOnServer(chatId: ChatId): Promise<GroupState> {
  const backend = inject('backend')
  const chat = (await readCollection(backend, 'chats')).find(({ id }) => id === chatId)
  if (chat === undefined) throw new Error('The server has no such group.')
  const { memberIds, adminIds, ownerId, title, description, policy, messageCount } = chat.fields
  return {
    ...{ memberIds, adminIds, ownerId, title, description, policy, messageCount },
    history: await historyOnServer(chatId),
  }
}

/** Clients order by milliseconds, then by the sender's count, then by id. */
export async function historyOnServer(chatId: ChatId): Promise<string[]> {
  const messages = await readCollection(inject('backend'), `chats/${chatId}/messages`)
  return messages
    .map(({ id, fields: { sentAt, seq, body } }) => ({
      id,
      at: Date.parse(String(sentAt)),
      seq: Number(seq),
      body,
    }))
    .toSorted((a, b) => a.at - b.at || a.seq - b.seq || (a.id < b.id ? -1 : 1))
    .map(({ body }) => textOf(body))
}

/** The group as a device has it; messages that are not on the wire are left out. Undefined: the device does not have it. */
export async function stateOn(
  client: SignedInClient,
  chatId: ChatId,
): Promise<(GroupState & { former: boolean }) | undefined> {
  const chat = client.store.getState().chats.get(chatId)
  if (chat?.group == null) return undefined
  const { memberIds, title, messageCount, former, group } = chat
  const { adminIds, ownerId, description, policy } = group
  const sent = (await client.messages(chatId)).filter(({ delivery }) => delivery === 'sent')
  return {
    ...{ memberIds, adminIds, ownerId, title, description, policy, messageCount, former },
    history: sent.map(({ body }) => textOf(body)),
  }
}

/** The texts and events of this person that the server refused, with the reason that the person sees. */
export async function refused(
  client: SignedInClient,
  chatId: ChatId,
): Promise<{ what: string; failure: string | null }[]> {
  return (await client.messages(chatId))
    .filter(({ delivery }) => delivery === 'failed')
    .map(({ body, failure }) => ({ what: textOf(body), failure }))
}
