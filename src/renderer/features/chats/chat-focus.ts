import { chatIdSchema, type ChatId } from '#shared/domain/ids.ts'

export const FILTER_NAME = 'chat-filter'

/** Focuses the filter of the chat list. Returns false when the list is not visible. */
export function focusChatFilter(): boolean {
  const field = document.querySelector(`input[name="${FILTER_NAME}"]`)
  if (!(field instanceof HTMLInputElement) || !field.checkVisibility()) return false
  field.focus()
  field.select()
  return true
}

/** Focuses the row above the chats that opens the archive. Returns false when there is none. */
export function focusArchiveRow(): boolean {
  const row = document.querySelector('[data-archive-row]')
  if (!(row instanceof HTMLElement)) return false
  row.focus()
  return true
}

/** Focuses the row of the chat list that is in the tab order. Returns false when the list has no rows. */
export function focusChatRow(): boolean {
  const row = document.querySelector('[data-chat-id][tabindex="0"]')
  if (!(row instanceof HTMLElement)) return false
  row.focus()
  return true
}

/** Focuses the first row of a chat list that is scrolled to the top. */
export function focusFirstChatRow(): void {
  const row = document.querySelector('[data-chat-id]')
  if (row instanceof HTMLElement) row.focus()
}

/** Returns the chat of the row that contains the element. */
export function chatIdOf(element: Element | null): ChatId | null {
  const row = element?.closest('[data-chat-id]')
  return chatIdSchema.safeParse(row instanceof HTMLElement ? row.dataset['chatId'] : undefined).data ?? null
}

export const focusedChatId = (): ChatId | null => chatIdOf(document.activeElement)
