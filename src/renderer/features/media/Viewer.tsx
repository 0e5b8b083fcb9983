import { Dialog } from '@base-ui/react/dialog'
import ChevronLeft from 'lucide-react/icons/chevron-left'
import ChevronRight from 'lucide-react/icons/chevron-right'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { momentText } from '#shared/domain/display-time.ts'
import type { UserId } from '#shared/domain/ids.ts'
import type { Message } from '#shared/messages/envelope.ts'
import { keyOf } from '../../stores/messages.ts'
import type { MessageRef } from '../../stores/app-store.ts'
import { useAppStore } from '../../stores/use-app-store.ts'
import { useServices } from '../../services/use-services.ts'
import { Button } from '../../ui/Button.tsx'
import { useNow } from '../../ui/use-now.ts'
import { LiveRegion } from '../../ui/VisuallyHidden.tsx'
import { withoutCover } from './cover.ts'
import { Filmstrip } from './Filmstrip.tsx'
import { pictureOf } from './picture-body.ts'
import { PhotoStage, type StageHandle } from './PhotoStage.tsx'
import { useContents, type Contents } from './use-contents.ts'
import { useSenderName } from './use-sender-name.ts'
import { VideoStage } from './VideoStage.tsx'
import { ViewerBar } from './ViewerBar.tsx'
import { ViewerCaption } from './ViewerCaption.tsx'
import styles from './Viewer.module.css'

/** Older ones are loaded when fewer than this many are left. */
const LOAD_AHEAD = 20

interface ViewerProps {
  me: UserId
  viewed: MessageRef
}

/** A photo or video over the whole window, and the others of its chat. */
export function Viewer({ me, viewed }: ViewerProps) {
  const { t } = useTranslation()
  const { app, chats } = useServices()
  const popup = useRef<HTMLDivElement>(null)
  const stage = useRef<StageHandle>(null)
  /** The list takes the focus itself when the person goes to the message. */
  const leaves = useRef(false)
  const { message, index, contents, show } = useViewed(viewed)
  const labelOf = useLabels(me)
  const body = message === undefined ? null : pictureOf(message)
  const close = (): void => app.navigate({ viewed: null })
  const currentId = message?.id
  useEffect(
    () =>
      chats.onDeleted(viewed.chatId, (ids) => {
        if (currentId !== undefined && ids.has(currentId)) app.navigate({ viewed: null })
      }),
    [app, chats, viewed.chatId, currentId],
  )
  const step = (by: 1 | -1): void => show(index + by)

  const keys: Readonly<Record<string, () => void>> = {
    ArrowLeft: () => step(isRightToLeft(popup.current) ? -1 : 1),
    ArrowRight: () => step(isRightToLeft(popup.current) ? 1 : -1),
    '+': () => stage.current?.zoomIn(),
    '=': () => stage.current?.zoomIn(),
    '-': () => stage.current?.zoomOut(),
    '0': () => stage.current?.reset(),
    r: () => stage.current?.rotate(),
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    // The keys of a video move in the video.
    if (event.target instanceof HTMLVideoElement || event.ctrlKey || event.metaKey || event.altKey) return
    const command = keys[event.key]
    if (command === undefined) return
    event.preventDefault()
    command()
  }
  const number = contents.total - index
  return (
    <Dialog.Root open onOpenChange={(open) => !open && close()}>
      <Dialog.Portal>
        <Dialog.Popup
          ref={popup}
          initialFocus={popup}
          finalFocus={() => !leaves.current}
          className={styles['viewer']}
          onKeyDown={onKeyDown}
        >
          <Dialog.Title className={styles['title']}>{t('mediaView.viewer')}</Dialog.Title>
          {message !== undefined && (
            <ViewerBar
              me={me}
              message={message}
              position={index === -1 ? null : { number, total: contents.total }}
              stage={stage}
              onGoTo={() => {
                leaves.current = true
                app.navigate({ viewed: null, wanted: message.id, ...withoutCover() })
              }}
              onClose={close}
            />
          )}
          {message !== undefined && body?.kind === 'photo' && (
            <PhotoStage key={message.id} ref={stage} message={message} body={body} label={labelOf(message)} />
          )}
          {message !== undefined && body?.kind === 'video' && (
            <VideoStage key={message.id} message={message} body={body} label={labelOf(message)} />
          )}
          {body === null && <Missing message={message} contents={contents} />}
          {contents.messages[index + 1] !== undefined && (
            <button
              type="button"
              className={styles['previous']}
              aria-label={t('mediaView.previous')}
              onClick={() => step(1)}
            >
              <ChevronLeft size={28} aria-hidden />
            </button>
          )}
          {contents.messages[index - 1] !== undefined && (
            <button
              type="button"
              className={styles['next']}
              aria-label={t('mediaView.next')}
              onClick={() => step(-1)}
            >
              <ChevronRight size={28} aria-hidden />
            </button>
          )}
          {message !== undefined && body?.text !== undefined && <ViewerCaption me={me} message={message} />}
          {index !== -1 && contents.total > 1 && (
            <Filmstrip messages={contents.messages} current={index} labelOf={labelOf} onPick={show} />
          )}
          <LiveRegion>
            {message === undefined || index === -1
              ? ''
              : `${labelOf(message)}. ${t('mediaView.position', { number, total: contents.total })}`}
          </LiveRegion>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

/** The older ones are at the side where a line starts. */
function isRightToLeft(element: Element | null): boolean {
  return element !== null && getComputedStyle(element).direction === 'rtl'
}

/** Instead of a picture: the message was deleted meanwhile, or what is stored cannot be read. */
function Missing({ message, contents }: { message: Message | undefined; contents: Contents }) {
  const { t } = useTranslation()
  const failed = contents.status === 'failed'
  return (
    <div className={styles['stage']} data-whole>
      {(message !== undefined || failed) && (
        <div className={styles['notice']} role="alert">
          {t(message === undefined ? 'mediaView.loadFailed' : 'message.deleted')}
          {failed && <Button onClick={contents.loadMore}>{t('mediaView.retry')}</Button>}
        </div>
      )}
    </div>
  )
}

interface Viewed {
  /** Undefined: not known yet. */
  message: Message | undefined
  /** Its place in `contents`; -1: not known yet. */
  index: number
  contents: Contents
  show: (index: number) => void
}

/** The current photo or video. The first one is shown at once, before the others are known. */
function useViewed({ chatId, id: firstId }: MessageRef): Viewed {
  const [id, setId] = useState(firstId)
  const shown = useAppStore(({ messages }) => messages.get(keyOf({ chatId, id })))
  const contents = useContents(chatId, 'media')
  const { messages, status, total, loadMore } = contents
  const index = messages.findIndex((message) => message.id === id)
  const isShort = index === -1 || index > messages.length - LOAD_AHEAD
  const wantsMore = status === 'ready' && messages.length < total && isShort
  useEffect(() => {
    if (wantsMore) loadMore()
  }, [wantsMore, loadMore])
  return {
    message: shown ?? messages[index],
    index,
    contents,
    show(next) {
      const message = messages[next]
      if (message !== undefined) setId(message.id)
    },
  }
}

/** What a photo or video is called for screen readers. */
function useLabels(me: UserId): (message: Message) => string {
  const { t, i18n } = useTranslation()
  const now = useNow()
  const nameOf = useSenderName(me)
  return (message) => {
    const name = nameOf(message.senderId)
    const time = momentText(message.sentAt ?? now, { now, locale: i18n.language })
    return t(message.body?.kind === 'video' ? 'mediaView.videoOf' : 'mediaView.photoOf', { name, time })
  }
}
