import { createStore, type StoreApi } from 'zustand/vanilla'
import type { PowerState } from '#shared/bridge/app.ts'
import type { LockState } from '#shared/bridge/lock.ts'
import type { UpdateState } from '#shared/bridge/updates.ts'
import type { Account } from '#shared/domain/account.ts'
import type { Chat } from '#shared/domain/chat.ts'
import type { ChatId, MessageId, Phone, UserId } from '#shared/domain/ids.ts'
import type { Invite } from '#shared/domain/invite.ts'
import type { Person } from '#shared/domain/person.ts'
import type { Presence } from '#shared/domain/presence.ts'
import type { Activity } from '#shared/domain/receipts.ts'
import type { Settings } from '#shared/settings.ts'
import type { Sha256 } from '#shared/messages/attachment.ts'
import type { Message } from '#shared/messages/envelope.ts'
import type { MessageKey, Messages } from './messages.ts'
import type { Staging } from './staging.ts'
import type { Listed, TransferStates } from './transfers.ts'
import type { PlayerState } from './player.ts'
import type { VoiceNote } from './voice-note.ts'

/** The signed-in person and the progress of signing in. */
export type SessionState =
  | { phase: 'starting' }
  | { phase: 'signedOut' }
  /** Signed in, but the person has not entered a name yet. */
  | { phase: 'needsProfile'; me: UserId; phone: Phone }
  | { phase: 'ready'; me: UserId; phone: Phone }
  /** The replica could not be opened. Nothing works without it. */
  | { phase: 'broken'; message: string }

/** `connecting`: the network is up, but the server has not responded yet. `slow`: the server responds, but writes wait for long. */
export type Connection = 'online' | 'slow' | 'connecting' | 'offline'

/** The open conversation: a view of `messages` that is contiguous up to the newest one and sorted by compareMessages. */
export interface ConversationState {
  chatId: ChatId
  keys: readonly MessageKey[]
  status: 'loading' | 'ready'
  /** False when the view starts with the first message of the chat. */
  hasOlder: boolean
  loadingOlder: boolean
  /** Loading an older page from the server failed; it can be retried. */
  olderFailed: boolean
  /** The first message that was unread when the chat was opened: the divider is shown before it. */
  firstUnreadId: MessageId | null
  /** Grows each time a conversation is opened. The list uses it as its React key, so it starts anew. */
  generation: number
}

/** A conversation that is not loaded yet. */
export const emptyConversation: Omit<ConversationState, 'chatId'> = {
  keys: [],
  status: 'loading',
  hasOlder: false,
  loadingOlder: false,
  olderFailed: false,
  firstUnreadId: null,
  generation: 0,
}

export type SettingsSection =
  'profile' | 'notifications' | 'general' | 'storage' | 'privacy' | 'network' | 'about'

/** Which chats the list shows. */
export type ChatFilter = 'all' | 'unread' | 'groups'

/** Names a message of any chat. */
export type MessageRef = Pick<Message, 'chatId' | 'id'>

/** The content of the side pane, and the open chat. */
export interface Navigation {
  pane: 'chats' | 'newChat' | 'newGroup' | 'settings'
  /** Null: a narrow window lists the sections, a wide one also shows the first section. */
  settingsSection: SettingsSection | null
  openChatId: ChatId | null
  /** Grows whenever a chat is opened, even one that is already open: the composer then takes the focus. */
  timesOpened: number
  detailsOpen: boolean
  chatFilter: ChatFilter
  /** A phone number from a link, to look up in the new-chat pane. */
  lookupPhone: Phone | null
  /** A link to a group; a dialog shows it. */
  invite: Invite | null
  /** The photo or video that the viewer shows. */
  viewed: MessageRef | null
  /** The message that the person is forwarding. */
  forwarded: Message | null
  /** A message of the open chat to scroll to. */
  wanted: MessageId | null
  /** The details show the chat's media. */
  mediaOpen: boolean
}

export interface AppState {
  /** Null: not known yet. Then, and while it is locked, the page shows nothing of an account. */
  lock: LockState | null
  session: SessionState
  connection: Connection
  /** Server clock minus local clock, in ms. */
  clockOffset: number
  windowFocused: boolean
  /**
   * True from the moment when a link opens the window until the person uses a key or the pointer in it. Any web page can open a
   * link, so meanwhile nothing counts as seen.
   */
  openedByLink: boolean
  /** Whether the person is at the machine, as the operating system reports it. */
  power: PowerState
  /** Set when a damaged or newer replica was moved aside; shown once. */
  setAside: { reason: 'corrupt' | 'newer'; file: string } | null
  settings: Settings | null
  account: Account | null
  /** False until the replica was read. Until then, an empty list does not mean "no chats". */
  replicaLoaded: boolean
  /** False until the first sync of a fresh replica has ended: the UI shows skeletons instead of "no chats". */
  firstSyncDone: boolean
  chats: ReadonlyMap<ChatId, Chat>
  people: ReadonlyMap<UserId, Person>
  /** By chat: every member's watermarks. */
  activities: ReadonlyMap<ChatId, readonly Activity[]>
  /** Presence of the people being watched; null: hidden or not allowed. */
  presences: ReadonlyMap<UserId, Presence | null>
  /** Messages of any chat that some view shows. */
  messages: Messages
  /** Own messages of any chat that are being written to the disk, oldest first. */
  saving: readonly Message[]
  conversation: ConversationState | null
  /** By chat: the files that the person is about to send. A chat that is not in it has those of its row (`Chat.staged`). */
  staging: ReadonlyMap<ChatId, Staging>
  /** Whether a file is on this machine, of those that were asked for. Absent: not known. */
  files: ReadonlyMap<Sha256, boolean>
  /** Files that the person has saved outside of the app since the start. */
  saved: ReadonlySet<Sha256>
  /** The files that are being transferred, and the downloads that failed. */
  transfers: TransferStates
  /** Those that the list of transfers shows, in the order in which they began. */
  listed: Listed
  /** Voice notes that are being recorded, or are recorded and not sent. */
  voiceNotes: ReadonlyMap<ChatId, VoiceNote>
  /** What is played, or was paused. */
  player: PlayerState | null
  /** How often main has said that the person opened files with the app. They wait in main. */
  filesOpened: number
  /** Null until main has told it. */
  updates: UpdateState | null
  navigation: Navigation
}

export type AppStore = StoreApi<AppState>

export const initialState: AppState = {
  lock: null,
  session: { phase: 'starting' },
  connection: 'connecting',
  clockOffset: 0,
  windowFocused: true,
  openedByLink: false,
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
  messages: new Map(),
  saving: [],
  conversation: null,
  staging: new Map(),
  files: new Map(),
  saved: new Set(),
  transfers: new Map(),
  listed: new Map(),
  voiceNotes: new Map(),
  player: null,
  filesOpened: 0,
  updates: null,
  navigation: {
    pane: 'chats',
    settingsSection: null,
    openChatId: null,
    timesOpened: 0,
    detailsOpen: false,
    chatFilter: 'all',
    lookupPhone: null,
    invite: null,
    viewed: null,
    forwarded: null,
    wanted: null,
    mediaOpen: false,
  },
}

/** One store per app instance; tests create their own. No I/O here: services write, features read. */
export function createAppStore(preset: Partial<AppState> = {}): AppStore {
  return createStore<AppState>(() => ({ ...initialState, ...preset }))
}
