import Archive from 'lucide-react/icons/archive'
import ArchiveRestore from 'lucide-react/icons/archive-restore'
import Bell from 'lucide-react/icons/bell'
import BellOff from 'lucide-react/icons/bell-off'
import Mail from 'lucide-react/icons/mail'
import MailOpen from 'lucide-react/icons/mail-open'
import Pin from 'lucide-react/icons/pin'
import PinOff from 'lucide-react/icons/pin-off'
import { useTranslation } from 'react-i18next'
import { isMuted, isUnread, MUTED_FOREVER, type Chat, type ChatStatePatch } from '#shared/domain/chat.ts'
import type { ChatId, UserId } from '#shared/domain/ids.ts'
import type { MenuEntry } from './ContextMenu.tsx'
import { notify } from './toasts.ts'
import { useNow } from './use-now.ts'
import { useShowError } from './use-show-error.ts'

const HOUR_MS = 3_600_000
const ICON = 16

/** What the entries do. The chats service has these methods. */
interface ChatActions {
  setState(chatId: ChatId, patch: ChatStatePatch): Promise<void>
  markRead(chatId: ChatId): Promise<void>
}

type ChatEntries = Record<'pin' | 'mute' | 'read' | 'archive', MenuEntry>

/** Returns the menu entries of a chat, which several menus share. Null without a chat. */
export function useChatEntries(chat: Chat | undefined, me: UserId, actions: ChatActions): ChatEntries | null {
  const { t } = useTranslation()
  const showError = useShowError()
  const now = useNow(chat?.state.mutedUntil ?? null)
  if (chat === undefined) return null

  const { pinned, archived } = chat.state
  const set = (patch: ChatStatePatch) => (): void => void actions.setState(chat.id, patch).catch(showError)
  const durations = (muteMentions: boolean): MenuEntry[] => {
    const muteFor = (ms: number) => (): void => set({ mutedUntil: Date.now() + ms, muteMentions })()
    return [
      { kind: 'item', label: t('chats.muteHour'), onSelect: muteFor(HOUR_MS) },
      { kind: 'item', label: t('chats.muteEightHours'), onSelect: muteFor(8 * HOUR_MS) },
      { kind: 'item', label: t('chats.muteWeek'), onSelect: muteFor(7 * 24 * HOUR_MS) },
      {
        kind: 'item',
        label: t('chats.muteAlways'),
        onSelect: set({ mutedUntil: MUTED_FOREVER, muteMentions }),
      },
    ]
  }
  const toggleArchived = (): void => {
    actions.setState(chat.id, { archived: !archived }).then(
      () =>
        notify(t(archived ? 'chats.unarchivedNotice' : 'chats.archivedNotice'), 'info', {
          label: t('app.undo'),
          run: set({ archived }),
        }),
      showError,
    )
  }

  return {
    pin: {
      kind: 'item',
      label: t(pinned ? 'chats.unpin' : 'chats.pin'),
      icon: pinned ? <PinOff size={ICON} /> : <Pin size={ICON} />,
      onSelect: set({ pinned: !pinned }),
    },
    mute: isMuted(chat, now)
      ? {
          kind: 'item',
          label: t('chats.unmute'),
          icon: <Bell size={ICON} />,
          onSelect: set({ mutedUntil: null, muteMentions: false }),
        }
      : {
          kind: 'submenu',
          label: t('chats.mute'),
          icon: <BellOff size={ICON} />,
          entries:
            chat.kind === 'group'
              ? [
                  ...durations(false),
                  { kind: 'separator' },
                  { kind: 'submenu', label: t('chats.muteMentions'), entries: durations(true) },
                ]
              : durations(false),
        },
    read: isUnread(chat, me)
      ? {
          kind: 'item',
          label: t('chats.markRead'),
          icon: <MailOpen size={ICON} />,
          onSelect: () => void actions.markRead(chat.id).catch(showError),
        }
      : {
          kind: 'item',
          label: t('chats.markUnread'),
          icon: <Mail size={ICON} />,
          onSelect: set({ markedUnread: true }),
        },
    archive: {
      kind: 'item',
      label: t(archived ? 'chats.unarchive' : 'chats.archive'),
      icon: archived ? <ArchiveRestore size={ICON} /> : <Archive size={ICON} />,
      onSelect: toggleArchived,
    },
  }
}
