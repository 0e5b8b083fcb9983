import { Menu as BaseMenu } from '@base-ui/react/menu'
import Bell from 'lucide-react/icons/bell'
import BellOff from 'lucide-react/icons/bell-off'
import ChevronDown from 'lucide-react/icons/chevron-down'
import Ellipsis from 'lucide-react/icons/ellipsis'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { isMuted, type Chat } from '#shared/domain/chat.ts'
import type { UserId } from '#shared/domain/ids.ts'
import { useServices } from '../../services/use-services.ts'
import type { MenuEntry } from '../../ui/ContextMenu.tsx'
import { MenuPopup } from '../../ui/Menu.tsx'
import { useChatEntries } from '../../ui/use-chat-entries.tsx'
import { useNow } from '../../ui/use-now.ts'
import styles from './Details.module.css'

/** What can be done with a chat, as large buttons that open menus. */
export function ChatActions({ chat, me }: { chat: Chat; me: UserId }) {
  const { t } = useTranslation()
  const { chats } = useServices()
  const entries = useChatEntries(chat, me, chats)
  const now = useNow(chat.state.mutedUntil)
  if (entries === null) return null
  const muted = isMuted(chat, now)
  const mute = entries.mute.kind === 'submenu' ? entries.mute.entries : [entries.mute]
  return (
    <div className={styles['actions']}>
      <Action
        icon={muted ? <BellOff size={20} aria-hidden /> : <Bell size={20} aria-hidden />}
        label={t(muted ? 'chats.muted' : 'chats.mute')}
        opensChoices
        entries={mute}
      />
      <Action
        icon={<Ellipsis size={20} aria-hidden />}
        label={t('people.more')}
        entries={[entries.pin, entries.read, entries.archive]}
      />
    </div>
  )
}

interface ActionProps {
  icon: ReactNode
  label: string
  opensChoices?: boolean
  entries: readonly MenuEntry[]
}

function Action({ icon, label, opensChoices = false, entries }: ActionProps) {
  return (
    <BaseMenu.Root>
      <BaseMenu.Trigger className={styles['action']}>
        {icon}
        <span className={styles['actionLabel']}>
          {label}
          {opensChoices && <ChevronDown size={12} aria-hidden />}
        </span>
      </BaseMenu.Trigger>
      <MenuPopup entries={entries} />
    </BaseMenu.Root>
  )
}
