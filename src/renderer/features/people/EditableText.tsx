import Pencil from 'lucide-react/icons/pencil'
import { useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { displayName, displayText, isBlank } from '#shared/domain/display-text.ts'
import { DESCRIPTION_LIMIT, TITLE_LIMIT } from '#shared/domain/group.ts'
import { Button } from '../../ui/Button.tsx'
import { Form } from '../../ui/Form.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { TextArea } from '../../ui/TextArea.tsx'
import { TextField } from '../../ui/TextField.tsx'
import styles from './Details.module.css'

/** The number of characters that are left is shown from here on. */
const COUNTED_FROM = 50

interface EditableTextProps {
  /** A title is one line and must not be empty. */
  kind: 'title' | 'description'
  text: string
  label: string
  editLabel: string
  mayEdit: boolean
  /** Resolves to false when the text could not be saved. It then stays in the field. */
  onSave: (text: string) => Promise<boolean>
}

/** A text of a group with a button that edits it in place. */
export function EditableText({ kind, text, label, editLabel, mayEdit, onSave }: EditableTextProps) {
  const { t } = useTranslation()
  const [mode, setMode] = useState<'shown' | 'edited' | 'left'>('shown')
  const [draft, setDraft] = useState('')
  const limit = kind === 'title' ? TITLE_LIMIT : DESCRIPTION_LIMIT
  const shown = kind === 'title' ? displayName(text, limit) : displayText(text, limit)
  const save = async (): Promise<void> => {
    const next = draft.trim()
    if (kind === 'title' && isBlank(next)) return
    if (await onSave(next)) setMode('left')
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Escape') {
      event.preventDefault()
      setMode('left')
    }
    // In a description Enter starts a new line.
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void save()
  }
  if (mode === 'edited' && mayEdit) {
    const left = limit - draft.length
    const field = {
      label,
      hint: left <= COUNTED_FROM ? t('conversation.left', { count: left }) : undefined,
      autoFocus: true,
      dir: 'auto',
      maxLength: limit,
      value: draft,
      onValueChange: setDraft,
      onKeyDown,
    } as const
    return (
      <Form className={styles['nameForm']} onSubmit={() => void save()}>
        {kind === 'title' ? <TextField {...field} /> : <TextArea {...field} />}
        <div className={styles['nameButtons']}>
          <Button onClick={() => setMode('left')}>{t('app.cancel')}</Button>
          <Button type="submit" variant="primary">
            {t('app.save')}
          </Button>
        </div>
      </Form>
    )
  }
  if (shown === '' && !mayEdit) return null
  return (
    <div className={styles['nameLine']}>
      {kind === 'title' ? (
        <h3 className={styles['name']}>
          <bdi>{shown}</bdi>
        </h3>
      ) : (
        <p className={styles['description']} dir="auto">
          {shown || t('groups.noDescription')}
        </p>
      )}
      {mayEdit && (
        <IconButton
          className={styles['pencil']}
          label={editLabel}
          autoFocus={mode === 'left'}
          onClick={() => {
            setDraft(text)
            setMode('edited')
          }}
        >
          <Pencil size={16} aria-hidden />
        </IconButton>
      )}
    </div>
  )
}
