import { createStore, type StoreApi } from 'zustand/vanilla'
import type { PowerState } from '#shared/bridge.ts'
import type { Account } from '#shared/domain/account.ts'
import type { Chat } from '#shared/domain/chat.ts'
import type { ChatId, MessageId, Phone, UserId } from '#shared/domain/ids.ts'
import type { Message } from '#shared/domain/message.ts'
import type { Person } from '#shared/domain/person.ts'
import type { Presence } from '#shared/domain/presence.ts'
import type { Activity } from '#shared/domain/receipts.ts'
import type { Settings } from '#shared/settings.ts'

/** Who is signed in, and how far signing in has come. */
export type SessionState =
  | { phase: 'starting' }
  | { phase: 'signedOut' }
  /** Signed in; a name is still to be given. */
  | { phase: 'needsProfile'; me: UserId; phone: Phone }
  | { phase: 'ready'; me: UserId; phone: Phone }
  /** The replica could not be opened: nothing works until it can. */
  | { phase: 'broken'; message: string }

/** `connecting`: the network is there, the server has not answered yet. */
export type Connection = 'online' | 'connecting' | 'offline'

/** The one open conversation: always contiguous up to the newest message, sorted by compareMessages. */
export interface ConversationState {
  chatId: ChatId
  messages: readonly Message[]
  status: 'loading' | 'ready'
  /** False when the first message of the chat is in `messages`. */
  hasOlder: boolean
  loadingOlder: boolean
  /** Older pages could not be had from the server; asking again is possible. */
  olderFailed: boolean
  /** The first message that was unread when the chat was opened: where the divider stands. */
  firstUnreadId: MessageId | null
  /** Grows when the list must be laid out anew, not merged (another chat, a gap): a React key. */
  generation: number
}

/** A conversation of which nothing is known yet. */
export const emptyConversation: Omit<ConversationState, 'chatId'> = {
  messages: [],
  status: 'loading',
  hasOlder: false,
  loadingOlder: false,
  olderFailed: false,
  firstUnreadId: null,
  generation: 0,
}

/** What fills the side pane, and which chat is open. */
export interface Navigation {
  pane: 'chats' | 'newChat' | 'settings'
  openChatId: ChatId | null
  /** Grows whenever a chat is opened, also the one that is open already: then the composer takes the focus. */
  timesOpened: number
  detailsOpen: boolean
  /** A number that a link asks to look up in the new-chat pane. */
  lookupPhone: Phone | null
}

export interface AppState {
  session: SessionState
  connection: Connection
  /** Server clock minus local clock, in ms. */
  clockOffset: number
  windowFocused: boolean
  /**
   * A link, which any web page can open, has brought the window up, and the person has not touched it since: nothing counts
   * as seen.
   */
  broughtUpByLink: boolean
  /** What the operating system says of the person. */
  power: PowerState
  /** Set when a damaged or newer replica was moved aside; shown once. */
  setAside: { reason: 'corrupt' | 'newer'; file: string } | null
  settings: Settings | null
  account: Account | null
  /** False until the replica was read (an empty list before that is not "no chats"). */
  replicaLoaded: boolean
  /** False until the first sync of a fresh replica has ended: skeletons instead of "no chats". */
  firstSyncDone: boolean
  chats: ReadonlyMap<ChatId, Chat>
  people: ReadonlyMap<UserId, Person>
  /** By chat: every member's watermarks. */
  activities: ReadonlyMap<ChatId, readonly Activity[]>
  /** Presence of the people being watched; null: hidden or not allowed. */
  presences: ReadonlyMap<UserId, Presence | null>
  conversation: ConversationState | null
  navigation: Navigation
}

export type AppStore = StoreApi<AppState>

export const initialState: AppState = {
  session: { phase: 'starting' },
  connection: 'connecting',
  clockOffset: 0,
  windowFocused: true,
  broughtUpByLink: false,
  power: 'active',
  setAside: null,
  settings: null,
  account: null,
  replicaLoaded: false,
  firstSyncDone: false,
  chats: new Map(),
  people: new Map(),
  activities: new Map(),
  presences: new Map(),
  conversation: null,
  navigation: { pane: 'chats', openChatId: null, timesOpened: 0, detailsOpen: false, lookupPhone: null },
}

/** One store an app instance; tests make their own. No I/O here: services write, features read. */
export function createAppStore(preset: Partial<AppState> = {}): AppStore {
  return createStore<AppState>(() => ({ ...initialState, ...preset }))
}
