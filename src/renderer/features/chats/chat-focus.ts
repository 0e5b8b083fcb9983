export const FILTER_NAME = 'chat-filter'

/** Moves the focus to the filter of the chat list; answers false when the list is not in view. */
export function focusChatFilter(): boolean {
  const field = document.querySelector(`input[name="${FILTER_NAME}"]`)
  if (!(field instanceof HTMLInputElement) || !field.checkVisibility()) return false
  field.focus()
  field.select()
  return true
}

/** Moves the focus to the chat list's row that is in the tab order; answers false when the list has none. */
export function focusChatRow(): boolean {
  const row = document.querySelector('[data-chat-id][tabindex="0"]')
  if (!(row instanceof HTMLElement)) return false
  row.focus()
  return true
}
