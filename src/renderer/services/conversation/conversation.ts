import { peerOf, unreadCount, type Chat } from '#shared/domain/chat.ts'
import { newMessageId, type ChatId, type MessageId, type UserId } from '#shared/domain/ids.ts'
import type { StagedItem } from '#shared/domain/staged.ts'
import { knownBodySchema, textOf } from '#shared/messages/body.ts'
import { compareMessages, type Message } from '#shared/messages/envelope.ts'
import type { EventBody } from '#shared/messages/kinds/event.ts'
import type { KnownBody } from '#shared/messages/kinds/index.ts'
import type { GroupActivityPart } from '../../data/activity-repository.ts'
import { BridgeError, type AccountBridge } from '../../platform/bridge.ts'
import {
  emptyConversation,
  type AppStore,
  type ConversationState,
  type Navigation,
  type SessionState,
} from '../../stores/app-store.ts'
import { keyOf, keysOf, messagesOf, onlyShown } from '../../stores/messages.ts'
import { attempt } from '../app/errors.ts'
import type { Report } from '../app/report.ts'
import { currentReplica } from '../replica/current-replica.ts'
import { showMessages } from '../replica/replica-mirror.ts'
import { AppError, type ConversationService } from '../services.ts'
import type { AccountSession, CurrentAccount } from '../session/account-session.ts'
import type { LiveSession } from '../session/live-session.ts'
import { createDraftSaver, type DraftSaver } from './draft-saver.ts'
import { loadOlderPage, PAGE } from './older-messages.ts'
import { readCountAt } from './read-count.ts'

/** Messages shown above the first unread one. */
const BEFORE_UNREAD = 20
/** Maximum number of messages that opening a chat loads to reach the first unread one. */
const MAX_FIRST_PAGE = 1000

/** Stores a new message and queues it. */
type Queue = (replica: AccountBridge, message: Message) => Promise<void>

export interface ConversationOptions {
  store: AppStore
  account: CurrentAccount
  report: Report
  /** Resolves after the next frame is painted. */
  nextPaint: () => Promise<void>
}

export class Conversation implements ConversationService {
  readonly #options: ConversationOptions
  readonly #drafts: DraftSaver
  #generation = 0
  #seq = 0
  /** The newest message that was seen in the open chat. */
  #seen: Message | undefined
  /** The read mark that was last sent to the replica. */
  #sentReadMark: { readCount: number; readAt: number } | undefined

  constructor(options: ConversationOptions) {
    this.#options = options
    this.#drafts = createDraftSaver((chatId, text) => this.#saveDraft(chatId, text))
    // The next account may have a chat with the same id. It must not show this account's draft.
    options.store.subscribe(({ session }, before) => {
      if (readyUserId(session) !== readyUserId(before.session)) this.#drafts.clear()
    })
    options.store.subscribe(({ navigation }, before) => {
      const shown = shownChat(navigation)
      if (shown !== shownChat(before.navigation)) this.#reportShownChat(shown)
    })
    // The read mark depends on the chat and its messages, so it is computed again when one of them changes.
    options.store.subscribe((state, before) => {
      const chatId = state.conversation?.chatId
      if (this.#seen === undefined || chatId === undefined) return
      const isSame =
        state.conversation === before.conversation && state.chats.get(chatId) === before.chats.get(chatId)
      if (!isSame) this.#markRead(this.#seen)
    })
  }

  async open(chatId: ChatId): Promise<void> {
    const { store, account } = this.#options
    const chat = store.getState().chats.get(chatId)
    const session = account()
    if (chat === undefined || session === undefined) return
    store.setState(({ navigation }) => ({
      navigation: {
        ...navigation,
        pane: 'chats',
        openChatId: chatId,
        timesOpened: navigation.timesOpened + 1,
        // The details of another chat begin at their top.
        mediaOpen: navigation.mediaOpen && navigation.openChatId === chatId,
        lookupPhone: null,
      },
    }))
    if (store.getState().conversation?.chatId === chatId) return
    void this.flushDrafts()
    this.#generation += 1
    this.#seen = undefined
    this.#sentReadMark = undefined
    const generation = this.#generation
    const hasOlder = chat.onWire
    const opened = { ...emptyConversation, chatId, hasOlder, generation }
    store.setState(({ messages }) => ({ messages: onlyShown(messages, []), conversation: opened }))
    try {
      await attempt(() => this.#show(chat, session, generation))
    } catch (error) {
      // Opening the chat again retries.
      if (generation === this.#generation) store.setState({ conversation: null })
      throw error
    }
  }

  close(): void {
    const { store } = this.#options
    void this.flushDrafts()
    this.#generation += 1
    this.#seen = undefined
    store.setState(({ messages, navigation }) => ({
      messages: onlyShown(messages, []),
      conversation: null,
      navigation: { ...navigation, openChatId: null, detailsOpen: false, mediaOpen: false },
    }))
  }

  /** Opens the open chat again after the replica was read again, if the chat still exists. */
  async reopen(): Promise<void> {
    const chatId = this.#options.store.getState().navigation.openChatId
    if (chatId === null) return
    this.close()
    await this.open(chatId)
  }

  async loadOlder(): Promise<void> {
    const { store, account } = this.#options
    const conversation = store.getState().conversation
    if (conversation === null || conversation.status === 'loading') return
    if (!conversation.hasOlder || conversation.loadingOlder) return
    const { generation } = conversation
    this.#update(generation, { loadingOlder: true, olderFailed: false })
    try {
      const session = account()
      if (session === undefined) throw new AppError('unexpected')
      const older = await loadOlderPage(session, store, conversation)
      this.#options.store.setState((state) =>
        state.conversation?.generation === generation ? showMessages(state, older.messages) : {},
      )
      this.#update(generation, { hasOlder: older.hasMore, loadingOlder: false })
    } catch (error) {
      this.#options.report('conversation.older', error)
      this.#update(generation, { loadingOlder: false, olderFailed: true })
    }
  }

  /** Creates a group in the replica. Its first message is the event. */
  async createGroup(chatId: ChatId, body: EventBody): Promise<void> {
    const { me, replica } = this.#session()
    await replica.call('replica.createGroup', { message: this.#newMessage(chatId, me, body) })
  }

  async send(chatId: ChatId, body: KnownBody, staged?: StagedItem): Promise<void> {
    if (textOf('draftText', body) !== null) this.#drafts.sent(chatId)
    this.#session().live?.receipts.stopTyping(chatId)
    await this.#send(chatId, body, (replica, message) =>
      staged === undefined
        ? replica.call('replica.send', message)
        : replica.call('replica.sendStaged', { message, itemId: staged.id }),
    )
  }

  forward(chatId: ChatId, body: KnownBody): Promise<void> {
    return this.#send(chatId, body, (replica, message) => replica.call('replica.forward', message))
  }

  async #send(chatId: ChatId, body: KnownBody, queue: Queue): Promise<void> {
    const { report, store } = this.#options
    const session = this.#session()
    if (!knownBodySchema.safeParse(body).success) throw new AppError('unexpected')
    const message = this.#newMessage(chatId, session.me, body)
    // Writing to the disk takes longer than a frame. So the bubble appears before that, marked as not saved.
    store.setState(({ saving }) => ({ saving: [...saving, message] }))
    const painted = this.#options.nextPaint()
    session.mirror.holdUntil(painted)
    try {
      // The mirror was the first to wait for the paint, so the store has the message of the replica before `saving` loses it.
      await Promise.all([storedOrRetried(() => queue(session.replica, message)), painted])
    } catch (error) {
      report('conversation.send', error)
      throw new AppError('storage', { cause: error })
    } finally {
      store.setState(({ saving }) => ({ saving: saving.filter((other) => other !== message) }))
    }
    // A person who answers has read the new messages, so the divider is removed.
    const { conversation } = store.getState()
    if (conversation?.chatId === chatId) this.#update(conversation.generation, { firstUnreadId: null })
  }

  #session(): AccountSession {
    const session = this.#options.account()
    if (session === undefined) throw new AppError('unexpected')
    return session
  }

  draft(chatId: ChatId): string | undefined {
    return this.#drafts.latest(chatId)
  }

  setDraft(chatId: ChatId, text: string): void {
    this.#drafts.change(chatId, text)
  }

  flushDrafts(): Promise<void> {
    return this.#drafts.flush()
  }

  setStaged(chatId: ChatId, items: StagedItem[]): Promise<void> {
    return attempt(async () =>
      currentReplica(this.#options.account).call('replica.setStaged', { chatId, items }),
    )
  }

  typing(chatId: ChatId): void {
    this.#options.account()?.live?.receipts.typing(chatId)
  }

  followMembers(chatId: ChatId, part: GroupActivityPart): () => void {
    const follow = ({ groupActivity }: LiveSession): (() => void) => groupActivity.follow(chatId, part)
    return this.#options.account()?.whileLive(follow) ?? (() => undefined)
  }

  seen(chatId: ChatId, messageId: MessageId): void {
    const { conversation, messages } = this.#options.store.getState()
    if (conversation?.chatId !== chatId) return
    const message = messages.get(keyOf({ chatId, id: messageId }))
    if (message === undefined || message.sentAt === null) return
    if (this.#seen !== undefined && compareMessages(this.#seen, message) > 0) return
    this.#seen = message
    this.#markRead(message)
  }

  retry(messageId: MessageId): Promise<void> {
    return attempt(async () => currentReplica(this.#options.account).call('outbox.retry', { messageId }))
  }

  discard(messageId: MessageId): Promise<void> {
    return attempt(async () => currentReplica(this.#options.account).call('outbox.discard', { messageId }))
  }

  async #show(chat: Chat, session: AccountSession, generation: number): Promise<void> {
    const { me, replica } = session
    const unread = unreadCount(chat, me)
    const limit = Math.min(MAX_FIRST_PAGE, Math.max(PAGE, unread + BEFORE_UNREAD))
    const read = (): Promise<Message[]> =>
      replica.call('replica.messages', { chatId: chat.id, before: null, limit })
    const page = await read()
    const isEmpty = page.length === 0 && chat.onWire
    if (!isEmpty) this.#ready(chat, me, generation, page, page.length >= limit || !chat.historyComplete)
    if (this.#options.account() !== session || generation !== this.#generation) return
    // The replica's messages are shown already. Those from the wire follow.
    const caughtUp = this.#catchUp(chat, session)
    if (!isEmpty) return
    await caughtUp
    this.#ready(chat, me, generation, await read())
  }

  /** Resolves when the chat's missing messages are stored or could not be fetched. Also refreshes the profile of the other person. */
  async #catchUp(chat: Chat, session: AccountSession): Promise<void> {
    try {
      const { messages, profiles } = await session.whenLive()
      const peer = peerOf(chat, session.me)
      if (peer !== undefined) profiles.refresh(peer)
      await messages.catchUp(chat.id)
    } catch (error) {
      this.#options.report('conversation.catchUp', error)
    }
  }

  /** Shows the newest page, and the messages that arrived after it was read. */
  #ready(
    chat: Chat,
    me: UserId,
    generation: number,
    page: readonly Message[],
    hasOlder = !this.#isComplete(chat.id),
  ): void {
    const state = this.#options.store.getState()
    if (state.conversation?.generation !== generation) return
    const [first] = page
    const arrived = messagesOf(state.messages, state.conversation.keys)
    const kept =
      first === undefined ? arrived : arrived.filter((message) => compareMessages(message, first) >= 0)
    const conversation = { ...state.conversation, keys: keysOf(kept) }
    const shown = showMessages({ ...state, conversation }, withoutArrived(page, kept))
    this.#options.store.setState(shown)
    const all = messagesOf(shown.messages, shown.conversation?.keys ?? [])
    const firstUnreadId = unreadCount(chat, me) === 0 ? null : firstUnread(chat, me, all)
    this.#update(generation, { status: 'ready', hasOlder: chat.onWire && hasOlder, firstUnreadId })
  }

  #isComplete(chatId: ChatId): boolean {
    return this.#options.store.getState().chats.get(chatId)?.historyComplete ?? false
  }

  async #saveDraft(chatId: ChatId, text: string): Promise<void> {
    try {
      await this.#options.account()?.replica.call('replica.setDraft', { chatId, text })
    } catch (error) {
      this.#options.report('conversation.draft', error)
    }
  }

  #reportShownChat(chatId: ChatId | null): void {
    this.#options
      .account()
      ?.replica.call('view.setOpenChat', chatId)
      .catch((error: unknown) => this.#options.report('view.setOpenChat', error))
  }

  #newMessage(chatId: ChatId, me: UserId, body: KnownBody): Message {
    this.#seq = Math.max(this.#seq + 1, Date.now())
    return {
      id: newMessageId(),
      chatId,
      senderId: me,
      sentAt: null,
      seq: this.#seq,
      updatedAt: null,
      body,
      editedAt: null,
      deletedAt: null,
      delivery: 'queued',
      failure: null,
      heard: false,
    }
  }

  #markRead(seen: Message): void {
    const { store, account, report } = this.#options
    const { chats, conversation, messages } = store.getState()
    const chat = chats.get(seen.chatId)
    const session = account()
    if (chat === undefined || session === undefined) return
    if (conversation?.chatId !== seen.chatId || seen.sentAt === null) return
    const { me, replica } = session
    const shown = messagesOf(messages, conversation.keys)
    const readCount = Math.max(chat.state.readCount, readCountAt(chat, shown, seen, me) ?? 0)
    const readAt = Math.max(chat.state.readAt ?? 0, seen.sentAt)
    const isSent = this.#sentReadMark?.readCount === readCount && this.#sentReadMark.readAt === readAt
    // After an own message, every device counts all messages before it as read. So a higher count alone is not written.
    const isAllRead = chat.state.readCount === readCount || unreadCount(chat, me) === 0
    const isUpToDate = isAllRead && chat.state.readAt === readAt && !chat.state.markedUnread
    if (isSent) return
    // Set even when the replica has the same mark. Otherwise marking the open chat as unread would be undone at once.
    this.#sentReadMark = { readCount, readAt }
    if (isUpToDate) return
    replica
      .call('replica.markRead', { chatId: seen.chatId, readCount, readAt })
      .catch((error: unknown) => report('conversation.seen', error))
  }

  #update(generation: number, patch: Partial<ConversationState>): void {
    this.#options.store.setState(({ conversation }) =>
      conversation?.generation === generation ? { conversation: { ...conversation, ...patch } } : {},
    )
  }
}

function readyUserId(session: SessionState): UserId | undefined {
  return session.phase === 'ready' ? session.me : undefined
}

/** The chat that the window shows. The settings cover the open chat, so its messages need notifications. */
function shownChat({ pane, openChatId }: Navigation): ChatId | null {
  return pane === 'settings' ? null : openChatId
}

/** Returns the page without messages that also arrived after it was read, because those are newer. */
function withoutArrived(page: readonly Message[], arrived: readonly Message[]): Message[] {
  const keys = new Set(keysOf(arrived))
  return page.filter((message) => !keys.has(keyOf(message)))
}

/** The first message of others after the read mark. */
function firstUnread({ state }: Chat, me: UserId, messages: readonly Message[]): MessageId | null {
  const readAt = state.readAt ?? -1
  return messages.find(({ senderId, sentAt }) => senderId !== me && (sentAt ?? 0) > readAt)?.id ?? null
}

/** Retries once when the store failed. If the message is on the disk already, the store ignores the same id. */
async function storedOrRetried(queue: () => Promise<void>): Promise<void> {
  try {
    await queue()
  } catch (error) {
    if (!(error instanceof BridgeError) || error.code !== 'store') throw error
    await queue()
  }
}
