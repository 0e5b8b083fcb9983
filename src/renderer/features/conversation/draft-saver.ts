import type { ChatId } from '#shared/domain/ids.ts'

/** How often a draft is saved while the person types, in ms. */
export const DRAFT_SAVE_MS = 150

/** What the store takes; a longer draft stays whole in the composer, but only this much survives a restart. */
const DRAFT_LIMIT = 100_000

export interface DraftSaver {
  /** The draft as it is now; saved within DRAFT_SAVE_MS. */
  change(chatId: ChatId, text: string): void
  /** Saves what waits, at once: on blur, another chat, the window closing. */
  flush(): void
  /** The text was sent, which clears the saved draft: nothing waits any more. */
  sent(chatId: ChatId): void
  /** The draft as last changed here, which the store may not have yet; undefined: not touched since the start. */
  latest(chatId: ChatId): string | undefined
}

/** Saves at most once in DRAFT_SAVE_MS, the last state always. One saver serves all chats. */
export function createDraftSaver(save: (chatId: ChatId, text: string) => void): DraftSaver {
  const drafts = new Map<ChatId, string>()
  let waiting: ChatId | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  function forget(): void {
    clearTimeout(timer)
    timer = undefined
    waiting = null
  }

  function flush(): void {
    if (waiting === null) return
    const chatId = waiting
    forget()
    save(chatId, (drafts.get(chatId) ?? '').slice(0, DRAFT_LIMIT))
  }

  return {
    change(chatId, text) {
      if (waiting !== chatId) flush()
      drafts.set(chatId, text)
      waiting = chatId
      timer ??= setTimeout(flush, DRAFT_SAVE_MS)
    },
    flush,
    sent(chatId) {
      if (waiting === chatId) forget()
      drafts.set(chatId, '')
    },
    latest: (chatId) => drafts.get(chatId),
  }
}
