import Plus from 'lucide-react/icons/plus'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChatId } from '#shared/domain/ids.ts'
import { Button } from '../../../ui/Button.tsx'
import type { DroppedFile } from '../../../ui/dropped-files.ts'
import styles from './StagingSheet.module.css'
import { useRemoveAll } from './use-remove-all.ts'

interface StagingActionsProps {
  chatId: ChatId
  /** Nothing is staged: all files were refused. */
  isEmpty: boolean
  canSend: boolean
  onAdd: (files: readonly DroppedFile[]) => void
  onSend: () => void
  onClose: () => void
}

/** The buttons at the end of the sheet. */
export function StagingActions({ chatId, isEmpty, canSend, onAdd, onSend, onClose }: StagingActionsProps) {
  const { t } = useTranslation()
  const input = useRef<HTMLInputElement>(null)
  const removeAll = useRemoveAll(chatId)
  return (
    <div className={styles['actions']}>
      <Button className={styles['add']} onClick={() => input.current?.click()}>
        <Plus size={16} aria-hidden />
        {t('attach.add')}
      </Button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        data-pick="more"
        onChange={({ currentTarget }) => {
          onAdd([...(currentTarget.files ?? [])].map((file) => ({ file, isFolder: false })))
          currentTarget.value = ''
        }}
      />
      {isEmpty ? (
        <Button onClick={onClose}>{t('app.close')}</Button>
      ) : (
        <>
          <Button onClick={removeAll}>{t('app.cancel')}</Button>
          <Button variant="primary" inactive={!canSend} onClick={onSend}>
            {t('conversation.send')}
          </Button>
        </>
      )}
    </div>
  )
}
