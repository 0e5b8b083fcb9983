/** Chats that are written past the rules, as a member may who does not use the app, or uses a future version of it. */
import { randomUUID } from 'node:crypto'
import { writeDocuments, type DocumentWrite, type Fields } from '../../scripts/lib/emulator-rest.ts'
import { testBackend } from './people.ts'

export const letters = (): string => randomUUID().replaceAll('-', '')

export interface WrittenMessage {
  id: string
  fields: Fields
}

let clock = Date.now() - 60_000
/** Each time is a second later than the last one, so that messages keep their order. */
export const nextTime = (): Date => new Date((clock += 1000))

export function writtenMessage(senderId: string, body: Fields | null, more: Fields = {}): WrittenMessage {
  const at = nextTime()
  return {
    id: letters(),
    fields: { senderId, sentAt: at, updatedAt: at, seq: 1, body, editedAt: null, deletedAt: null, ...more },
  }
}

interface WrittenChat {
  /** Of the stranger. */
  profile?: Fields
  messages: (senderId: string, chatId: string) => WrittenMessage[] | Promise<WrittenMessage[]>
  /** Fields of the chat's document. */
  chat?: Fields
}

/** Writes a chat between a person and a stranger. Returns the stranger's uid. */
export async function writeChat(readerId: string, { profile, messages, chat }: WrittenChat): Promise<string> {
  const id = `z${letters()}`
  const chatId = `${readerId}_${id}`
  const all = await messages(id, chatId)
  const last = all.at(-1)
  const writes: DocumentWrite[] = [
    {
      path: `users/${id}`,
      fields: { displayName: 'Stranger', about: '', updatedAt: nextTime(), ...profile },
    },
    ...all.map(({ id: messageId, fields }) => ({ path: `chats/${chatId}/messages/${messageId}`, fields })),
    {
      path: `chats/${chatId}`,
      fields: {
        kind: 'direct',
        memberIds: [readerId, id],
        createdAt: nextTime(),
        createdBy: id,
        messageCount: all.length,
        revision: all.length,
        changed: last?.id ?? letters(),
        last: last === undefined ? null : { id: last.id, ...last.fields },
        updatedAt: new Date(),
        ...chat,
      },
    },
  ]
  await writeDocuments(testBackend(), writes)
  return id
}
