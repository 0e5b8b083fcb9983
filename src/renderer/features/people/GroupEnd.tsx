import LogOut from 'lucide-react/icons/log-out'
import Trash2 from 'lucide-react/icons/trash-2'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { displayName } from '#shared/domain/display-text.ts'
import { TITLE_LIMIT } from '#shared/domain/group.ts'
import { useServices } from '../../services/use-services.ts'
import { ConfirmDialog } from '../../ui/Dialog.tsx'
import { useShowError } from '../../ui/use-show-error.ts'
import styles from './Details.module.css'
import type { GroupPartProps } from './GroupDetails.tsx'
import { ReportButton } from './ReportButton.tsx'

/** Leaving a group, deleting it for everyone, or deleting a left one from this device. */
export function GroupEnd({ chat, group, me, change }: GroupPartProps) {
  const { t } = useTranslation()
  const { chats } = useServices()
  const showError = useShowError()
  const [confirming, setConfirming] = useState<'left' | 'deleted' | null>(null)
  const isOwner = group.ownerId === me
  const mustHandOver = isOwner && chat.memberIds.length > 1
  const title = displayName(chat.title ?? '', TITLE_LIMIT) || t('chats.group')
  const leave = (): void => void change({ kind: 'event', event: 'left', uids: [me] })
  const confirm = (): void => {
    if (confirming === 'left') leave()
    if (confirming === 'deleted') void change({ kind: 'event', event: 'deleted' })
  }
  if (chat.former)
    return (
      <div className={styles['last']}>
        <button
          type="button"
          className={styles['block']}
          data-danger
          onClick={() => void chats.deleteFormer(chat.id).catch(showError)}
        >
          <Trash2 size={18} aria-hidden />
          {t('conversation.deleteFormer')}
        </button>
      </div>
    )
  return (
    <div className={styles['last']}>
      {mustHandOver ? (
        <p className={styles['blocked']}>{t('groups.handOverFirst')}</p>
      ) : (
        <button type="button" className={styles['block']} data-danger onClick={() => setConfirming('left')}>
          <LogOut size={18} aria-hidden />
          {t('groups.leave')}
        </button>
      )}
      {!isOwner && (
        <ReportButton
          name={title}
          subject={`${title}, ${chat.id}`}
          quotes={({ senderId }) => senderId !== me}
          ending={{ label: t('report.leave'), run: leave }}
        />
      )}
      {isOwner && (
        <button
          type="button"
          className={styles['block']}
          data-danger
          onClick={() => setConfirming('deleted')}
        >
          <Trash2 size={18} aria-hidden />
          {t('groups.deleteForEveryone')}
        </button>
      )}
      <ConfirmDialog
        open={confirming !== null}
        onClose={() => setConfirming(null)}
        onConfirm={confirm}
        title={t(confirming === 'left' ? 'groups.leaveTitle' : 'groups.deleteTitle')}
        text={t(confirming === 'left' ? 'groups.leaveText' : 'groups.deleteText')}
        confirmLabel={t(confirming === 'left' ? 'groups.leave' : 'groups.deleteForEveryone')}
        cancelLabel={t('app.cancel')}
        danger
      />
    </div>
  )
}
