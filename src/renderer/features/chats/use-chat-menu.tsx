import Archive from 'lucide-react/icons/archive'
import ArchiveRestore from 'lucide-react/icons/archive-restore'
import Bell from 'lucide-react/icons/bell'
import BellOff from 'lucide-react/icons/bell-off'
import MailOpen from 'lucide-react/icons/mail-open'
import Mail from 'lucide-react/icons/mail'
import Pin from 'lucide-react/icons/pin'
import PinOff from 'lucide-react/icons/pin-off'
import { useTranslation } from 'react-i18next'
import { isMuted, MUTED_FOREVER } from '#shared/domain/chat.ts'
import type { ChatId, UserId } from '#shared/domain/ids.ts'
import { useServices } from '../../services/use-services.ts'
import { useAppStore } from '../../stores/use-app-store.ts'
import type { MenuEntry } from '../../ui/ContextMenu.tsx'
import { useNow } from '../../ui/use-now.ts'
import { useShowError } from '../../ui/use-show-error.ts'
import { isUnread } from './chat-list.ts'

const HOUR_MS = 3_600_000
const ICON = 16

/** Returns the context menu of a chat in the list. Empty without a chat. */
export function useChatMenu(chatId: ChatId | null, me: UserId): readonly MenuEntry[] {
  const { t } = useTranslation()
  const { chats: service } = useServices()
  const showError = useShowError()
  const chat = useAppStore((state) => (chatId === null ? undefined : state.chats.get(chatId)))
  const now = useNow(chat?.state.mutedUntil ?? null)
  if (chat === undefined) return []

  const { pinned, archived } = chat.state
  const set = (patch: Parameters<typeof service.setState>[1]) => (): void =>
    void service.setState(chat.id, patch).catch(showError)
  const muteFor = (ms: number) => (): void => set({ mutedUntil: Date.now() + ms })()

  return [
    {
      kind: 'item',
      label: t(pinned ? 'chats.unpin' : 'chats.pin'),
      icon: pinned ? <PinOff size={ICON} /> : <Pin size={ICON} />,
      onSelect: set({ pinned: !pinned }),
    },
    isMuted(chat, now)
      ? {
          kind: 'item',
          label: t('chats.unmute'),
          icon: <Bell size={ICON} />,
          onSelect: set({ mutedUntil: null }),
        }
      : {
          kind: 'submenu',
          label: t('chats.mute'),
          icon: <BellOff size={ICON} />,
          entries: [
            { kind: 'item', label: t('chats.muteHour'), onSelect: muteFor(HOUR_MS) },
            { kind: 'item', label: t('chats.muteEightHours'), onSelect: muteFor(8 * HOUR_MS) },
            { kind: 'item', label: t('chats.muteWeek'), onSelect: muteFor(7 * 24 * HOUR_MS) },
            { kind: 'item', label: t('chats.muteAlways'), onSelect: set({ mutedUntil: MUTED_FOREVER }) },
          ],
        },
    isUnread(chat, me)
      ? {
          kind: 'item',
          label: t('chats.markRead'),
          icon: <MailOpen size={ICON} />,
          onSelect: () => void service.markRead(chat.id).catch(showError),
        }
      : {
          kind: 'item',
          label: t('chats.markUnread'),
          icon: <Mail size={ICON} />,
          onSelect: set({ markedUnread: true }),
        },
    { kind: 'separator' },
    {
      kind: 'item',
      label: t(archived ? 'chats.unarchive' : 'chats.archive'),
      icon: archived ? <ArchiveRestore size={ICON} /> : <Archive size={ICON} />,
      onSelect: set({ archived: !archived }),
    },
  ]
}
