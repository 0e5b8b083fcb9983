import { blockSchema } from '../domain/person.ts'
import { membersOfDirectChat, type ChatId } from '../domain/ids.ts'
import { defineStoredIntent, independent, type IntentName } from './intent.ts'

/** Blocks or unblocks someone. */
export const block = defineStoredIntent('block', {
  payload: blockSchema,
  key: ({ userId }) => userId,
  durable: true,
  lane: 'prompt',
  pacing: null,
  dependsOn: independent,
})

/** While the wire still has the peer of a direct chat as blocked, the rules deny everything there. So a waiting unblock goes first. */
export function unblockingIn(chatId: ChatId): IntentName[] {
  return membersOfDirectChat(chatId).map((key) => ({ kind: 'block', key }))
}
