import type { Message } from '#shared/messages/envelope.ts'
import { ada, me, queued } from '#shared/domain/test-data.ts'
import { createDraftSaver } from '../../../src/renderer/services/conversation/draft-saver.ts'
import { showMessages } from '../../../src/renderer/services/replica/replica-mirror.ts'
import type { ConversationService } from '../../../src/renderer/services/services.ts'
import type { AppStore, ConversationState } from '../../../src/renderer/stores/app-store.ts'
import { keysOf, messagesOf } from '../../../src/renderer/stores/messages.ts'
import { makeMessage, MINUTE, NOON, text } from './scenarios/conversation.ts'

/** Controls that the gallery's page offers a spec, besides the store itself. */
export interface ConversationControls {
  append(from: 'me' | 'peer', text: string): void
  prepend(count: number): void
  calls: { name: string; args: unknown[] }[]
  /** A sent message is saved when this promise resolves. `send` rejects when it rejects. */
  saving: Promise<void>
}

/** Creates a conversation service that only changes the store, and records its calls. */
export function fakeConversation(store: AppStore): {
  service: ConversationService
  controls: ConversationControls
} {
  const controls: ConversationControls = {
    calls: [],
    saving: Promise.resolve(),
    append: (from, body) =>
      add(makeMessage(nextNumber(), from === 'me' ? me : ada, NOON + nextNumber() * 1000, text(body))),
    prepend: (count) => {
      const oldest = shown()[0]
      const end = oldest === undefined ? count : Math.min(oldest.seq, count + 100_000)
      const before = oldest?.sentAt ?? NOON
      const page = Array.from({ length: Math.min(count, end) }, (_, index) => {
        const back = Math.min(count, end) - index
        const n = end - back
        return makeMessage(
          n,
          n % 5 < 3 ? ada : me,
          before - back * 9 * MINUTE,
          text(`Older ${n} ${'words '.repeat(n % 23)}`),
        )
      })
      store.setState((state) => showMessages(state, page))
      patch({ loadingOlder: false, hasOlder: end - page.length > 0 })
    },
  }
  const shown = (): Message[] => {
    const { messages, conversation } = store.getState()
    return messagesOf(messages, conversation?.keys ?? [])
  }
  const nextNumber = (): number =>
    Math.max(0, ...[...shown(), ...store.getState().saving].map(({ seq }) => seq)) + 1
  const patch = (change: Partial<ConversationState>): void =>
    store.setState(({ conversation }) => ({ conversation: conversation && { ...conversation, ...change } }))
  const add = (message: Message): void => store.setState((state) => showMessages(state, [message]))
  const record = (name: string, ...args: unknown[]): void => void controls.calls.push({ name, args })

  const drafts = createDraftSaver(async (chatId, draft) => {
    record('setDraft', chatId, draft)
    await Promise.resolve()
  })

  const service: ConversationService = {
    async open() {
      await Promise.resolve()
    },
    close: () => record('close'),
    async loadOlder() {
      record('loadOlder')
      patch({ loadingOlder: true, olderFailed: false })
      await Promise.resolve()
    },
    async send(chatId, body) {
      record('send', body)
      drafts.sent(chatId)
      const message = makeMessage(nextNumber(), me, Date.now(), { body, ...queued })
      store.setState(({ saving }) => ({ saving: [...saving, message] }))
      try {
        await controls.saving
        // A copy, as the replica's change is one.
        add({ ...message })
      } finally {
        store.setState(({ saving }) => ({ saving: saving.filter((other) => other !== message) }))
      }
    },
    async forward(chatId, body) {
      record('forward', chatId, body)
      await Promise.resolve()
    },
    draft: drafts.latest,
    setDraft: drafts.change,
    flushDrafts: drafts.flush,
    async setStaged(chatId, staged) {
      record('setStaged', chatId, staged)
      await Promise.resolve()
      store.setState(({ chats }) => {
        const chat = chats.get(chatId)
        return chat === undefined ? {} : { chats: new Map(chats).set(chatId, { ...chat, staged }) }
      })
    },
    typing: (chatId) => record('typing', chatId),
    followMembers(chatId, part) {
      record('followMembers', chatId, part)
      return () => record('unfollowMembers', chatId, part)
    },
    seen: (chatId, messageId) => record('seen', chatId, messageId),
    async retry(messageId) {
      record('retry', messageId)
      await Promise.resolve()
    },
    async discard(messageId) {
      record('discard', messageId)
      patch({ keys: keysOf(shown().filter(({ id }) => id !== messageId)) })
      await Promise.resolve()
    },
  }
  return { service, controls }
}
