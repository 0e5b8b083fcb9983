import { z } from 'zod'
import { userIdSchema, type UserId } from '../../src/shared/domain/ids.ts'
import { EVERYONE, readMentions } from '../../src/shared/messages/mentions.ts'
import type { Chat, ChatState, Message } from './documents.ts'

/** Someone whose devices may get a push about a message. */
export interface Recipient {
  userId: UserId
  /** `added`: the message is the event that added this person to the group. */
  type: 'message' | 'added'
  mentioned: boolean
}

/** Events that make people members, apart from those who join by themselves. */
const addingEvent = z.object({
  kind: z.literal('event'),
  event: z.enum(['created', 'added', 'admitted']),
  uids: z.array(userIdSchema),
})
const anyEvent = z.object({ kind: z.literal('event') })
const words = z.object({ text: z.string(), mentions: z.string() })

/** Whether the message can have recipients at all, so that nothing has to be read for one that has none. */
export function concernsOthers({ body }: Message): boolean {
  return body !== null && (!anyEvent.safeParse(body).success || addingEvent.safeParse(body).success)
}

/** Members other than the sender. An event concerns only the people whom it adds. */
export function recipientsOf({ senderId, body }: Message, { kind, memberIds }: Chat): Recipient[] {
  const others = [...new Set(memberIds)].filter((userId) => userId !== senderId)
  if (anyEvent.safeParse(body).success) {
    const added = new Set(addingEvent.safeParse(body).data?.uids)
    return others
      .filter((userId) => added.has(userId))
      .map((userId) => ({ userId, type: 'added', mentioned: false }))
  }
  // In a direct chat nobody is mentioned.
  const text = kind === 'group' ? words.safeParse(body).data : undefined
  const named = new Set(text === undefined ? [] : readMentions(text).map(({ who }) => who))
  const everyone = named.has(EVERYONE)
  return others.map((userId) => ({ userId, type: 'message', mentioned: everyone || named.has(userId) }))
}

/** The choices of a person about a chat and the sender of a message. */
export interface Choices {
  blocksSender: boolean
  state: ChatState
}

/** Whether this person wants to hear of the message. `now`: ms. */
export function wants({ mentioned }: Recipient, { blocksSender, state }: Choices, now: number): boolean {
  if (blocksSender || state.archived) return false
  const muted = state.mutedUntil !== null && state.mutedUntil > now
  return !muted || (mentioned && !state.muteMentions)
}
