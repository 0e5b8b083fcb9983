import Download from 'lucide-react/icons/download'
import Pause from 'lucide-react/icons/pause'
import Play from 'lucide-react/icons/play'
import RotateCw from 'lucide-react/icons/rotate-cw'
import Upload from 'lucide-react/icons/upload'
import X from 'lucide-react/icons/x'
import { useEffect, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { displayDuration } from '#shared/domain/display-duration.ts'
import { displayPart, displaySize } from '#shared/domain/display-size.ts'
import type { ChatId, UserId } from '#shared/domain/ids.ts'
import { FILE_KINDS } from '#shared/domain/storage.ts'
import type { ObjectId } from '#shared/messages/attachment.ts'
import type { Message } from '#shared/messages/envelope.ts'
import type { MediaService } from '../../services/services.ts'
import { useServices } from '../../services/use-services.ts'
import { isFinal, type ListedTransfer, type Transfer } from '../../stores/transfers.ts'
import { useAppStore } from '../../stores/use-app-store.ts'
import { useChatTitle } from '../../stores/use-chat-title.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { FileName } from '../../ui/media/FileName.tsx'
import { useShowError } from '../../ui/use-show-error.ts'
import { useReadableTitle } from '../../ui/phone/use-readable-title.ts'
import { nameOfChat } from '../../ui/wording.ts'
import styles from './Transfers.module.css'
import { useRate } from './use-rate.ts'

interface TransferRowProps {
  object: ObjectId
  onGoTo: () => void
}

/** One file of the list: what it is, how far it is, and what can be done. */
export function TransferRow({ object, onGoTo }: TransferRowProps) {
  const listed = useAppStore((state) => state.listed.get(object))
  const transfer = useAppStore((state) => state.transfers.get(object))
  if (listed === undefined || transfer === undefined) return null
  return <Row listed={listed} transfer={transfer} onGoTo={onGoTo} />
}

interface RowProps {
  listed: ListedTransfer
  transfer: Transfer
  onGoTo: () => void
}

function Row({ listed, transfer, onGoTo }: RowProps) {
  const { app, conversation } = useServices()
  const showError = useShowError()
  const message = useMessage(listed)
  const id = useId()
  const { chatId, direction, file } = listed
  const goTo = (): void => {
    conversation
      .open(chatId)
      .then(() => message !== null && app.navigate({ pane: 'chats', wanted: message.id }))
      .catch(showError)
    onGoTo()
  }
  const share = transfer.state === 'failed' ? 0 : transfer.done / file.size
  return (
    <li className={styles['row']}>
      <button type="button" className={styles['main']} onClick={goTo}>
        <span className={styles['tile']} aria-hidden>
          {direction === 'up' ? <Upload size={18} /> : <Download size={18} />}
        </span>
        <span className={styles['texts']}>
          <span id={id} className={styles['name']}>
            <Subject message={message} listed={listed} />
          </span>
          {transfer.state !== 'failed' && (
            <span className={styles['bar']} aria-hidden>
              <span className={styles['done']} style={{ inlineSize: `${String(share * 100)}%` }} />
            </span>
          )}
          <span className={styles[transfer.state === 'failed' ? 'problem' : 'detail']}>
            <Detail transfer={transfer} />
          </span>
        </span>
      </button>
      <Controls listed={listed} transfer={transfer} message={message} describedBy={id} />
    </li>
  )
}

/** What the file is, and in which chat. */
function Subject({ message, listed }: { message: Message | null; listed: ListedTransfer }) {
  const { t } = useTranslation()
  const me = useAppStore(({ session }) => ('me' in session ? session.me : null))
  const body = message?.body ?? null
  const kind = t(`message.${FILE_KINDS.find((known) => known === body?.kind) ?? 'file'}`)
  return (
    <>
      {body?.kind === 'file' ? <FileName name={body.name} fallback={kind} /> : kind}
      {me !== null && (
        <>
          {' · '}
          <ChatName chatId={listed.chatId} me={me} />
        </>
      )}
    </>
  )
}

function ChatName({ chatId, me }: { chatId: ChatId; me: UserId }) {
  const { t } = useTranslation()
  const { kind, title } = useChatTitle(chatId, me)
  return <bdi className={styles['chat']}>{nameOfChat(t, { kind, title: useReadableTitle(title) })}</bdi>
}

function Detail({ transfer }: { transfer: Transfer }) {
  const { t } = useTranslation()
  const isOnline = useAppStore(({ connection }) => connection === 'online' || connection === 'slow')
  switch (transfer.state) {
    case 'failed':
      return t(`mediaView.failure.${transfer.failure}`)
    case 'paused':
      return t('mediaView.paused')
    case 'waiting':
      return isOnline ? t('mediaView.waiting') : t('transfers.waitingForNetwork')
    case 'running':
      return isOnline ? <Pace {...transfer} /> : t('transfers.waitingForNetwork')
  }
}

/** How fast it is and how long it takes; how much is done until that is known. */
function Pace({ done, size }: { done: number; size: number }) {
  const { t, i18n } = useTranslation()
  const rate = useRate(done)
  const sizeOf = (bytes: number): string => displaySize(bytes, i18n.language)
  if (rate === null)
    return t('mediaView.progress', { done: displayPart(done, size, i18n.language), size: sizeOf(size) })
  const time = displayDuration(((size - done) / rate) * 1000, i18n.language)
  return t('transfers.rateAndTime', { speed: sizeOf(rate), time })
}

interface ControlsProps {
  listed: ListedTransfer
  transfer: Transfer
  message: Message | null
  /** The id of what names the file. */
  describedBy: string
}

function Controls({ listed, transfer, message, describedBy }: ControlsProps) {
  const { t } = useTranslation()
  const services = useServices()
  const showError = useShowError()
  const { direction, chatId, file } = listed
  const withMedia = (run: (media: MediaService) => unknown) => (): void => {
    services.media().then(run).catch(showError)
  }
  const cancelUpload = (): void => {
    if (message !== null) void services.conversation.discard(message.id).catch(showError)
  }
  const described = { 'aria-describedby': describedBy }
  const { state } = transfer
  return (
    <>
      {state === 'failed' && !isFinal(transfer.failure) && (
        <IconButton
          {...described}
          label={t('mediaView.retry')}
          onClick={withMedia((media) => media.download({ chatId }, { ...file, enc: null }, { asked: true }))}
        >
          <RotateCw size={18} aria-hidden />
        </IconButton>
      )}
      {(state === 'running' || state === 'waiting') && (
        <IconButton
          {...described}
          label={t('mediaView.pause')}
          onClick={withMedia((media) => media.pause(file.object))}
        >
          <Pause size={18} aria-hidden />
        </IconButton>
      )}
      {state === 'paused' && (
        <IconButton
          {...described}
          label={t('mediaView.resume')}
          onClick={withMedia((media) => media.resume(file.object))}
        >
          <Play size={18} aria-hidden />
        </IconButton>
      )}
      {direction === 'up' ? (
        <IconButton {...described} label={t('mediaView.cancelUpload')} onClick={cancelUpload}>
          <X size={18} aria-hidden />
        </IconButton>
      ) : (
        <IconButton
          {...described}
          label={t(state === 'failed' ? 'transfers.remove' : 'mediaView.cancelDownload')}
          onClick={withMedia((media) => media.cancelDownload(file.object))}
        >
          <X size={18} aria-hidden />
        </IconButton>
      )}
    </>
  )
}

/** The message of the file; null: not known yet. */
function useMessage({ chatId, file: { sha256 } }: ListedTransfer): Message | null {
  const { storage, app } = useServices()
  const [message, setMessage] = useState<Message | null>(null)
  useEffect(() => {
    let isCurrent = true
    storage()
      .then((service) => service.messageOf(chatId, sha256))
      .then(
        (found) => isCurrent && setMessage(found),
        (error: unknown) => app.report('storage.messageOf', error),
      )
    return () => {
      isCurrent = false
    }
  }, [storage, app, chatId, sha256])
  return message
}
