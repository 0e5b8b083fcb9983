import type { ReplicaChange } from '#shared/bridge.ts'
import type { Chat } from '#shared/domain/chat.ts'
import type { ChatId } from '#shared/domain/ids.ts'
import { compareMessages, type Message } from '#shared/domain/message.ts'
import type { Person } from '#shared/domain/person.ts'
import type { Activity } from '#shared/domain/receipts.ts'
import type { Platform } from '../platform/bridge.ts'
import type { AppState, AppStore, ConversationState } from '../stores/app-store.ts'

/* The app store's part that mirrors the replica: changed by these functions alone, and by nothing but rows of the replica. */

/** Keeps the store in step with the replica; returns how to stop. */
export function mirrorReplica(platform: Platform, store: AppStore): () => void {
  return platform.on('replica.changed', (change) => {
    store.setState((state) => (state.replicaLoaded ? applyChange(state, change) : {}))
  })
}

export interface ReplicaRows {
  chats: readonly Chat[]
  people: readonly Person[]
  activities: readonly Activity[]
}

/** What a replica that was just opened holds. */
export function loadRows(rows: ReplicaRows): Partial<AppState> {
  return {
    chats: new Map(rows.chats.map((chat) => [chat.id, chat])),
    people: new Map(rows.people.map((person) => [person.id, person])),
    activities: withActivities(new Map(), rows.activities),
    replicaLoaded: true,
  }
}

/** Takes over the rows of one transaction. Parts of the state that did not change stay the same objects. */
export function applyChange(state: AppState, change: ReplicaChange): Partial<AppState> {
  const patch: Partial<AppState> = {}
  if (change.chats.length > 0 || change.removedChatIds.length > 0) {
    const chats = new Map(state.chats)
    for (const chat of change.chats) chats.set(chat.id, chat)
    for (const id of change.removedChatIds) chats.delete(id)
    patch.chats = chats
  }
  if (change.people.length > 0) {
    const people = new Map(state.people)
    for (const person of change.people) people.set(person.id, person)
    patch.people = people
  }
  if (change.activities.length > 0) patch.activities = withActivities(state.activities, change.activities)
  if (change.account !== null) patch.account = change.account
  if (state.conversation !== null) {
    const conversation = changeConversation(state.conversation, change)
    if (conversation !== state.conversation) patch.conversation = conversation
    if (change.removedChatIds.includes(state.conversation.chatId)) patch.conversation = null
  }
  return patch
}

function withActivities(
  known: AppState['activities'],
  changed: readonly Activity[],
): ReadonlyMap<ChatId, readonly Activity[]> {
  const activities = new Map(known)
  for (const activity of changed) {
    const others = (activities.get(activity.chatId) ?? []).filter(({ userId }) => userId !== activity.userId)
    activities.set(activity.chatId, [...others, activity])
  }
  return activities
}

function changeConversation(conversation: ConversationState, change: ReplicaChange): ConversationState {
  const changed = change.messages.filter(({ chatId }) => chatId === conversation.chatId)
  const removed = new Set<string>(change.removedMessageIds)
  const isShown = conversation.messages.some(({ id }) => removed.has(id))
  if (changed.length === 0 && !isShown) return conversation
  const kept = isShown ? conversation.messages.filter(({ id }) => !removed.has(id)) : conversation.messages
  return { ...conversation, messages: mergeMessages(kept, withoutOlder(conversation, changed)) }
}

/** What lies before the first message shown is left out while there is more between: the list stays contiguous. */
function withoutOlder(conversation: ConversationState, changed: readonly Message[]): readonly Message[] {
  const [first] = conversation.messages
  if (!conversation.hasOlder || conversation.status === 'loading' || first === undefined) return changed
  const shown = new Set(conversation.messages.map(({ id }) => id))
  return changed.filter((message) => shown.has(message.id) || compareMessages(message, first) > 0)
}

/** Both lists as one in the conversation's order; where both hold a message, `changed` is right. */
export function mergeMessages(known: readonly Message[], changed: readonly Message[]): readonly Message[] {
  if (changed.length === 0) return known
  const last = known.at(-1)
  const [only] = changed
  // By far the most frequent case: one message that comes after all others.
  if (changed.length === 1 && only !== undefined && (last === undefined || compareMessages(only, last) > 0)) {
    if (!known.some(({ id }) => id === only.id)) return [...known, only]
  }
  const byId = new Map(known.map((message) => [message.id, message]))
  for (const message of changed) byId.set(message.id, message)
  return [...byId.values()].toSorted(compareMessages)
}
