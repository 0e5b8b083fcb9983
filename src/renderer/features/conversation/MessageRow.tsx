import Ban from 'lucide-react/icons/ban'
import type { TFunction } from 'i18next'
import { memo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { clockTime } from '#shared/domain/display-time.ts'
import { isolated } from '#shared/domain/display-text.ts'
import { mayDo, roleOf, type Group } from '#shared/domain/group.ts'
import { membersOfDirectChat, type UserId } from '#shared/domain/ids.ts'
import type { DeliveryState } from '#shared/domain/receipts.ts'
import { mentionsOf } from '#shared/messages/body.ts'
import { describeBody, type Sender } from '#shared/messages/describe-body.ts'
import type { Message } from '#shared/messages/envelope.ts'
import type { EventBody } from '#shared/messages/kinds/event.ts'
import type { MessageKind } from '#shared/messages/kinds/index.ts'
import { useAppStore } from '../../stores/use-app-store.ts'
import { avatarColour } from '../../ui/avatar.ts'
import { DeliveryIcon } from '../../ui/DeliveryIcon.tsx'
import frameStyles from './BubbleFrame.module.css'
import { BubbleFrame, Meta, Placeholder, TextButton, TextTail } from './BubbleFrame.tsx'
import { viewOf } from './kinds/index.ts'
import type { BodyProps, Frame } from './kinds/kind.ts'
import { canRetry } from './message-commands.ts'
import { PersonAvatar } from './PersonAvatar.tsx'
import type { TextNames } from './use-names.ts'
import type { RowActions } from './use-row-actions.ts'

/** What a row of one message and an album have in common. */
export interface SharedRowProps {
  /** How many members of a group have read it; null: not shown. */
  readBy: number | null
  senderName: string
  /** The names of people in the text. Must be the same object on every render. */
  names: TextNames
  /** Shows the name above the first message of a group of bubbles. */
  showsSender: boolean
  /** Must be the same object on every render. Otherwise every row renders again. */
  actions: RowActions
}

interface MessageRowProps extends SharedRowProps {
  message: Message
  /** When it was sent, by the local clock; null: the server has not set the time yet. */
  at: number | null
  own: boolean
  startsGroup: boolean
  endsGroup: boolean
  /** Null for others' messages. */
  delivery: DeliveryState | null
  expanded: boolean
  /** Shows a phrase and a button instead of the message. */
  hidden: boolean
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
    readBy,
    senderName,
    names,
    showsSender,
    expanded,
    hidden,
    actions,
  } = props
  const { t, i18n } = useTranslation()
  const time = at === null ? '' : clockTime(at, { now: at, locale: i18n.language })
  const state = delivery === null ? '' : t(`chats.delivery.${delivery}`)
  const label = own
    ? ownLabel(t, { time, state, isDeleted: message.deletedAt !== null })
    : t('conversation.messageLabel', { sender: senderName, time })
  const frame = hidden ? 'bubble' : frameOf(message)
  const namesSender = showsSender && frame !== 'pill'
  const isPending = delivery !== null && ['saving', 'sending', 'failed'].includes(delivery)
  const meta =
    frame === 'pill' && !isPending ? null : <RowMeta message={message} time={time} delivery={delivery} />
  return (
    <BubbleFrame
      id={message.id}
      label={label}
      own={own}
      startsGroup={startsGroup}
      endsGroup={endsGroup}
      frame={frame}
      header={
        namesSender && startsGroup && !hidden ? <SenderName message={message} name={senderName} /> : null
      }
      avatar={
        namesSender
          ? endsGroup && !hidden && <PersonAvatar id={message.senderId} name={senderName} size="xs" />
          : undefined
      }
      contentKey={`${message.id} ${String(message.updatedAt)} ${String(expanded)} ${String(startsGroup)} ${String(hidden)} ${label} ${namesIn(message, names)}`}
      notice={
        delivery === 'failed' ? (
          <FailedNotice message={message} nameOf={names.nameOf} actions={actions} />
        ) : message.failure === null ? null : (
          <span>{t('conversation.notDeleted')}</span>
        )
      }
      footer={
        readBy !== null && (
          <TextButton onClick={() => actions.showInfo(message)}>
            {t('conversation.readByCount', { count: readBy })}
          </TextButton>
        )
      }
    >
      {hidden ? (
        <HiddenBody onShow={() => actions.toggleExpanded(message.id)} meta={meta} />
      ) : (
        <Body
          message={message}
          sender={{ own, name: senderName, ...names }}
          expanded={expanded}
          actions={actions}
          meta={meta}
        />
      )}
    </BubbleFrame>
  )
})

interface RowMetaProps {
  message: Message
  /** Empty: the server has not set the time yet. */
  time: string
  delivery: DeliveryState | null
}

/** The time of a message, whether it was edited, and its ticks. */
export function RowMeta({ message, time, delivery }: RowMetaProps) {
  const { t } = useTranslation()
  const isDeleted = message.deletedAt !== null
  return (
    <Meta>
      {message.editedAt !== null && !isDeleted && <span>{t('conversation.edited')}</span>}
      {time !== '' && <time>{time}</time>}
      {delivery !== null && !isDeleted && (
        <DeliveryIcon state={delivery} label={t(`chats.delivery.${delivery}`)} size={15} />
      )}
    </Meta>
  )
}

/** The names that the bubble shows for its mentions. */
export function namesIn({ body }: Message, { mentionName }: TextNames): string {
  return mentionsOf(body)
    .map(({ who }) => mentionName(who))
    .join(' ')
}

function reasonOf({ chatId, failure }: Message) {
  if (failure === null) return 'conversation.failed'
  if (failure === 'invalid') return 'conversation.failedInvalid'
  if (failure === 'lost') return 'conversation.failedLost'
  const isGroup = membersOfDirectChat(chatId).length === 0
  return isGroup ? 'conversation.failedDeniedGroup' : 'conversation.failedDenied'
}

/** Why a change of a group was denied. Someone is added alone before they count as refusing (see smaller-batches.ts). */
function eventReason(t: TFunction, body: EventBody, group: Group | null, sender: EventSender): string {
  const [person, ...more] = body.event === 'added' ? body.uids : []
  if (person === undefined || more.length > 0 || group === null || !mayDo(group, 'add', sender.id))
    return t('conversation.eventFailed')
  const name = isolated(sender.nameOf(person) ?? '')
  const isBanned = group.bannedIds.includes(person) && roleOf(group, sender.id) === 'member'
  return t(isBanned ? 'conversation.addBanned' : 'conversation.addRefused', { name })
}

interface EventSender {
  id: UserId
  nameOf: Sender['nameOf']
}

interface FailedNoticeProps {
  message: Message
  nameOf: Sender['nameOf']
  actions: RowActions
}

function FailedNotice({ message, nameOf, actions }: FailedNoticeProps) {
  const { t } = useTranslation()
  const group = useAppStore(({ chats }) => chats.get(message.chatId)?.group ?? null)
  const { body, failure, senderId } = message
  const isDeniedEvent = body?.kind === 'event' && failure === 'denied'
  return (
    <>
      <span>
        {isDeniedEvent ? eventReason(t, body, group, { id: senderId, nameOf }) : t(reasonOf(message))}
      </span>
      {canRetry(message) && (
        <TextButton onClick={() => actions.retry(message)}>{t('conversation.retry')}</TextButton>
      )}
      <TextButton onClick={() => actions.discard(message)}>{t('conversation.discard')}</TextButton>
    </>
  )
}

export function ownLabel(t: TFunction, shown: { time: string; state: string; isDeleted: boolean }): string {
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

export function SenderName({ message, name }: { message: Message; name: string }) {
  const style = { color: `var(--color-sender-${String(avatarColour(message.senderId))})` }
  return (
    <p className={frameStyles['sender']} style={style} data-shrinks>
      <bdi>{name}</bdi>
    </p>
  )
}

/** Stands for a message by someone whom the reader has blocked. */
function HiddenBody({ onShow, meta }: { onShow: () => void; meta: ReactNode }) {
  const { t } = useTranslation()
  return (
    <p>
      <i>{t('message.blocked')}</i> · <TextButton onClick={onShow}>{t('conversation.show')}</TextButton>
      <TextTail meta={meta} />
    </p>
  )
}

/** A deleted or unknown message shows a phrase; any other is shown by its kind. */
function Body({ message, ...props }: Omit<BodyProps<MessageKind>, 'body'>) {
  const { t } = useTranslation()
  const { body, deletedAt } = message
  if (deletedAt !== null || body === null)
    return <Placeholder icon={Ban} text={describeBody(t, null, props.sender).text} meta={props.meta} />
  if (body.kind === 'unknown')
    return <Placeholder text={describeBody(t, body, props.sender).text} meta={props.meta} />
  const { Body: KindBody } = viewOf(body.kind)
  return <KindBody message={message} body={body} {...props} />
}
