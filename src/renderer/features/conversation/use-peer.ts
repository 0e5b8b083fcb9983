import { useTranslation } from 'react-i18next'
import { type Chat, isPeerBlocked, peerOf } from '#shared/domain/chat.ts'
import { chatTitle } from '#shared/domain/display-text.ts'
import type { UserId } from '#shared/domain/ids.ts'
import { useAppStore } from '../../stores/use-app-store.ts'

export interface Peer {
  /** The other person of a direct chat; undefined in a group. */
  id: UserId | undefined
  /** Fit to be shown: the person's name, else number; in a group its title. Never empty. */
  name: string
  /** The name, or nothing where there is none: what an avatar takes. */
  title: string
  blocked: boolean
}

export function usePeer(chat: Chat | undefined, me: UserId): Peer {
  const { t } = useTranslation()
  const id = chat === undefined ? undefined : peerOf(chat, me)
  const title = useAppStore((state) => (chat === undefined ? '' : chatTitle(chat, state.people, me)))
  const blocked = useAppStore((state) => chat !== undefined && isPeerBlocked(chat, state.people, me))
  const name = title || t(chat?.kind === 'group' ? 'chats.group' : 'app.unknownPerson')
  return { id, name, title, blocked }
}
