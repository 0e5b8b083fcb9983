import Ban from 'lucide-react/icons/ban'
import type { TFunction } from 'i18next'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { clockTime } from '#shared/domain/display-time.ts'
import { membersOfDirectChat } from '#shared/domain/ids.ts'
import type { DeliveryState } from '#shared/domain/receipts.ts'
import { mentionsOf } from '#shared/messages/body.ts'
import { describeBody } from '#shared/messages/describe-body.ts'
import type { Message } from '#shared/messages/envelope.ts'
import type { MessageKind } from '#shared/messages/kinds/index.ts'
import { avatarColour } from '../../ui/avatar.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { DeliveryIcon } from '../../ui/DeliveryIcon.tsx'
import frameStyles from './BubbleFrame.module.css'
import { BubbleFrame, Meta, Placeholder, TextButton } from './BubbleFrame.tsx'
import { viewOf } from './kinds/index.ts'
import type { BodyProps, Frame } from './kinds/kind.ts'
import { canRetry } from './message-commands.ts'
import type { TextNames } from './use-names.ts'
import type { RowActions } from './use-row-actions.ts'

interface MessageRowProps {
  message: Message
  /** When it was sent, by the local clock; null: the server has not set the time yet. */
  at: number | null
  own: boolean
  startsGroup: boolean
  endsGroup: boolean
  /** Null for others' messages. */
  delivery: DeliveryState | null
  senderName: string
  /** The names of people in the text. Must be the same object on every render. */
  names: TextNames
  /** Shows the name above the first message of a group of bubbles. */
  showsSender: boolean
  expanded: boolean
  /** Must be the same object on every render. Otherwise every row renders again. */
  actions: RowActions
}

/** One message of the list. */
export const MessageRow = memo(function MessageRow(props: MessageRowProps) {
  const {
    message,
    at,
    own,
    startsGroup,
    endsGroup,
    delivery,
    senderName,
    names,
    showsSender,
    expanded,
    actions,
  } = props
  const { t, i18n } = useTranslation()
  const time = at === null ? '' : clockTime(at, { now: at, locale: i18n.language })
  const state = delivery === null ? '' : t(`chats.delivery.${delivery}`)
  const label = own
    ? ownLabel(t, { time, state, isDeleted: message.deletedAt !== null })
    : t('conversation.messageLabel', { sender: senderName, time })
  const frame = frameOf(message)
  const namesSender = showsSender && frame !== 'pill'
  const isPending = delivery !== null && ['saving', 'sending', 'failed'].includes(delivery)
  const meta =
    frame === 'pill' && !isPending ? null : (
      <Meta>
        {message.editedAt !== null && message.deletedAt === null && <span>{t('conversation.edited')}</span>}
        {time !== '' && <time>{time}</time>}
        {delivery !== null && message.deletedAt === null && (
          <DeliveryIcon state={delivery} label={state} size={15} />
        )}
      </Meta>
    )
  return (
    <BubbleFrame
      id={message.id}
      label={label}
      own={own}
      startsGroup={startsGroup}
      endsGroup={endsGroup}
      frame={frame}
      header={namesSender && startsGroup ? <SenderName message={message} name={senderName} /> : null}
      avatar={
        namesSender ? endsGroup && <Avatar id={message.senderId} name={senderName} size="xs" /> : undefined
      }
      contentKey={`${message.id} ${String(message.updatedAt)} ${String(expanded)} ${String(startsGroup)} ${label} ${namesIn(message, names)}`}
      notice={delivery === 'failed' ? <FailedNotice message={message} actions={actions} /> : null}
    >
      <Body
        message={message}
        sender={{ own, name: senderName, ...names }}
        expanded={expanded}
        actions={actions}
        meta={meta}
      />
    </BubbleFrame>
  )
})

/** The names that the bubble shows for its mentions. */
function namesIn({ body }: Message, { mentionName }: TextNames): string {
  return mentionsOf(body)
    .map(({ who }) => mentionName(who))
    .join(' ')
}

function reasonOf({ chatId, body, failure }: Message) {
  if (failure === null) return 'conversation.failed'
  if (body?.kind === 'event') return 'conversation.eventFailed'
  if (failure === 'invalid') return 'conversation.failedInvalid'
  const isGroup = membersOfDirectChat(chatId).length === 0
  return isGroup ? 'conversation.failedDeniedGroup' : 'conversation.failedDenied'
}

function FailedNotice({ message, actions }: { message: Message; actions: RowActions }) {
  const { t } = useTranslation()
  return (
    <>
      <span>{t(reasonOf(message))}</span>
      {canRetry(message) && (
        <TextButton onClick={() => actions.retry(message)}>{t('conversation.retry')}</TextButton>
      )}
      <TextButton onClick={() => actions.discard(message)}>{t('conversation.discard')}</TextButton>
    </>
  )
}

function ownLabel(t: TFunction, shown: { time: string; state: string; isDeleted: boolean }): string {
  const { time, state, isDeleted } = shown
  if (time === '') return t('conversation.ownMessageLabelUntimed', { state })
  return isDeleted
    ? t('conversation.ownDeletedLabel', { time })
    : t('conversation.ownMessageLabel', { time, state })
}

function frameOf({ body, deletedAt }: Message): Frame {
  if (deletedAt !== null || body === null || body.kind === 'unknown') return 'bubble'
  return viewOf(body.kind).frame(body)
}

function SenderName({ message, name }: { message: Message; name: string }) {
  const style = { color: `var(--color-sender-${String(avatarColour(message.senderId))})` }
  return (
    <p className={frameStyles['sender']} style={style} data-shrinks>
      <bdi>{name}</bdi>
    </p>
  )
}

/** A deleted or unknown message shows a phrase; any other is shown by its kind. */
function Body({ message, ...props }: Omit<BodyProps<MessageKind>, 'body' | 'id'> & { message: Message }) {
  const { t } = useTranslation()
  const { id, body, deletedAt } = message
  if (deletedAt !== null || body === null)
    return <Placeholder icon={Ban} text={describeBody(t, null, props.sender).text} meta={props.meta} />
  if (body.kind === 'unknown')
    return <Placeholder text={describeBody(t, body, props.sender).text} meta={props.meta} />
  const { Body: KindBody } = viewOf(body.kind)
  return <KindBody id={id} body={body} {...props} />
}
