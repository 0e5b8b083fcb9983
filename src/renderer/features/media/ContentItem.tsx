import ExternalLink from 'lucide-react/icons/external-link'
import MessageSquare from 'lucide-react/icons/message-square'
import Mic from 'lucide-react/icons/mic'
import Play from 'lucide-react/icons/play'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { displaySize } from '#shared/domain/display-size.ts'
import { clockDuration, momentText } from '#shared/domain/display-time.ts'
import { extensionOf } from '#shared/domain/file-name.ts'
import { inlinePictureUrl } from '#shared/domain/inline-picture.ts'
import { attachmentOf } from '#shared/messages/body.ts'
import type { Message } from '#shared/messages/envelope.ts'
import type { BodyOf } from '#shared/messages/kinds/index.ts'
import { useFileHere } from '../../services/media/use-file-here.ts'
import { useServices } from '../../services/use-services.ts'
import { useAppStore } from '../../stores/use-app-store.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { dragOut } from '../../ui/media/drag-out.ts'
import { FileName } from '../../ui/media/FileName.tsx'
import { FilePicture } from '../../ui/media/FilePicture.tsx'
import { useNow } from '../../ui/use-now.ts'
import { useShowError } from '../../ui/use-show-error.ts'
import type { ItemProps } from './ContentList.tsx'
import { linksOf } from './links.ts'
import styles from './MediaPane.module.css'
import { pictureOf, type PictureBody } from './picture-body.ts'
import { useFileActions } from './use-file-actions.ts'
import { useSenderName } from './use-sender-name.ts'

export function PhotoItem(props: ItemProps) {
  const body = pictureOf(props.message)
  return body !== null && <PhotoTile {...props} body={body} />
}

function PhotoTile({ message, me, body }: ItemProps & { body: PictureBody }) {
  const { t } = useTranslation()
  const { app } = useServices()
  const actions = useFileActions()
  const here = useFileHere(body.file.sha256)
  const name = useSenderName(me)(message.senderId)
  const time = useMoment(message)
  const { chatId, id } = message
  const duration = body.kind === 'video' ? clockDuration(body.duration) : null
  return (
    <li className={styles['photo']}>
      <button
        type="button"
        className={styles['open']}
        aria-label={
          duration === null
            ? t('mediaView.photoOf', { name, time })
            : t('mediaView.withDuration', { label: t('mediaView.videoOf', { name, time }), duration })
        }
        onClick={() => app.navigate({ viewed: { chatId, id } })}
        {...dragOut(here === true ? () => actions.dragOut(message) : null)}
      >
        <Thumb body={body} />
        {duration !== null && (
          <span className={styles['duration']} dir="ltr">
            <Play size={12} aria-hidden /> {duration}
          </span>
        )}
      </button>
    </li>
  )
}

function Thumb({ body }: { body: PictureBody }) {
  const { mediaUrl } = useServices()
  const here = useFileHere(body.file.sha256)
  const [broken, setBroken] = useState(false)
  const shows = here === true && !broken && body.kind === 'photo'
  return (
    <FilePicture
      url={shows ? mediaUrl(body.file.sha256, body.file.mime) : null}
      mime={body.file.mime}
      hash={body.hash}
      alt=""
      inView={false}
      onBroken={() => setBroken(true)}
    />
  )
}

export function FileItem(props: ItemProps) {
  const { body } = props.message
  return body?.kind === 'file' && <FileRow {...props} body={body} />
}

function FileRow({ message, body, onGoTo }: ItemProps & { body: BodyOf<'file'> }) {
  const { t } = useTranslation()
  const actions = useFileActions()
  const here = useFileHere(body.file.sha256)
  return (
    <Item
      onDrag={here === true ? () => actions.dragOut(message) : null}
      message={message}
      tile={<FileFace body={body} />}
      onOpen={() => actions.open(message)}
      onGoTo={onGoTo}
    >
      <FileName name={body.name} fallback={t('message.file')} />
    </Item>
  )
}

function FileFace({ body: { name, cover } }: { body: BodyOf<'file'> }) {
  if (cover === undefined)
    return <bdi className={styles['extension']}>{extensionOf(name).toUpperCase() || '•'}</bdi>
  return <img className={styles['cover']} src={inlinePictureUrl(cover)} alt="" draggable={false} />
}

export function VoiceItem({ message, me, onGoTo }: ItemProps) {
  const name = useSenderName(me)(message.senderId)
  const { body } = message
  if (body?.kind !== 'voice') return null
  return (
    <Item message={message} tile={<Mic size={18} aria-hidden />} onOpen={onGoTo} onGoTo={null}>
      <span className={styles['line']}>
        <bdi>{name}</bdi> · <span dir="ltr">{clockDuration(body.duration)}</span>
      </span>
    </Item>
  )
}

export function LinkItem({ message, onGoTo }: ItemProps) {
  const { app } = useServices()
  const showError = useShowError()
  return linksOf(message).map((url) => (
    <Item
      key={url}
      message={message}
      tile={<ExternalLink size={18} aria-hidden />}
      onOpen={() => void app.openLink(url).catch(showError)}
      onGoTo={onGoTo}
    >
      <bdi className={styles['line']} dir="ltr" title={url}>
        {url}
      </bdi>
    </Item>
  ))
}

interface ContentRowProps {
  message: Message
  tile: ReactNode
  onOpen: () => void
  /** Drags its file out of the window. Null: it has none here. */
  onDrag?: (() => void) | null
  /** Null: opening it goes to the message. */
  onGoTo: (() => void) | null
  children: ReactNode
}

function Item({ message, tile, onOpen, onDrag = null, onGoTo, children }: ContentRowProps) {
  const { t, i18n } = useTranslation()
  const time = useMoment(message)
  const file = attachmentOf(message.body)
  return (
    <li className={styles['row']}>
      <button type="button" className={styles['main']} onClick={onOpen} {...dragOut(onDrag)}>
        <span className={styles['tile']}>{tile}</span>
        <span className={styles['texts']}>
          {children}
          <span className={styles['muted']}>
            {file !== null && `${displaySize(file.size, i18n.language)} · `}
            <time>{time}</time>
          </span>
        </span>
      </button>
      {onGoTo !== null && (
        <IconButton label={t('mediaView.goTo')} onClick={onGoTo}>
          <MessageSquare size={17} aria-hidden />
        </IconButton>
      )}
    </li>
  )
}

/** When the message was sent, inside a sentence. */
function useMoment({ sentAt }: Message): string {
  const { i18n } = useTranslation()
  const now = useNow()
  const clockOffset = useAppStore((state) => state.clockOffset)
  return momentText(sentAt === null ? now : sentAt - clockOffset, { now, locale: i18n.language })
}
