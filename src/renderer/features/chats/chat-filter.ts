export const FILTER_NAME = 'chat-filter'

/** Moves the focus to the filter of the chat list, when the list is shown. */
export function focusChatFilter(): void {
  const field = document.querySelector(`input[name="${FILTER_NAME}"]`)
  if (!(field instanceof HTMLInputElement)) return
  field.focus()
  field.select()
}
