import type { ReplicaChange } from '#shared/bridge/replica.ts'
import type { Chat } from '#shared/domain/chat.ts'
import type { ChatId } from '#shared/domain/ids.ts'
import type { Sha256 } from '#shared/messages/attachment.ts'
import { compareMessages, type Message } from '#shared/messages/envelope.ts'
import type { Person } from '#shared/domain/person.ts'
import type { Activity } from '#shared/domain/receipts.ts'
import type { AccountBridge } from '../../platform/bridge.ts'
import type { AppState, AppStore, ConversationState } from '../../stores/app-store.ts'
import {
  keyOf,
  keysOf,
  messagesOf,
  onlyShown,
  withMessages,
  type MessageKey,
  type Messages,
} from '../../stores/messages.ts'

/* The part of the app store that mirrors the replica. Only these functions change it, and only with rows of the replica. */

/** Applies every change of an account's replica to the store, in the order in which they arrive. */
export class ReplicaMirror {
  readonly #store: AppStore
  readonly #unsubscribes: readonly (() => void)[]
  /** Changes that wait for a paint; undefined: changes are applied at once. */
  #held: ReplicaChange[] | undefined

  constructor(replica: AccountBridge, store: AppStore) {
    this.#store = store
    this.#unsubscribes = [
      replica.on('replica.changed', (change) => {
        if (this.#held === undefined) this.#apply(change)
        else this.#held.push(change)
      }),
      replica.on('media.removed', ({ sha256s }) =>
        store.setState(({ files }) => ({ files: withoutFiles(files, sha256s) })),
      ),
    ]
  }

  /** Holds changes until the promise resolves. Rendering them earlier would delay the paint that it stands for. */
  holdUntil(painted: Promise<void>): void {
    this.#held ??= []
    void painted.then(() => {
      const held = this.#held ?? []
      this.#held = undefined
      for (const change of held) this.#apply(change)
    })
  }

  stop(): void {
    for (const unsubscribe of this.#unsubscribes) unsubscribe()
    this.#held = undefined
  }

  #apply(change: ReplicaChange): void {
    this.#store.setState((state) => (state.replicaLoaded ? applyChange(state, change) : {}))
  }
}

/** Marks those of the known files that are not on this machine any more. */
function withoutFiles(files: AppState['files'], removed: readonly Sha256[]): AppState['files'] {
  const known = removed.filter((sha256) => files.has(sha256))
  return known.length === 0 ? files : new Map([...files, ...known.map((sha256) => [sha256, false] as const)])
}

export interface ReplicaRows {
  chats: readonly Chat[]
  people: readonly Person[]
  activities: readonly Activity[]
}

/** Returns the state after a replica was opened. */
export function loadRows(rows: ReplicaRows): Partial<AppState> {
  return {
    chats: new Map(rows.chats.map((chat) => [chat.id, chat])),
    people: new Map(rows.people.map((person) => [person.id, person])),
    activities: withActivities(new Map(), rows.activities),
    replicaLoaded: true,
  }
}

/** Applies the rows of one transaction. Unchanged parts of the state keep their identity. */
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
  return { ...patch, ...changeMessages(state, change) }
}

function withActivities(
  current: AppState['activities'],
  changed: readonly Activity[],
): ReadonlyMap<ChatId, readonly Activity[]> {
  const activities = new Map(current)
  for (const activity of changed) {
    const others = (activities.get(activity.chatId) ?? []).filter(({ userId }) => userId !== activity.userId)
    activities.set(activity.chatId, [...others, activity])
  }
  return activities
}

/** Updates the messages that some view shows, and adds new ones to the open conversation. */
function changeMessages(state: AppState, change: ReplicaChange): Partial<AppState> {
  const { conversation } = state
  const isOpen = ({ chatId }: { chatId: ChatId }): boolean => chatId === conversation?.chatId
  if (conversation !== null && change.removedChatIds.includes(conversation.chatId))
    return { messages: onlyShown(state.messages, []), conversation: null }
  const removed = new Set(change.removedMessages.map(keyOf))
  const added = conversation === null ? [] : withoutOlder(state, conversation, change.messages.filter(isOpen))
  const shown = change.messages.filter((message) => !isOpen(message) && state.messages.has(keyOf(message)))
  const keeps = conversation?.keys.some((key) => removed.has(key)) === false
  const keys = keeps ? conversation.keys : (conversation?.keys.filter((key) => !removed.has(key)) ?? [])
  const messages = withMessages(state.messages, [...shown, ...added])
  const patch: Partial<AppState> = messages === state.messages ? {} : { messages }
  if (conversation === null || (keeps && added.length === 0)) return patch
  return { ...patch, conversation: { ...conversation, keys: mergeKeys(messages, keys, added) } }
}

/** Leaves out messages older than the first shown one while messages in between may be missing, so that the view has no gap. */
function withoutOlder(
  { messages }: AppState,
  { keys, hasOlder, status }: ConversationState,
  changed: readonly Message[],
): readonly Message[] {
  const first = keys[0] && messages.get(keys[0])
  if (!hasOlder || status === 'loading' || first === undefined) return changed
  return changed.filter((message) => messages.has(keyOf(message)) || compareMessages(message, first) > 0)
}

/** Adds messages to the open conversation. */
export function showMessages(
  state: AppState,
  added: readonly Message[],
): Pick<AppState, 'messages' | 'conversation'> {
  const { conversation } = state
  const messages = withMessages(state.messages, added)
  return {
    messages,
    conversation: conversation && { ...conversation, keys: mergeKeys(messages, conversation.keys, added) },
  }
}

/** Returns the keys of the shown and the added messages, each once, in the conversation's order. */
export function mergeKeys(
  messages: Messages,
  keys: readonly MessageKey[],
  added: readonly Message[],
): readonly MessageKey[] {
  if (added.length === 0) return keys
  const last = keys.at(-1)
  const newest = last && messages.get(last)
  const [only] = added
  // The most frequent case by far: one new message that comes after all others.
  if (
    added.length === 1 &&
    only !== undefined &&
    (newest === undefined || compareMessages(only, newest) > 0)
  ) {
    const key = keyOf(only)
    if (!keys.includes(key)) return [...keys, key]
  }
  const merged = new Set([...keys, ...keysOf(added)])
  return keysOf(messagesOf(messages, [...merged]).toSorted(compareMessages))
}
