import { useRef, useState, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChatId, UserId } from '#shared/domain/ids.ts'
import { useAppStore } from '../../../stores/use-app-store.ts'
import { runShortcut } from '../../../ui/shortcuts.ts'
import { composerState } from '../composer-text.ts'
import { editDraft, type Draft } from '../mention-draft.ts'
import { caretOf } from '../text-field.ts'
import { useMentionPicker } from '../use-mention-picker.tsx'
import styles from './StagingSheet.module.css'

interface CaptionFieldProps {
  field: RefObject<HTMLTextAreaElement | null>
  chatId: ChatId
  me: UserId
  label: string
  /** The text at first. Mount the field again for another caption. */
  initial: Draft
  onChange: (caption: Draft) => void
  onSend: () => void
}

/** A caption. People of a group are mentioned as in the composer. */
export function CaptionField({ field, chatId, me, label, initial, onChange, onSend }: CaptionFieldProps) {
  const enterSends = useAppStore((state) => state.settings?.enterSends ?? true)
  const [caption, setCaption] = useState(initial)
  /** The caption after changes that are not rendered yet. */
  const latest = useRef(caption)
  const change = (next: Draft): void => {
    latest.current = next
    setCaption(next)
    onChange(next)
  }
  const { aria, picker, ...mentioning } = useMentionPicker({
    chatId,
    me,
    field,
    draft: latest,
    onChange: change,
    inFlow: true,
  })
  return (
    <>
      {picker}
      <textarea
        ref={field}
        className={styles['caption']}
        rows={1}
        dir="auto"
        aria-label={label}
        placeholder={label}
        value={caption.text}
        onChange={({ target }) => {
          change(editDraft(latest.current, target.value))
          mentioning.update(target.selectionEnd)
        }}
        onSelect={({ currentTarget }) => mentioning.update(caretOf(currentTarget))}
        onBlur={() => mentioning.update(null)}
        onKeyDown={(event) => {
          if (!mentioning.onKeyDown(event.nativeEvent)) {
            runShortcut(event.nativeEvent, { send: onSend, newLine: 'native' }, enterSends)
            return
          }
          event.preventDefault()
          // Escape closes the picker, not the sheet.
          event.stopPropagation()
        }}
        {...aria}
      />
      <Left text={caption.text} />
    </>
  )
}

function Left({ text }: { text: string }) {
  const { t } = useTranslation()
  const { left } = composerState(text)
  if (left === null) return null
  return (
    <p className={styles['left']} role="status">
      {left < 0 ? t('conversation.tooLong', { count: -left }) : t('conversation.left', { count: left })}
    </p>
  )
}
