export const FILTER_NAME = 'chat-filter'

/** Focuses the filter of the chat list. Returns false when the list is not visible. */
export function focusChatFilter(): boolean {
  const field = document.querySelector(`input[name="${FILTER_NAME}"]`)
  if (!(field instanceof HTMLInputElement) || !field.checkVisibility()) return false
  field.focus()
  field.select()
  return true
}

/** Focuses the row of the chat list that is in the tab order. Returns false when the list has no rows. */
export function focusChatRow(): boolean {
  const row = document.querySelector('[data-chat-id][tabindex="0"]')
  if (!(row instanceof HTMLElement)) return false
  row.focus()
  return true
}
