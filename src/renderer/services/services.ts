import type { PlatformName } from '#shared/bridge/app.ts'
import type { ShortcutState, Spelling } from '#shared/bridge/desk.ts'
import type { Args, Result } from '#shared/bridge/index.ts'
import type { PinResult } from '#shared/bridge/lock.ts'
import type { Content } from '#shared/bridge/replica.ts'
import type { NotificationFacts } from '#shared/bridge/notifications.ts'
import type { InstallAnswer } from '#shared/bridge/updates.ts'
import type { ProxyPasswordState, ProxyVerdict } from '#shared/bridge/proxy.ts'
import type { OwnProfile } from '#shared/domain/account.ts'
import type { DragOutcome, ExportOutcome } from '#shared/bridge/media.ts'
import type { CameraService } from '#shared/domain/camera.ts'
import type { ChatStatePatch } from '#shared/domain/chat.ts'
import type { ChatId, MessageId, Phone, UserId } from '#shared/domain/ids.ts'
import type { Invite, InviteDetails, InviteOptions, InviteProblem } from '#shared/domain/invite.ts'
import type { Place } from '#shared/domain/place.ts'
import type { StagedItem } from '#shared/domain/staged.ts'
import type { IntentRequest } from '#shared/intents/index.ts'
import type { Message, Position } from '#shared/messages/envelope.ts'
import type { Attachment, ObjectId, Sha256 } from '#shared/messages/attachment.ts'
import type { EventBody } from '#shared/messages/kinds/event.ts'
import type { KnownBody } from '#shared/messages/kinds/index.ts'
import type { LinkPreview } from '#shared/messages/link-preview.ts'
import type { Mention } from '#shared/messages/mentions.ts'
import type { OwnSound } from '#shared/notifications/sounds.ts'
import type { SettingsChange } from '#shared/settings.ts'
import type { GroupActivityPart } from '../data/activity-repository.ts'
import type { JoinRequest } from '../data/invites-repository.ts'
import type { PhoneAuthFailure } from '../data/phone-auth-error.ts'
import type { Navigation } from '../stores/app-store.ts'
import type { RefusedFile, StagedEntry } from '../stores/staging.ts'
import type { Rate, Track } from '../stores/player.ts'

/**
 * The reason why an action failed. Each code has its text in the catalogue under `errors.<code>`. Every method below that can
 * fail rejects with an AppError and nothing else.
 */
export type AppErrorCode = PhoneAuthFailure | 'storage' | 'diskFull' | 'unreadable'

export class AppError extends Error {
  override readonly name = 'AppError'
  readonly code: AppErrorCode
  constructor(code: AppErrorCode, options?: ErrorOptions) {
    super(code, options)
    this.code = code
  }
}

export interface SessionService {
  /** Sends a code to the number. A later call replaces the earlier request (resend, change number). */
  requestCode(phone: Phone): Promise<void>
  /** Confirms the six digits of the newest request. Signing in then continues without another call. */
  confirmCode(code: string): Promise<void>
  /** For the first sign-in and later edits. Takes effect at once; it is written to the wire when possible. */
  saveProfile(profile: OwnProfile): Promise<void>
  /** How many messages are not on the wire yet: signing out would lose them. */
  unsentCount(): Promise<number>
  /** Deletes this account's replica from the machine and signs out. Rejects when the deletion failed, but signs out even then. */
  signOut(): Promise<void>
  dismissSetAside(): void
}

/** The result of looking up one exact number. `self`: it is the person's own. */
export type FindResult = { kind: 'found'; userId: UserId } | { kind: 'notFound' } | { kind: 'self' }

export interface PeopleService {
  /** Looks up one exact number. After `found` the person is in the store. */
  findByPhone(phone: Phone): Promise<FindResult>
  /** Fetches a profile when it is older than a day or `force` is set. Never rejects. */
  refresh(userId: UserId, force?: boolean): Promise<void>
  /**
   * Keeps a person's presence in the store up to date until the returned function is called. Several callers may watch the same
   * person.
   */
  watchPresence(userId: UserId): () => void
}

export interface OutboxService {
  /** Does what a stored intent says: it takes effect here at once, survives a restart, and is written to the wire when possible. */
  add(request: IntentRequest): Promise<void>
}

export type ContentPage = Result<'replica.media'>

export interface ChatsService {
  /** Opens the direct chat with someone, creating it if needed, and shows it. */
  openDirect(userId: UserId): Promise<void>
  /** Creates a group with these people and this person, and shows it. It is written to the wire when possible. */
  createGroup(title: string, others: readonly UserId[]): Promise<void>
  /** Adds people to a group. */
  addPeople(chatId: ChatId, userIds: readonly UserId[]): Promise<void>
  /** Changes a group. The change is a message of the group; like any other, it waits for the network and can fail. One that changes nothing is not sent. */
  changeGroup(chatId: ChatId, change: EventBody): Promise<void>
  /** Deletes a group that this person has left from this device. */
  deleteFormer(chatId: ChatId): Promise<void>
  /**
   * Up to a page of the chat's messages with this content before a position (null: the newest ones), newest first, and how many there
   * are at all. Only what this device has stored.
   */
  contents(chatId: ChatId, of: Content, before: Position | null): Promise<ContentPage>
  /** Calls the listener when messages of the chat were deleted. Returns a function to unsubscribe. */
  onDeleted(chatId: ChatId, listener: (ids: ReadonlySet<MessageId>) => void): () => void
  /** Marks everything in the chat as read without opening it. Also clears `markedUnread`. */
  markRead(chatId: ChatId): Promise<void>
  setState(chatId: ChatId, patch: ChatStatePatch): Promise<void>
}

/** What a person sees of a link: they are a member, it is open, they wait for an admin, or it cannot be used. */
export type SeenInvite =
  | { kind: 'member' }
  | { kind: 'open' | 'asked'; details: InviteDetails }
  | { kind: 'problem'; problem: InviteProblem }

export interface CurrentInvite {
  invite: Invite
  /** To share. */
  link: string
  details: InviteDetails
}

/** Links to groups. All of it but `accept` needs the server, and rejects with `offline` without it. */
export interface InvitesService {
  /** Returns what a link shows, without joining. */
  look(invite: Invite): Promise<SeenInvite>
  /** Joins the group and opens it, or asks an admin to be accepted. */
  join(invite: Invite): Promise<SeenInvite>
  /** Takes the own request back. */
  takeBack(chatId: ChatId): Promise<void>
  /** Returns the link of a group, null if there is none. Updates what the link shows. For admins, like all that follow. */
  current(chatId: ChatId): Promise<CurrentInvite | null>
  /** Creates a link. The one before stops working. */
  replace(chatId: ChatId, options: InviteOptions): Promise<CurrentInvite>
  revoke(chatId: ChatId): Promise<void>
  /** Returns who asks to join, the longest waiting first. Their profiles are in the store. */
  requests(chatId: ChatId): Promise<JoinRequest[]>
  /** The change is a message of the group; like any other, it waits for the network and can fail. */
  accept(chatId: ChatId, userId: UserId): Promise<void>
  decline(chatId: ChatId, userId: UserId): Promise<void>
}

/** Files that the person is about to send. Their state is the store's `staging`. */
export interface AttachmentsService {
  /** Stages files and shows the sheet. Those that cannot be sent are named in it, and the others go on. */
  add(chatId: ChatId, picked: readonly { file: File; isFolder: boolean }[]): void
  /** Shows the sheet. */
  show(chatId: ChatId): void
  /** Hides the sheet. The items stay staged, also after a restart. */
  hide(chatId: ChatId): void
  /** Changes the entries that are not being sent: their order, their items, which there are. An entry without a preview gets one. */
  change(chatId: ChatId, change: (entries: readonly StagedEntry[]) => readonly StagedEntry[]): void
  /** Returns the turned photo without its crop, as a data: URL; null: it cannot be drawn. */
  uncropped(item: StagedItem): Promise<string | null>
  /**
   * Sends what is staged, each file as a message of its own, in their order. The caption belongs to all: it is that of the first
   * message. Clears the draft. Rejects with `storage` when a message could not be stored: that item and those after it stay staged,
   * with the caption.
   */
  send(chatId: ChatId, caption: { text: string; mentions: readonly Mention[] }): Promise<void>
}

/** Previews of the links in what the person writes. */
export interface LinkPreviewsService {
  /** The preview for a draft; null: there is none, or the person has removed it. Never rejects. */
  find(chatId: ChatId, text: string): Promise<LinkPreview | null>
  /** The person has removed the preview from the draft of this chat. */
  dismiss(chatId: ChatId, preview: LinkPreview): void
  /** The draft was sent, so the next one may have the same preview. */
  sent(chatId: ChatId): void
}

export interface ConversationService {
  /** Shows a chat: sets navigation and `conversation`. Shows the newest messages of the replica, then follows the wire. */
  open(chatId: ChatId): Promise<void>
  close(): void
  /** Adds one more older page before the list, from the replica or else from the server. */
  loadOlder(): Promise<void>
  /**
   * Queues a message of any kind. Only a kind that is typed in the composer clears the draft. The bubble appears at once, marked as
   * not saved. Resolves once the message is on the disk. Rejects with `storage` when it could not be stored: the bubble disappears,
   * and the caller must keep what was typed. `staged`: the file that the message is made of is not staged any more, once the message is
   * on the disk.
   */
  send(chatId: ChatId, body: KnownBody, staged?: StagedItem): Promise<void>
  /** The same for a message that was not typed in the chat. The draft there stays. */
  forward(chatId: ChatId, body: KnownBody): Promise<void>
  /** The draft, a marked text, as last changed here. The store may not have it yet. Undefined: not changed since signing in. */
  draft(chatId: ChatId): string | undefined
  /** Call it on every input. The draft is saved a moment later, or at once by `flushDrafts`. */
  setDraft(chatId: ChatId, text: string): void
  /** Never rejects. */
  flushDrafts(): Promise<void>
  /** Replaces the files that are staged in the chat. Resolves when that is on the disk. */
  setStaged(chatId: ChatId, items: StagedItem[]): Promise<void>
  /** The person is typing in this chat. Call it on every input. */
  typing(chatId: ChatId): void
  /**
   * Follows who types in a group, or also how far its members have received and read, until the returned function is called. Each
   * change costs two reads (WIRE.md), so follow only what the person looks at.
   */
  followMembers(chatId: ChatId, part: GroupActivityPart): () => void
  /** The message was in view while the window had the focus. */
  seen(chatId: ChatId, messageId: MessageId): void
  retry(messageId: MessageId): Promise<void>
  /** Deletes a message that failed or whose file is not uploaded yet. */
  discard(messageId: MessageId): Promise<void>
}

export interface AppService {
  navigate(patch: Partial<Navigation>): void
  /** Call it when the person uses a key or the pointer in the window. */
  reportInput(): void
  updateSettings(patch: SettingsChange): Promise<void>
  /** Opens an invite link in the app, and other http, https and mailto links in the system's browser. */
  openLink(url: string): Promise<void>
  copyText(text: string): Promise<void>
  /** Copies a PNG file, given in base64. */
  copyPng(png: string): Promise<void>
  /** Asks where to save a PNG file. Resolves to false when the person cancels. */
  savePng(png: string, name: string): Promise<boolean>
  /** Whether the keys of the setting `globalShortcut` work. */
  shortcutState(): Promise<ShortcutState>
  /** True while the person presses new ones. */
  pauseShortcut(paused: boolean): Promise<void>
  /** The languages of the spell checker. */
  readSpelling(): Promise<Spelling>
  openLogs(): Promise<void>
  /** `updates` of the app store tells what comes of it. */
  checkForUpdate(): Promise<void>
  installUpdate(): Promise<InstallAnswer>
  /** Asks where to save a file about the state of the app. Resolves to false when the person cancels. */
  saveDiagnostics(): Promise<boolean>
  /** Reports an unexpected error to the log file, masked. */
  report(event: string, error: unknown): void
  readonly version: string
  /** The local backend is in use: codes are printed in the terminal, not sent. */
  readonly localBackend: boolean
  /** The mail address for reports; null: the configuration has none. */
  readonly reportAddress: string | null
  readonly platform: PlatformName
}

/** The app lock. Its state is the store's `lock`; main alone decides whether a PIN is right. */
export interface LockService {
  /** Saves what is typed, and locks. Does nothing without a PIN. */
  lock(): Promise<void>
  unlock(pin: string): Promise<PinResult>
  /** Resolves to false when no fingerprint was given. */
  unlockByTouchId(): Promise<boolean>
  /** Sets or replaces the PIN. `current`: the one before; null: there is none. */
  setPin(pin: string, current: string | null): Promise<PinResult>
  removePin(pin: string): Promise<PinResult>
  /** Deletes every account from this machine and signs out. The page is then loaded again. */
  forget(): Promise<void>
  /** Tells main that the page shows nothing of an account. */
  covered(): void
}

export interface StoredFile {
  sha256: Sha256
  /** Bytes. */
  size: number
}

/** A file whose bytes arrive one part after the other. */
export interface FileImport {
  /** Adds the next bytes, of any number. Await it before the next call. */
  append(bytes: Uint8Array<ArrayBuffer>): Promise<void>
  /** Resolves when all bytes are on the disk. */
  finish(): Promise<StoredFile>
  /** Deletes what was written. Never rejects. */
  abort(): Promise<void>
}

/**
 * Files: their bytes are on this machine or in Storage, never in the page's memory. `files` and `transfers` of the app store say what
 * is here and what moves. The hook `useFileHere` asks for a file while a component shows it.
 */
export interface MediaService {
  /**
   * Stores a file, so that it survives whatever happens to the page. `onProgress` gets the number of bytes stored. Rejects with
   * `diskFull`; with `unreadable` when the file vanished, changed or cannot be read; when the signal aborts, with its reason.
   */
  importFile(
    file: Blob,
    options?: { signal?: AbortSignal; onProgress?: (done: number) => void },
  ): Promise<StoredFile>
  /** Returns the files that the person has opened with the app since the last call, and those that cannot be sent. */
  takeOpened(): Promise<{ files: File[]; refused: RefusedFile[] }>
  /** Begins to store a file that is still growing, for example a recording. */
  beginImport(): Promise<FileImport>
  /** Finds out whether files are here. The answer is in the store. Calls of the same moment become one. Never rejects. */
  look(sha256: Sha256): void
  /**
   * Downloads a file. Resolves when it is here or has failed; the store says which. Never rejects. `asked`: the person asked for it, so
   * the list of transfers shows it, and it is tried again when the connection comes back.
   */
  download(place: Place, file: Attachment, options?: { asked?: boolean }): Promise<void>
  /** Downloads a file unless it is here. Resolves to false if it cannot be had now. */
  fetch(place: Place, file: Attachment): Promise<boolean>
  /** Downloads a file while it can be seen, until the returned function is called. One that fails is tried again after a while. */
  want(place: Place, file: Attachment): () => void
  /** Stops a download, or removes one that has failed from the list of transfers. */
  cancelDownload(object: ObjectId): void
  /** Stops a transfer until `resume`. What has been transferred is kept. */
  pause(object: ObjectId): void
  resume(object: ObjectId): void
  /** Keeps a file on this machine, or lets it be evicted again when space is needed. */
  keep(sha256: Sha256, kept: boolean): Promise<void>
  saveAs(sha256: Sha256, name: string): Promise<ExportOutcome>
  /** Shows where the file was saved, in the system's file manager. False: it is not there any more. */
  showSaved(sha256: Sha256): Promise<boolean>
  copyImage(sha256: Sha256, mime: string): Promise<ExportOutcome>
  /** Opens the file in the system's program for it. Rejects for a program. */
  open(sha256: Sha256, name: string): Promise<ExportOutcome>
  /** Lets the person drag a copy out of the window. Call it when they begin to drag. */
  dragOut(sha256: Sha256, name: string): Promise<DragOutcome>
}

/** The proxy of this machine. What is set is in the settings of the app store. */
export interface ProxyService {
  password(): Promise<ProxyPasswordState>
  /** Resolves when everything goes the new way. */
  set(change: Args<'proxy.set'>): Promise<ProxyPasswordState>
  /** Null: tests the proxy of the settings. */
  test(change: Args<'proxy.test'>): Promise<ProxyVerdict>
}

export type StorageUsage = Result<'storage.usage'>
type StorageChats = Result<'storage.chats'>
export type StorageFiles = Result<'storage.files'>
export type Traffic = Result<'storage.traffic'>

/** What the files of the account take on this machine, in bytes. `keep` of the media service keeps a file. */
export interface StorageService {
  usage(): Promise<StorageUsage>
  /** The largest first. */
  chats(limit: number): Promise<StorageChats>
  /** The files of a chat, the largest first. */
  files(chatId: ChatId, limit: number): Promise<StorageFiles>
  /** Deletes what can be downloaded again: of one chat, or of all (null). */
  free(chatId: ChatId | null): Promise<{ files: number; size: number }>
  /** The newest message of the chat with this file. */
  messageOf(chatId: ChatId, sha256: Sha256): Promise<Message | null>
  traffic(): Promise<Traffic>
  resetTraffic(): Promise<void>
}

/** Voice notes that are recorded and not sent. `voiceNotes` of the app store has one per chat. */
export interface VoiceNotesService {
  /** Shows the recordings of earlier sessions. Does something only once per session. Never rejects. */
  restore(): Promise<void>
  /** Starts to record, and ends a recording in another chat. The store says when it has failed. */
  start(chatId: ChatId): Promise<void>
  pause(chatId: ChatId): void
  resume(chatId: ChatId): void
  /** Ends the recording. It can be listened to, sent or discarded. */
  stop(chatId: ChatId): Promise<void>
  discard(chatId: ChatId): Promise<void>
  /** Ends the recording and sends it. The store says when that has failed; the recording is kept then. */
  send(chatId: ChatId): Promise<void>
  /** The loudness so far (see wave.ts). */
  levels(chatId: ChatId): string
  /** Calls the listener when `levels` has changed. Returns a function to unsubscribe. */
  onLevels(listener: () => void): () => void
  /** The ended recording as a file of this machine, to listen to it. */
  file(chatId: ChatId): Promise<StoredFile>
  /** Opens the system's settings for the microphone. False: this system has none. */
  openMicrophoneSettings(): Promise<boolean>
}

/** The one player of the app, for voice notes and audio files. `player` of the app store is its state. */
export interface PlayerService {
  /** Plays, pauses or continues. Downloads the track first if it is not here. */
  toggle(track: Track): Promise<void>
  /** Continues at this position, in ms. Starts a track that is not the current one. */
  seek(track: Track, position: number): Promise<void>
  setRate(rate: Rate): void
  pause(): void
  close(): void
  /** Whether the message of this track can be seen. */
  setInView(key: Track['key'], inView: boolean): void
}

/** The services that features use. */
/** Notifications of this machine: what keeps them away, a trial, and the sounds that Perch plays itself. */
export interface NotificationsService {
  check(): Promise<NotificationFacts>
  /** Shows a trial notification. */
  test(): Promise<'shown' | 'failed'>
  /** Opens the system's settings. False: it has none. */
  openSettings(): Promise<boolean>
  play(sound: OwnSound): void
}

export interface Services {
  session: SessionService
  people: PeopleService
  outbox: OutboxService
  chats: ChatsService
  /** Loads the code with the first call. */
  invites: () => Promise<InvitesService>
  attachments: () => Promise<AttachmentsService>
  /** Loads the code with the first call. */
  camera: () => Promise<CameraService>
  linkPreviews: () => Promise<LinkPreviewsService>
  media: () => Promise<MediaService>
  /** Loads the code with the first call. */
  proxy: () => Promise<ProxyService>
  storage: () => Promise<StorageService>
  /** The URL of a file of this machine, for `src`. The type must be that of a picture, video or sound. */
  mediaUrl: (sha256: Sha256, mime: string) => string
  voiceNotes: () => Promise<VoiceNotesService>
  /** Loads the code with the first call. */
  player: () => Promise<PlayerService>
  /** Loads the code with the first call. */
  notifications: () => Promise<NotificationsService>
  /** Loads the code with the first call. */
  lock: () => Promise<LockService>
  conversation: ConversationService
  app: AppService
}
