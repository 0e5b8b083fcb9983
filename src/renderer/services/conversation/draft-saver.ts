import type { ChatId } from '#shared/domain/ids.ts'

/** Time between two saves of a draft while the person types, in ms. */
export const DRAFT_SAVE_MS = 150

/** Longest draft that the store accepts. The composer keeps a longer one, but only this part survives a restart. */
const MAX_DRAFT = 100_000

export interface DraftSaver {
  /** Sets the draft. It is saved within DRAFT_SAVE_MS. */
  change(chatId: ChatId, text: string): void
  /** Saves a waiting draft at once: on blur, for another chat, when the window closes. Resolves when it is saved. */
  flush(): Promise<void>
  /** Call it when the text was sent. Sending clears the stored draft, so a waiting save is cancelled. */
  sent(chatId: ChatId): void
  /** The draft as last changed here. The store may not have it yet. Undefined: not changed since the start. */
  latest(chatId: ChatId): string | undefined
  /** Discards all drafts without saving them. */
  clear(): void
}

/** Saves at most once per DRAFT_SAVE_MS, and always the last state. One saver serves all chats. `save` must not reject. */
export function createDraftSaver(save: (chatId: ChatId, text: string) => Promise<void>): DraftSaver {
  const drafts = new Map<ChatId, string>()
  let waiting: ChatId | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  function cancelSave(): void {
    clearTimeout(timer)
    timer = undefined
    waiting = null
  }

  async function flush(): Promise<void> {
    if (waiting === null) return
    const chatId = waiting
    cancelSave()
    await save(chatId, (drafts.get(chatId) ?? '').slice(0, MAX_DRAFT))
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
      if (waiting === chatId) cancelSave()
      drafts.set(chatId, '')
    },
    latest: (chatId) => drafts.get(chatId),
    clear() {
      cancelSave()
      drafts.clear()
    },
  }
}
