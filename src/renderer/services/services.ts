import type { PlatformName } from '#shared/bridge.ts'
import type { OwnProfile, Privacy } from '#shared/domain/account.ts'
import type { Chat } from '#shared/domain/chat.ts'
import type { ChatId, MessageId, Phone, UserId } from '#shared/domain/ids.ts'
import type { Contact } from '#shared/domain/person.ts'
import type { Settings } from '#shared/settings.ts'
import type { PhoneAuthFailure } from '../data/phone-auth.ts'
import type { Navigation } from '../stores/app-store.ts'

/**
 * Why something the person asked for did not happen. Each code has its text in the catalogue under `errors.<code>`.
 * Every method below that can fail rejects with one of these and nothing else.
 */
export type AppErrorCode = PhoneAuthFailure | 'storage'

export class AppError extends Error {
  override readonly name = 'AppError'
  readonly code: AppErrorCode
  constructor(code: AppErrorCode, options?: ErrorOptions) {
    super(code, options)
    this.code = code
  }
}

export interface SessionService {
  /** Sends a code to the number. Later calls replace the earlier request (resend, change number). */
  requestCode(phone: Phone): Promise<void>
  /** Confirms the six digits of the newest request; the session then moves on by itself. */
  confirmCode(code: string): Promise<void>
  /** First sign-in and later edits: takes effect at once, reaches the wire when it can. */
  saveProfile(profile: OwnProfile): Promise<void>
  savePrivacy(privacy: Privacy): Promise<void>
  /** How many messages have not left this device: to be named before signing out. */
  unsentCount(): Promise<number>
  /**
   * Removes this account's replica from the machine and signs out; also when it rejects, because the replica could not be
   * removed.
   */
  signOut(): Promise<void>
  dismissSetAside(): void
}

/** The answer to one exact number. `self`: it is one's own. */
export type FindResult = { kind: 'found'; userId: UserId } | { kind: 'notFound' } | { kind: 'self' }

export interface PeopleService {
  /** Looks up one exact number; the person is in the store when the promise resolves with `found`. */
  findByPhone(phone: Phone): Promise<FindResult>
  setContact(contact: Contact): Promise<void>
  setBlocked(userId: UserId, blocked: boolean): Promise<void>
  /** Asks for a profile again when it is older than a day or `force` is set. Never rejects. */
  refresh(userId: UserId, force?: boolean): Promise<void>
  /** Keeps a person's presence current in the store until the returned function is called. Ref-counted. */
  watchPresence(userId: UserId): () => void
}

export interface ChatsService {
  /** Opens the direct chat with someone, new or old, and shows it. */
  openDirect(userId: UserId): Promise<void>
  /** Everything in the chat counts as read, without opening it; clears `markedUnread`. */
  markRead(chatId: ChatId): Promise<void>
  setState(
    chatId: ChatId,
    patch: Partial<Pick<Chat['state'], 'pinned' | 'archived' | 'mutedUntil' | 'markedUnread'>>,
  ): Promise<void>
}

export interface ConversationService {
  /** Shows a chat: sets navigation and `conversation`. The newest messages come from the replica, then follow the wire. */
  open(chatId: ChatId): Promise<void>
  close(): void
  /** Puts one more older page before the list: from the replica, else from the server. */
  loadOlder(): Promise<void>
  /**
   * Queues a text (1–TEXT_LIMIT characters, trimmed) in the open chat, whose draft is empty at once. Resolves once the
   * message is on the disk; the bubble comes with the replica's change. Rejects with `storage`; the caller keeps the text.
   */
  send(chatId: ChatId, text: string): Promise<void>
  /** The draft as last changed here, which the store may not have yet; undefined: not touched since signing in. */
  draft(chatId: ChatId): string | undefined
  /** May come with every key: it is saved a moment later, and what `flushDrafts` finds waiting at once. */
  setDraft(chatId: ChatId, text: string): void
  /** Never rejects. */
  flushDrafts(): Promise<void>
  /** The person types in this chat; calls may come with every key. */
  typing(chatId: ChatId): void
  /** The message was in view while the window had focus. */
  seen(chatId: ChatId, messageId: MessageId): void
  retry(messageId: MessageId): Promise<void>
  discard(messageId: MessageId): Promise<void>
}

export interface AppService {
  navigate(patch: Partial<Navigation>): void
  /** The person has used a key or the pointer in the window. */
  touched(): void
  updateSettings(patch: Partial<Settings>): Promise<void>
  /** Opens http, https and mailto links in the system's browser. */
  openLink(url: string): Promise<void>
  copyText(text: string): Promise<void>
  openLogs(): Promise<void>
  /** Reports an unexpected error to the log file, masked. */
  report(event: string, error: unknown): void
  readonly version: string
  /** The local backend is in use: codes are printed in the terminal, not sent. */
  readonly localBackend: boolean
  readonly platform: PlatformName
}

/** Everything features can ask for. */
export interface Services {
  session: SessionService
  people: PeopleService
  chats: ChatsService
  conversation: ConversationService
  app: AppService
}
