import clsx from 'clsx'
import ArrowDown from 'lucide-react/icons/arrow-down'
import RotateCw from 'lucide-react/icons/rotate-cw'
import X from 'lucide-react/icons/x'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { displayPart, displaySize } from '#shared/domain/display-size.ts'
import { inlinePictureUrl } from '#shared/domain/inline-picture.ts'
import { extensionOf } from '#shared/domain/file-name.ts'
import type { BodyOf } from '#shared/messages/kinds/index.ts'
import type { FileStatus } from '../../../services/media/file-status.ts'
import { useMessageFile } from '../../../services/media/use-message-file.ts'
import { dragOut } from '../../../ui/media/drag-out.ts'
import { FileName } from '../../../ui/media/FileName.tsx'
import { ProgressRing } from '../../../ui/media/ProgressRing.tsx'
import { useInView } from '../../../ui/use-in-view.ts'
import { TextButton } from '../BubbleFrame.tsx'
import { isPausable, shareOf, UploadText } from '../UploadControls.tsx'
import { AUDIO_PX, AudioPlayer, isAudio } from './AudioPlayer.tsx'
import { Caption } from './Caption.tsx'
import styles from './file.module.css'
import type { BodyProps, KindView } from './kind.ts'
import { estimateHeight } from './text-layout.ts'

const TILE_PX = 44
/** The line with the time below a file without words, the padding of the bubble, and the gap between tile and words, in px. */
const META_PX = 18
const PADDING_PX = 13
const GAP_PX = 4

function FileBody({ body, ...props }: BodyProps<'file'>) {
  const { message, actions } = props
  const box = useRef<HTMLDivElement>(null)
  const inView = useInView(box)
  const { status } = useMessageFile(message, body.file, { auto: 'settings', inView })
  const { t } = useTranslation()
  const act = (): void => {
    if (status.kind === 'ready') actions.file.open(message)
    else if (status.kind === 'downloading') actions.file.cancelDownload(message)
    else if (status.kind === 'uploading') actions.discard(message)
    else if (status.kind !== 'gone') actions.file.download(message)
  }
  return (
    <>
      <div ref={box} className={styles['file']} data-sized>
        <button
          type="button"
          className={styles['button']}
          aria-disabled={status.kind === 'gone' || undefined}
          onClick={act}
          {...dragOut(status.kind === 'ready' ? () => actions.file.dragOut(message) : null)}
        >
          <Tile status={status} body={body} />
          <span className={styles['texts']}>
            <FileName name={body.name} fallback={t('message.file')} />
            <span className={clsx(styles['detail'], status.kind === 'failed' && styles['problem'])}>
              <Detail status={status} name={body.name} size={body.file.size} />
            </span>
          </span>
        </button>
        {status.kind === 'uploading' && <PauseButton status={status} {...props} />}
      </div>
      {isAudio(body.file) && <AudioPlayer message={message} file={body.file} name={body.name} />}
      <div className={styles['below']}>
        <Caption {...props} body={body} />
      </div>
    </>
  )
}

/** A square with the first page or the type of the file, and with what a click does while the file is not here. */
function Tile({ status, body: { name, cover } }: { status: FileStatus; body: BodyOf<'file'> }) {
  const { t } = useTranslation()
  const extension = extensionOf(name)
  const label = {
    ready: t('mediaView.open'),
    remote: t('mediaView.download'),
    failed: t('mediaView.download'),
    downloading: t('mediaView.cancelDownload'),
    uploading: t('mediaView.cancelUpload'),
    gone: null,
  }[status.kind]
  const isStill = status.kind === 'ready' || status.kind === 'gone'
  const moves = status.kind === 'downloading' || status.kind === 'uploading'
  return (
    <span
      className={styles['tile']}
      {...(label === null ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
    >
      {cover !== undefined && (
        <img
          className={clsx(styles['cover'], !isStill && styles['dark'])}
          src={inlinePictureUrl(cover)}
          alt=""
          draggable={false}
        />
      )}
      {moves && <ProgressRing share={shareOf(status)} />}
      {moves && <X size={20} />}
      {status.kind === 'remote' && <ArrowDown size={20} />}
      {status.kind === 'failed' && <RotateCw size={20} />}
      {isStill && cover === undefined && (
        <bdi className={styles['extension']}>{extension.toUpperCase() || '•'}</bdi>
      )}
    </span>
  )
}

/** The second line: the size and type, or how far the file is. */
function Detail({ status, name, size }: { status: FileStatus; name: string; size: number }) {
  const { t, i18n } = useTranslation()
  const shown = displaySize(size, i18n.language)
  switch (status.kind) {
    case 'uploading':
      return <UploadText status={status} />
    case 'downloading':
      return t('mediaView.progress', { done: displayPart(status.done, size, i18n.language), size: shown })
    case 'failed':
    case 'gone':
      return t(`mediaView.failure.${status.failure}`)
    default: {
      const extension = extensionOf(name)
      return (
        <>
          {extension !== '' && (
            <>
              <bdi>{extension.toUpperCase()}</bdi> ·{' '}
            </>
          )}
          {shown}
        </>
      )
    }
  }
}

interface PauseButtonProps extends Pick<BodyProps<'file'>, 'message' | 'actions'> {
  status: Extract<FileStatus, { kind: 'uploading' }>
}

function PauseButton({ status, message, actions }: PauseButtonProps) {
  const { t } = useTranslation()
  if (!isPausable(status)) return null
  const isPaused = status.state === 'paused'
  return (
    <TextButton onClick={() => (isPaused ? actions.file.resume(message) : actions.file.pause(message))}>
      {t(isPaused ? 'mediaView.resume' : 'mediaView.pause')}
    </TextButton>
  )
}

export const file: KindView<'file'> = {
  Body: FileBody,
  frame: () => 'bubble',
  estimateHeight: (body) =>
    TILE_PX +
    (isAudio(body.file) ? AUDIO_PX : 0) +
    (body.text === undefined ? META_PX + PADDING_PX : GAP_PX + estimateHeight(body.text)),
}
