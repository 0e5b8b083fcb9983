import { type ComponentType, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Content } from '#shared/bridge/replica.ts'
import type { ChatId, UserId } from '#shared/domain/ids.ts'
import type { Message } from '#shared/messages/envelope.ts'
import { useServices } from '../../services/use-services.ts'
import { useAppStore } from '../../stores/use-app-store.ts'
import { Button } from '../../ui/Button.tsx'
import { useInView } from '../../ui/use-in-view.ts'
import { useNow } from '../../ui/use-now.ts'
import { withoutCover } from './cover.ts'
import { FileItem, LinkItem, PhotoItem, VoiceItem } from './ContentItem.tsx'
import { byMonth } from './months.ts'
import styles from './MediaPane.module.css'
import { useContents } from './use-contents.ts'

export interface ItemProps {
  message: Message
  me: UserId
  /** Shows the message in the conversation. */
  onGoTo: () => void
}

const items: Readonly<Record<Content, ComponentType<ItemProps>>> = {
  media: PhotoItem,
  files: FileItem,
  voice: VoiceItem,
  links: LinkItem,
}

interface ContentListProps {
  chatId: ChatId
  me: UserId
  of: Content
}

/** One part of a chat's media, by month. Scrolling to its end loads older ones. */
export function ContentList({ chatId, me, of }: ContentListProps) {
  const { t, i18n } = useTranslation()
  const { app } = useServices()
  const now = useNow()
  const clockOffset = useAppStore((state) => state.clockOffset)
  const isComplete = useAppStore(({ chats }) => chats.get(chatId)?.historyComplete ?? true)
  const { messages, total, status, loadMore } = useContents(chatId, of)
  const Item = items[of]
  const hasMore = status === 'ready' && messages.length < total
  return (
    <>
      {byMonth(messages, { now, clockOffset, locale: i18n.language }).map((month) => (
        <section key={month.key} className={styles['month']} aria-labelledby={`month-${month.key}`}>
          <h3 id={`month-${month.key}`} className={styles['monthTitle']}>
            {month.title}
          </h3>
          <ul className={styles[of === 'media' ? 'grid' : 'list']}>
            {month.messages.map((message) => (
              <Item
                key={message.id}
                message={message}
                me={me}
                onGoTo={() => app.navigate({ wanted: message.id, ...withoutCover() })}
              />
            ))}
          </ul>
        </section>
      ))}
      {status === 'failed' && (
        <div className={styles['note']} role="alert">
          {t('mediaView.loadFailed')}
          <Button onClick={loadMore}>{t('mediaView.retry')}</Button>
        </div>
      )}
      {status === 'ready' && total === 0 && <p className={styles['note']}>{t(`mediaView.none.${of}`)}</p>}
      {status === 'ready' && !hasMore && !isComplete && (
        <p className={styles['note']}>{t('mediaView.onlyHere')}</p>
      )}
      {hasMore && <LoadMore key={messages.length} onSeen={loadMore} />}
    </>
  )
}

/** The end of what is loaded. */
function LoadMore({ onSeen }: { onSeen: () => void }) {
  const end = useRef<HTMLDivElement>(null)
  const inView = useInView(end)
  useEffect(() => {
    if (inView) onSeen()
  }, [inView, onSeen])
  return <div ref={end} className={styles['end']} />
}
