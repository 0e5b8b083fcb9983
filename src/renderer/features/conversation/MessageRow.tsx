import clsx from 'clsx'
import { memo, type ReactNode, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { displayText } from '#shared/domain/display-text.ts'
import { clockTime } from '#shared/domain/display-time.ts'
import type { MessageId } from '#shared/domain/ids.ts'
import { type Message, TEXT_LIMIT } from '#shared/domain/message.ts'
import type { DeliveryState } from '#shared/domain/receipts.ts'
import { isFewEmoji, parseRichText } from '#shared/domain/rich-text.ts'
import { DeliveryIcon } from '../../ui/DeliveryIcon.tsx'
import styles from './MessageRow.module.css'
import { isLong, startsRightToLeft } from './message-text.ts'
import { RichText } from './RichText.tsx'
import type { RowActions } from './use-row-actions.ts'

interface MessageRowProps {
  message: Message
  /** When it was sent, by the local clock; null: the server has not said. */
  at: number | null
  own: boolean
  startsGroup: boolean
  endsGroup: boolean
  /** Null for others' messages. */
  delivery: DeliveryState | null
  senderName: string
  expanded: boolean
  /** The same object on every render, or every row renders again. */
  actions: RowActions
}

/** One bubble. Labelled for screen readers with who, when, and how far it has come. */
export const MessageRow = memo(function MessageRow(props: MessageRowProps) {
  const { message, at, own, startsGroup, endsGroup, delivery, senderName, actions } = props
  const { t, i18n } = useTranslation()
  const time = at === null ? '' : clockTime(at, { now: at, locale: i18n.language })
  const state = delivery === null ? '' : t(`chats.delivery.${delivery}`)
  const label = own
    ? time === ''
      ? t('conversation.ownMessageLabelUntimed', { state })
      : t('conversation.ownMessageLabel', { time, state })
    : t('conversation.messageLabel', { sender: senderName, time })
  const meta = (
    <span className={styles['meta']}>
      {time !== '' && <time>{time}</time>}
      {delivery !== null && <DeliveryIcon state={delivery} label={state} size={15} />}
    </span>
  )

  return (
    <article
      className={clsx(styles['row'], own ? styles['own'] : styles['other'], endsGroup && styles['endsGroup'])}
      aria-label={label}
      tabIndex={-1}
      data-message-id={message.id}
    >
      <div className={clsx(styles['bubble'], startsGroup && styles['first'])}>
        <Body {...props} meta={meta} />
      </div>
      {delivery === 'failed' && (
        <p className={styles['failed']}>
          <span>{failureText(message, t)}</span>
          <button type="button" className={styles['textButton']} onClick={() => actions.retry(message)}>
            {t('conversation.retry')}
          </button>
          <button type="button" className={styles['textButton']} onClick={() => actions.discard(message)}>
            {t('conversation.discard')}
          </button>
        </p>
      )}
    </article>
  )
})

function failureText(message: Message, t: ReturnType<typeof useTranslation>['t']): string {
  if (message.failure === 'denied') return t('conversation.failedDenied')
  return t(message.failure === 'invalid' ? 'conversation.failedInvalid' : 'conversation.failed')
}

function Body({ message, own, expanded, actions, meta }: MessageRowProps & { meta: ReactNode }) {
  const { t } = useTranslation()
  if (message.deletedAt !== null || message.body === null) {
    return <Placeholder text={t(own ? 'chats.deletedByYou' : 'chats.deleted')} meta={meta} />
  }
  if (message.body.kind === 'unknown') return <Placeholder text={t('chats.unknownKind')} meta={meta} />
  return (
    <TextBody id={message.id} text={message.body.text} expanded={expanded} actions={actions} meta={meta} />
  )
}

function Placeholder({ text, meta }: { text: string; meta: ReactNode }) {
  return (
    <p className={styles['placeholder']}>
      {text}
      <Tail meta={meta} />
    </p>
  )
}

/** Keeps room in the last line for time and ticks, which stand in the bubble's corner. */
function Tail({ meta }: { meta: ReactNode }) {
  return (
    <>
      <span className={styles['room']} aria-hidden inert>
        {meta}
      </span>
      <span className={styles['corner']}>{meta}</span>
    </>
  )
}

interface TextBodyProps {
  id: MessageId
  text: string
  expanded: boolean
  actions: RowActions
  meta: ReactNode
}

function TextBody({ id, text, expanded, actions, meta }: TextBodyProps) {
  const { t } = useTranslation()
  const { blocks, large, long, rightToLeft } = useMemo(() => {
    const shown = displayText(text, TEXT_LIMIT)
    return {
      blocks: parseRichText(shown),
      large: isFewEmoji(shown),
      long: isLong(shown),
      rightToLeft: startsRightToLeft(shown),
    }
  }, [text])
  // Right-to-left text ends on the side where the corner is not, and a folded one has no end in view.
  const cornerBelow = rightToLeft || long || large
  return (
    <>
      <div className={clsx(styles['text'], large && styles['large'], long && !expanded && styles['folded'])}>
        <RichText
          blocks={blocks}
          onLink={actions.openLink}
          tail={cornerBelow ? null : <Tail meta={meta} />}
        />
      </div>
      {cornerBelow && (
        <div className={styles['below']}>
          {long && (
            <button
              type="button"
              className={styles['textButton']}
              aria-expanded={expanded}
              onClick={() => actions.toggleExpanded(id)}
            >
              {t(expanded ? 'conversation.showLess' : 'conversation.showMore')}
            </button>
          )}
          {meta}
        </div>
      )}
    </>
  )
}
