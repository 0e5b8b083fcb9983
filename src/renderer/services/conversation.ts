import { unreadCount, type Chat } from '#shared/domain/chat.ts'
import { newMessageId, type ChatId, type MessageId, type UserId } from '#shared/domain/ids.ts'
import { compareMessages, cursorOf, TEXT_LIMIT, type Message } from '#shared/domain/message.ts'
import { BridgeError, type Platform } from '../platform/bridge.ts'
import {
  emptyConversation,
  type AppStore,
  type ConversationState,
  type SessionState,
} from '../stores/app-store.ts'
import { createDraftSaver, type DraftSaver } from './draft-saver.ts'
import { attempt } from './errors.ts'
import type { LiveSession } from './live-session.ts'
import { readCountAt } from './read-count.ts'
import { mergeMessages } from './replica-mirror.ts'
import type { Report } from './report.ts'
import { AppError, type ConversationService } from './services.ts'

/** One page of the list, in messages. */
const PAGE = 60
/** What is shown above the first unread message, and the most that is loaded to reach it. */
const BEFORE_UNREAD = 20
const MOST_AT_ONCE = 1000

export interface ConversationOptions {
  platform: Platform
  store: AppStore
  live: () => LiveSession | undefined
  report: Report
}

export class Conversation implements ConversationService {
  readonly #options: ConversationOptions
  readonly #drafts: DraftSaver
  #generation = 0
  #seq = 0
  /** The newest message that was seen in the open chat. */
  #seen: Message | undefined
  /** What was seen, and said to the replica, last. */
  #saidRead: { readCount: number; readAt: number } | undefined

  constructor(options: ConversationOptions) {
    this.#options = options
    const { platform, report } = options
    this.#drafts = createDraftSaver((chatId, text) =>
      platform
        .call('replica.setDraft', { chatId, text })
        .catch((error: unknown) => report('conversation.draft', error)),
    )
    // The next account may have a chat of the same id: it must not be shown what was written in this one.
    options.store.subscribe(({ session }, before) => {
      if (readyAs(session) !== readyAs(before.session)) this.#drafts.clear()
    })
    // What was seen counts anew whenever the chat or its messages catch up with each other.
    options.store.subscribe((state, before) => {
      const chatId = state.conversation?.chatId
      if (this.#seen === undefined || chatId === undefined) return
      const isSame =
        state.conversation === before.conversation && state.chats.get(chatId) === before.chats.get(chatId)
      if (!isSame) this.#sayRead(this.#seen)
    })
  }

  async open(chatId: ChatId): Promise<void> {
    const { platform, store, live, report } = this.#options
    const chat = store.getState().chats.get(chatId)
    const me = live()?.me
    if (chat === undefined || me === undefined) return
    store.setState(({ navigation }) => ({
      navigation: {
        ...navigation,
        pane: 'chats',
        openChatId: chatId,
        timesOpened: navigation.timesOpened + 1,
        lookupPhone: null,
      },
    }))
    if (store.getState().conversation?.chatId === chatId) return
    void this.flushDrafts()
    this.#generation += 1
    this.#seen = undefined
    this.#saidRead = undefined
    const generation = this.#generation
    const hasOlder = chat.onWire
    store.setState({ conversation: { ...emptyConversation, chatId, hasOlder, generation } })
    platform.call('view.setOpenChat', chatId).catch((error: unknown) => report('view.setOpenChat', error))
    try {
      await attempt(() => this.#show(chat, me, generation))
    } catch (error) {
      // Opening it again is to try again.
      if (generation === this.#generation) store.setState({ conversation: null })
      throw error
    }
  }

  close(): void {
    const { platform, store, live, report } = this.#options
    void this.flushDrafts()
    this.#generation += 1
    this.#seen = undefined
    live()?.messages.close()
    store.setState(({ navigation }) => ({
      conversation: null,
      navigation: { ...navigation, openChatId: null, detailsOpen: false },
    }))
    platform.call('view.setOpenChat', null).catch((error: unknown) => report('view.setOpenChat', error))
  }

  /** The replica was read anew: so is the open chat, unless it is not there any more. */
  async reopen(): Promise<void> {
    const chatId = this.#options.store.getState().navigation.openChatId
    if (chatId === null) return
    this.close()
    await this.open(chatId)
  }

  async loadOlder(): Promise<void> {
    const conversation = this.#options.store.getState().conversation
    if (conversation === null || conversation.status === 'loading') return
    if (!conversation.hasOlder || conversation.loadingOlder) return
    const { generation } = conversation
    this.#update(generation, { loadingOlder: true, olderFailed: false })
    try {
      const older = await this.#olderPage(conversation)
      const now = this.#options.store.getState().conversation
      if (now?.generation !== generation) return
      this.#update(generation, {
        messages: mergeMessages(now.messages, older.messages),
        hasOlder: older.hasMore,
        loadingOlder: false,
      })
    } catch (error) {
      this.#options.report('conversation.older', error)
      this.#update(generation, { loadingOlder: false, olderFailed: true })
    }
  }

  async send(chatId: ChatId, text: string): Promise<void> {
    const { live } = this.#options
    this.#drafts.sent(chatId)
    const trimmed = text.trim().toWellFormed()
    const session = live()
    if (session === undefined || trimmed === '' || trimmed.length > TEXT_LIMIT)
      throw new AppError('unexpected')
    session.activity.stopTyping(chatId)
    try {
      // Its bubble shows with the replica's change, when it is on the disk: what is seen can no longer be lost.
      await this.#queue(this.#newMessage(chatId, session.me, trimmed))
    } catch (error) {
      this.#options.report('conversation.send', error)
      throw new AppError('storage', { cause: error })
    }
    // Whoever answers has read what is new.
    const { conversation } = this.#options.store.getState()
    if (conversation?.chatId === chatId) this.#update(conversation.generation, { firstUnreadId: null })
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

  typing(chatId: ChatId): void {
    this.#options.live()?.activity.typing(chatId)
  }

  seen(chatId: ChatId, messageId: MessageId): void {
    const conversation = this.#options.store.getState().conversation
    if (conversation?.chatId !== chatId) return
    const message = conversation.messages.find(({ id }) => id === messageId)
    if (message === undefined || message.sentAt === null) return
    if (this.#seen !== undefined && compareMessages(this.#seen, message) > 0) return
    this.#seen = message
    this.#sayRead(message)
  }

  retry(messageId: MessageId): Promise<void> {
    return attempt(() => this.#options.platform.call('outbox.retry', { messageId }))
  }

  discard(messageId: MessageId): Promise<void> {
    return attempt(() => this.#options.platform.call('outbox.discard', { messageId }))
  }

  async #show(chat: Chat, me: UserId, generation: number): Promise<void> {
    const { platform, live, report } = this.#options
    const unread = unreadCount(chat, me)
    const limit = Math.min(MOST_AT_ONCE, Math.max(PAGE, unread + BEFORE_UNREAD))
    const page = await platform.call('replica.messages', { chatId: chat.id, before: null, limit })
    const isEmpty = page.length === 0 && chat.onWire
    if (!isEmpty) this.#ready(chat, me, generation, page, page.length >= limit || !chat.historyComplete)
    const session = live()
    if (session === undefined || generation !== this.#generation) return
    const peer = chat.memberIds.find((id) => id !== me)
    if (peer !== undefined) session.profiles.refresh(peer)
    // The wire follows when it can; the replica's messages are shown already.
    const caughtUp = session.messages.open(chat).catch((error: unknown) => report('conversation.open', error))
    if (!isEmpty) return
    await caughtUp
    this.#ready(
      chat,
      me,
      generation,
      await platform.call('replica.messages', { chatId: chat.id, before: null, limit }),
    )
  }

  /** Shows the newest page, with what has come since it was read. */
  #ready(
    chat: Chat,
    me: UserId,
    generation: number,
    page: readonly Message[],
    hasOlder = !this.#isComplete(chat.id),
  ): void {
    const now = this.#options.store.getState().conversation
    if (now?.generation !== generation) return
    const since = page[0] === undefined ? now.messages : now.messages.filter(isNotBefore(page[0]))
    const messages = mergeMessages(page, since)
    const firstUnreadId = unreadCount(chat, me) === 0 ? null : firstUnread(chat, me, messages)
    this.#update(generation, { messages, status: 'ready', hasOlder: chat.onWire && hasOlder, firstUnreadId })
  }

  async #olderPage({
    chatId,
    messages,
  }: ConversationState): Promise<{ messages: Message[]; hasMore: boolean }> {
    const { platform, live } = this.#options
    const [first] = messages
    const before = first ? cursorOf(first) : null
    const read = (): Promise<Message[]> => platform.call('replica.messages', { chatId, before, limit: PAGE })
    let page = await read()
    if (page.length === 0 && !this.#isComplete(chatId)) {
      const session = live()
      if (session === undefined) throw new AppError('unexpected')
      await session.messages.loadHistory(chatId)
      page = await read()
    }
    return { messages: page, hasMore: page.length >= PAGE || !this.#isComplete(chatId) }
  }

  #isComplete(chatId: ChatId): boolean {
    return this.#options.store.getState().chats.get(chatId)?.historyComplete ?? false
  }

  /** Once more when the store has failed: it may have ended with the message on the disk, where the same id is not doubled. */
  async #queue(message: Message): Promise<void> {
    const { platform } = this.#options
    try {
      await platform.call('replica.send', message)
    } catch (error) {
      if (!(error instanceof BridgeError) || error.code !== 'store') throw error
      await platform.call('replica.send', message)
    }
  }

  #newMessage(chatId: ChatId, me: UserId, text: string): Message {
    this.#seq = Math.max(this.#seq + 1, Date.now())
    return {
      id: newMessageId(),
      chatId,
      senderId: me,
      sentAt: null,
      seq: this.#seq,
      updatedAt: null,
      body: { kind: 'text', text },
      deletedAt: null,
      delivery: 'queued',
      failure: null,
    }
  }

  #sayRead(seen: Message): void {
    const { platform, store, live, report } = this.#options
    const { chats, conversation } = store.getState()
    const chat = chats.get(seen.chatId)
    const me = live()?.me
    if (chat === undefined || me === undefined) return
    if (conversation?.chatId !== seen.chatId || seen.sentAt === null) return
    const readCount = Math.max(chat.state.readCount, readCountAt(chat, conversation.messages, seen, me) ?? 0)
    const readAt = Math.max(chat.state.readAt ?? 0, seen.sentAt)
    const isSaid = this.#saidRead?.readCount === readCount && this.#saidRead.readAt === readAt
    // What one has written oneself is read by itself, on every device: a higher count alone is no news.
    const isAllRead = chat.state.readCount === readCount || unreadCount(chat, me) === 0
    const isKnown = isAllRead && chat.state.readAt === readAt && !chat.state.markedUnread
    if (isSaid) return
    // Also what was known before: or the mark "unread", set on the open chat, would be undone at once.
    this.#saidRead = { readCount, readAt }
    if (isKnown) return
    platform
      .call('replica.markRead', { chatId: seen.chatId, readCount, readAt })
      .catch((error: unknown) => report('conversation.seen', error))
  }

  #update(generation: number, patch: Partial<ConversationState>): void {
    this.#options.store.setState(({ conversation }) =>
      conversation?.generation === generation ? { conversation: { ...conversation, ...patch } } : {},
    )
  }
}

function readyAs(session: SessionState): UserId | undefined {
  return session.phase === 'ready' ? session.me : undefined
}

function isNotBefore(first: Message): (message: Message) => boolean {
  return (message) => compareMessages(message, first) >= 0
}

/** What others wrote after the time up to which all was read. */
function firstUnread({ state }: Chat, me: UserId, messages: readonly Message[]): MessageId | null {
  const readAt = state.readAt ?? -1
  return messages.find(({ senderId, sentAt }) => senderId !== me && (sentAt ?? 0) > readAt)?.id ?? null
}
