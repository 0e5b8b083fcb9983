export const FILTER_NAME = 'chat-filter'

/** Moves the focus to the filter of the chat list; answers false when the list is not in view. */
export function focusChatFilter(): boolean {
  const field = document.querySelector(`input[name="${FILTER_NAME}"]`)
  if (!(field instanceof HTMLInputElement) || !field.checkVisibility()) return false
  field.focus()
  field.select()
  return true
}
