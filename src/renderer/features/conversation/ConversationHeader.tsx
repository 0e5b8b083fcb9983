import clsx from 'clsx'
import ArrowLeft from 'lucide-react/icons/arrow-left'
import Info from 'lucide-react/icons/info'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Chat } from '#shared/domain/chat.ts'
import type { ChatId, UserId } from '#shared/domain/ids.ts'
import type { Person } from '#shared/domain/person.ts'
import { useOnlineCount } from '../../services/presence/use-online-count.ts'
import { usePresence } from '../../services/presence/use-presence.ts'
import { useTypists } from '../../services/receipts/use-typists.ts'
import { useServices } from '../../services/use-services.ts'
import { useAppStore } from '../../stores/use-app-store.ts'
import { useChatPicture } from '../../stores/use-picture.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { shortcuts } from '../../ui/shortcuts.ts'
import { useNow } from '../../ui/use-now.ts'
import { LiveRegion } from '../../ui/VisuallyHidden.tsx'
import { presenceText, typingText } from '../../ui/wording.ts'
import { ChatMenuButton } from './ChatMenuButton.tsx'
import styles from './ConversationHeader.module.css'
import type { Peer } from './use-peer.ts'

interface ConversationHeaderProps {
  chatId: ChatId
  me: UserId
  peer: Peer
}

export function ConversationHeader({ chatId, me, peer }: ConversationHeaderProps) {
  const { t } = useTranslation()
  const services = useServices()
  const detailsOpen = useAppStore((state) => state.navigation.detailsOpen)
  const connection = useConnectionText()
  const status = useStatus(chatId, me, peer)
  const picture = useChatPicture(chatId, me)
  const toggleDetails = (): void => services.app.navigate({ detailsOpen: !detailsOpen })

  return (
    <header className={styles['header']}>
      <IconButton
        className={styles['back']}
        label={t('app.back')}
        shortcut={shortcuts.back.keys}
        onClick={() => services.conversation.close()}
      >
        <ArrowLeft size={20} aria-hidden />
      </IconButton>
      <button type="button" className={styles['person']} onClick={toggleDetails}>
        <Avatar
          id={peer.id ?? chatId}
          name={peer.title}
          size="header"
          picture={picture}
          presence={status?.kind === 'online' || status?.kind === 'away' ? status.kind : undefined}
        />
        <span className={styles['texts']}>
          <h2 className={styles['name']}>
            <bdi>{peer.name}</bdi>
          </h2>
          {connection === null ? (
            status !== null && (
              <span className={clsx(styles['status'], status.kind === 'typing' && styles['typing'])}>
                {status.text}
              </span>
            )
          ) : (
            <span className={styles['status']}>{connection}</span>
          )}
        </span>
      </button>
      <IconButton
        label={t('conversation.details')}
        shortcut={shortcuts.details.keys}
        aria-pressed={detailsOpen}
        onClick={toggleDetails}
      >
        <Info size={20} aria-hidden />
      </IconButton>
      <ChatMenuButton chatId={chatId} me={me} peer={peer} />
      <div className={styles['announcement']}>
        <LiveRegion>{connection}</LiveRegion>
      </div>
    </header>
  )
}

const CONNECTING_SHOWN_AFTER_MS = 1000

/** Returns the state of the connection in words, or null while the server can be reached. Short reconnections are not shown. */
function useConnectionText(): string | null {
  const { t } = useTranslation()
  const connection = useAppStore((state) => state.connection)
  const [isLong, setLong] = useState(false)
  useEffect(() => {
    if (connection !== 'connecting') return undefined
    const timer = setTimeout(() => setLong(true), CONNECTING_SHOWN_AFTER_MS)
    return () => {
      clearTimeout(timer)
      setLong(false)
    }
  }, [connection])
  if (connection === 'offline') return t('conversation.waitingForNetwork')
  return connection === 'connecting' && isLong ? t('chats.connecting') : null
}

/** In a larger group the members who are online are not counted, because following everyone would cost too many reads. */
const COUNTED_MEMBERS = 64
const nobody: readonly UserId[] = []

/** The other members whom the header counts. The presence of people whom the reader has blocked is not shown. */
function countedMembers(
  chat: Chat | undefined,
  people: ReadonlyMap<UserId, Person>,
  me: UserId,
): readonly UserId[] {
  if (chat?.kind !== 'group' || chat.former || chat.memberIds.length > COUNTED_MEMBERS) return nobody
  return chat.memberIds.filter((id) => id !== me && people.get(id)?.blocked !== true)
}

interface Status {
  kind: 'typing' | 'online' | 'away' | 'lastSeen' | 'members'
  text: string
}

/** Returns what the header shows about the other person or the group, or null when the person is blocked or their presence hidden. */
function useStatus(chatId: ChatId, me: UserId, peer: Peer): Status | null {
  const { t, i18n } = useTranslation()
  const services = useServices()
  const clockOffset = useAppStore((state) => state.clockOffset)
  const typists = useTypists(chatId, me)
  const localNow = useNow(...typists.map(({ until }) => until))
  const typing = typingText(t, peer.id === undefined ? 'group' : 'direct', typists, localNow)
  const view = usePresence(peer.id, localNow)
  const others = useAppStore(({ chats, people }) => countedMembers(chats.get(chatId), people, me))
  const online = useOnlineCount(others, localNow)

  useEffect(() => {
    if (peer.id !== undefined) void services.people.refresh(peer.id)
  }, [services, peer.id])

  if (typing !== null) return { kind: 'typing', text: typing }
  if (peer.members !== null) {
    const members = t('conversation.members', { count: peer.members })
    // The reader is online too.
    const text = online === 0 ? members : t('conversation.membersOnline', { members, count: online + 1 })
    return { kind: 'members', text }
  }
  if (peer.blocked) return null
  if (view.kind === 'hidden') return null
  return { kind: view.kind, text: presenceText(i18n, view, { now: localNow, clockOffset }) }
}
