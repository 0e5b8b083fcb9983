import ArrowDown from 'lucide-react/icons/arrow-down'
import Play from 'lucide-react/icons/play'
import RotateCw from 'lucide-react/icons/rotate-cw'
import X from 'lucide-react/icons/x'
import type { TFunction } from 'i18next'
import { type ReactNode, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { displaySize } from '#shared/domain/display-size.ts'
import { clockDuration } from '#shared/domain/display-time.ts'
import type { Message } from '#shared/messages/envelope.ts'
import type { BodyOf } from '#shared/messages/kinds/index.ts'
import type { FileStatus } from '../../services/media/file-status.ts'
import { useMessageFile } from '../../services/media/use-message-file.ts'
import { dragOut } from '../../ui/media/drag-out.ts'
import { FilePicture } from '../../ui/media/FilePicture.tsx'
import { ProgressRing } from '../../ui/media/ProgressRing.tsx'
import { useInView } from '../../ui/use-in-view.ts'
import styles from './Picture.module.css'
import { UploadControls } from './UploadControls.tsx'
import type { RowActions } from './use-row-actions.ts'

export type PictureBody = BodyOf<'photo'> | BodyOf<'video'>

interface PictureProps {
  message: Message
  body: PictureBody
  actions: RowActions
  /** In an album: which picture it is. Its button then stands for the message: it has the focus and the menu of the message. */
  cell?: { number: number; count: number }
}

/** A photo, or the picture of a video, which fills the box around it. Opens it in the viewer, or downloads it if it is not here. */
export function Picture({ message, body, actions, cell }: PictureProps) {
  const { t, i18n } = useTranslation()
  const box = useRef<HTMLDivElement>(null)
  const inView = useInView(box)
  const isPhoto = body.kind === 'photo'
  const { status, url } = useMessageFile(message, body.file, {
    auto: 'settings',
    inView,
  })
  const [broken, setBroken] = useState(false)
  const size = displaySize(body.file.size, i18n.language)
  const duration = isPhoto ? null : clockDuration(body.duration)
  const action = labelOf(t, status, { isPhoto, size })
  const label = duration === null ? action : t('mediaView.withDuration', { label: action, duration })
  return (
    <div ref={box} className={styles['picture']}>
      <button
        type="button"
        className={styles['open']}
        aria-label={
          cell === undefined ? label : t('mediaView.cell', { label, number: cell.number, count: cell.count })
        }
        aria-disabled={status.kind === 'gone' || undefined}
        data-message-id={cell && message.id}
        data-row-key={cell && message.id}
        onClick={() => act(status, message, actions)}
        {...dragOut(status.kind === 'ready' ? () => actions.file.dragOut(message) : null)}
      >
        <FilePicture
          url={isPhoto && !broken ? url : null}
          mime={body.file.mime}
          hash={body.hash}
          alt=""
          inView={inView}
          onBroken={() => setBroken(true)}
        />
        <StatusMark status={status} size={size} broken={broken} />
        {!isPhoto && status.kind === 'ready' && (
          <span className={styles['play']}>
            <Play size={22} aria-hidden />
          </span>
        )}
        {duration !== null && (
          <span className={styles['duration']} dir="ltr">
            {duration}
          </span>
        )}
      </button>
      {status.kind === 'uploading' && (
        <UploadControls
          status={status}
          onCancel={() => actions.discard(message)}
          onPause={() => actions.file.pause(message)}
          onResume={() => actions.file.resume(message)}
        />
      )}
    </div>
  )
}

/** What a click on the picture does. */
function act(status: FileStatus, message: Message, actions: RowActions): void {
  if (status.kind === 'ready' || status.kind === 'uploading') actions.view(message)
  else if (status.kind === 'downloading') actions.file.cancelDownload(message)
  else if (status.kind !== 'gone') actions.file.download(message)
}

function labelOf(t: TFunction, status: FileStatus, of: { isPhoto: boolean; size: string }): string {
  if (status.kind === 'remote')
    return t(of.isPhoto ? 'mediaView.downloadPhoto' : 'mediaView.downloadVideo', { size: of.size })
  if (status.kind === 'downloading') return t('mediaView.cancelDownload')
  if (status.kind === 'failed') return `${t(`mediaView.failure.${status.failure}`)} ${t('mediaView.retry')}`
  if (status.kind === 'gone') return t(`mediaView.failure.${status.failure}`)
  return t(of.isPhoto ? 'mediaView.openPhoto' : 'mediaView.openVideo')
}

/** What keeps the picture from being shown. The label of the button says the same. */
function StatusMark({ status, size, broken }: { status: FileStatus; size: string; broken: boolean }) {
  const { t } = useTranslation()
  if (status.kind === 'downloading')
    return (
      <span className={styles['ring']} aria-hidden>
        <ProgressRing share={status.done === 0 ? null : status.done / status.size} />
        <X size={20} />
      </span>
    )
  const mark = markOf()
  return (
    mark !== null && (
      <span className={styles['mark']} aria-hidden>
        {mark}
      </span>
    )
  )

  function markOf(): ReactNode {
    if (status.kind === 'remote')
      return (
        <>
          <ArrowDown size={16} /> {size}
        </>
      )
    if (status.kind === 'failed')
      return (
        <>
          <RotateCw size={16} /> {t('mediaView.notDownloaded')}
        </>
      )
    if (status.kind === 'gone') return t(`mediaView.failure.${status.failure}`)
    return broken ? t('mediaView.broken') : null
  }
}
