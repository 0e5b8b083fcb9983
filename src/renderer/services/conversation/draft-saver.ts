import type { ChatId } from '#shared/domain/ids.ts'

/** How often a draft is saved while the person types, in ms. */
export const DRAFT_SAVE_MS = 150

/** What the store takes; a longer draft stays whole in the composer, but only this much survives a restart. */
const DRAFT_LIMIT = 100_000

export interface DraftSaver {
  /** The draft as it is now; saved within DRAFT_SAVE_MS. */
  change(chatId: ChatId, text: string): void
  /** Saves what waits, at once: on blur, another chat, the window closing. Settles when it is saved. */
  flush(): Promise<void>
  /** The text was sent, which clears the saved draft: nothing waits any more. */
  sent(chatId: ChatId): void
  /** The draft as last changed here, which the store may not have yet; undefined: not touched since the start. */
  latest(chatId: ChatId): string | undefined
  /** Forgets everything, also what waits. */
  clear(): void
}

/** Saves at most once in DRAFT_SAVE_MS, the last state always. One saver serves all chats. `save` must not reject. */
export function createDraftSaver(save: (chatId: ChatId, text: string) => Promise<void>): DraftSaver {
  const drafts = new Map<ChatId, string>()
  let waiting: ChatId | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  function waitNoLonger(): void {
    clearTimeout(timer)
    timer = undefined
    waiting = null
  }

  async function flush(): Promise<void> {
    if (waiting === null) return
    const chatId = waiting
    waitNoLonger()
    await save(chatId, (drafts.get(chatId) ?? '').slice(0, DRAFT_LIMIT))
  }

  return {
    change(chatId, text) {
      if (waiting !== chatId) void flush()
      drafts.set(chatId, text)
      waiting = chatId
      timer ??= setTimeout(() => void flush(), DRAFT_SAVE_MS)
    },
    flush,
    sent(chatId) {
      if (waiting === chatId) waitNoLonger()
      drafts.set(chatId, '')
    },
    latest: (chatId) => drafts.get(chatId),
    clear() {
      waitNoLonger()
      drafts.clear()
    },
  }
}
