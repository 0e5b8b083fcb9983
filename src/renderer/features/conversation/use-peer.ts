import { useTranslation } from 'react-i18next'
import { isPeerBlocked, peerOf } from '#shared/domain/chat.ts'
import { chatTitle } from '#shared/domain/display-text.ts'
import type { ChatId, UserId } from '#shared/domain/ids.ts'
import { useAppStore } from '../../stores/use-app-store.ts'
import { useReadableTitle } from '../../ui/phone/use-readable-title.ts'
import { nameOfChat } from '../../ui/wording.ts'

export interface Peer {
  /** The other person of a direct chat; undefined in a group. */
  id: UserId | undefined
  /** For display: the name or else the number of the person, or the title of the group. Never empty. */
  name: string
  /** Like `name`, but empty while no name is known. For the avatar. */
  title: string
  blocked: boolean
  /** The number of members of a group; null for a direct chat, and for a group that this person has left. */
  members: number | null
}

export function usePeer(chatId: ChatId, me: UserId): Peer {
  const { t } = useTranslation()
  const { kind, ...peer } = useAppStore(({ chats, people }) => {
    const chat = chats.get(chatId)
    return {
      kind: chat?.kind,
      id: chat && peerOf(chat, me),
      title: chat === undefined ? '' : chatTitle(chat, people, me),
      blocked: chat !== undefined && isPeerBlocked(chat, people, me),
      members: chat?.kind === 'group' && !chat.former ? chat.memberIds.length : null,
    }
  })
  const title = useReadableTitle(peer.title)
  return { ...peer, name: nameOfChat(t, { kind, title }) }
}
