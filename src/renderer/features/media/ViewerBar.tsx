import Copy from 'lucide-react/icons/copy'
import Download from 'lucide-react/icons/download'
import FolderOpen from 'lucide-react/icons/folder-open'
import Forward from 'lucide-react/icons/forward'
import MessageSquare from 'lucide-react/icons/message-square'
import RotateCw from 'lucide-react/icons/rotate-cw'
import X from 'lucide-react/icons/x'
import ZoomIn from 'lucide-react/icons/zoom-in'
import ZoomOut from 'lucide-react/icons/zoom-out'
import type { RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { momentText } from '#shared/domain/display-time.ts'
import { personTitle } from '#shared/domain/display-text.ts'
import type { UserId } from '#shared/domain/ids.ts'
import { attachmentOf } from '#shared/messages/body.ts'
import type { Message } from '#shared/messages/envelope.ts'
import { useServices } from '../../services/use-services.ts'
import { useAppStore } from '../../stores/use-app-store.ts'
import { usePersonPicture } from '../../stores/use-picture.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { useNow } from '../../ui/use-now.ts'
import type { StageHandle } from './PhotoStage.tsx'
import { useFileActions } from './use-file-actions.ts'
import { useSenderName } from './use-sender-name.ts'
import styles from './Viewer.module.css'

interface ViewerBarProps {
  me: UserId
  message: Message
  /** Null: not known yet. */
  position: { number: number; total: number } | null
  stage: RefObject<StageHandle | null>
  onGoTo: () => void
  onClose: () => void
}

/** Who sent it and when, and what can be done with it. */
export function ViewerBar({ me, message, position, stage, onGoTo, onClose }: ViewerBarProps) {
  const { t, i18n } = useTranslation()
  const now = useNow()
  const clockOffset = useAppStore((state) => state.clockOffset)
  const title = useAppStore(({ people }) => personTitle(people.get(message.senderId)))
  const picture = usePersonPicture(message.senderId)
  const name = useSenderName(me)(message.senderId)
  const { app } = useServices()
  const actions = useFileActions()
  const sha256 = attachmentOf(message.body)?.sha256
  const isSaved = useAppStore(({ saved }) => sha256 !== undefined && saved.has(sha256))
  const isPhoto = message.body?.kind === 'photo'
  const sentAt = message.sentAt === null ? now : message.sentAt - clockOffset
  return (
    <div className={styles['bar']}>
      <Avatar id={message.senderId} name={title} size="s" picture={picture} />
      <div className={styles['names']}>
        <bdi className={styles['name']}>{name}</bdi>
        <span className={styles['muted']}>
          <time>{momentText(sentAt, { now, locale: i18n.language })}</time>
          {position !== null && (
            <> · {t('mediaView.position', { number: position.number, total: position.total })}</>
          )}
        </span>
      </div>
      {isPhoto && (
        <>
          <IconButton label={t('mediaView.zoomOut')} shortcut="-" onClick={() => stage.current?.zoomOut()}>
            <ZoomOut size={20} aria-hidden />
          </IconButton>
          <IconButton label={t('mediaView.zoomIn')} shortcut="=" onClick={() => stage.current?.zoomIn()}>
            <ZoomIn size={20} aria-hidden />
          </IconButton>
          <IconButton label={t('mediaView.rotate')} shortcut="R" onClick={() => stage.current?.rotate()}>
            <RotateCw size={20} aria-hidden />
          </IconButton>
          <IconButton label={t('mediaView.copyImage')} onClick={() => actions.copyImage(message)}>
            <Copy size={20} aria-hidden />
          </IconButton>
        </>
      )}
      <IconButton label={t('mediaView.saveAs')} onClick={() => actions.saveAs(message)}>
        <Download size={20} aria-hidden />
      </IconButton>
      {isSaved && (
        <IconButton label={t('mediaView.showSaved')} onClick={() => actions.showSaved(message)}>
          <FolderOpen size={20} aria-hidden />
        </IconButton>
      )}
      {message.sentAt !== null && (
        <IconButton
          label={t('forward.menu')}
          onClick={() => app.navigate({ viewed: null, forwarded: message })}
        >
          <Forward size={20} aria-hidden />
        </IconButton>
      )}
      <IconButton label={t('mediaView.goTo')} onClick={onGoTo}>
        <MessageSquare size={20} aria-hidden />
      </IconButton>
      <IconButton label={t('mediaView.close')} shortcut="Escape" onClick={onClose}>
        <X size={20} aria-hidden />
      </IconButton>
    </div>
  )
}
