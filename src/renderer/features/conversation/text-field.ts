import type { Replacement } from './composer-text.ts'

/** Null while text is selected. */
export function caretOf({ selectionStart, selectionEnd }: HTMLTextAreaElement): number | null {
  return selectionStart === selectionEnd ? selectionEnd : null
}

/** Replaces the selection. Only the deprecated `insertText` command keeps the undo history. */
export function replaceSelection(
  textarea: HTMLTextAreaElement,
  { text, selectFrom, selectTo }: Replacement,
): void {
  const start = textarea.selectionStart
  textarea.focus()
  document.execCommand('insertText', false, text)
  textarea.setSelectionRange(start + selectFrom, start + selectTo)
}
