import Ban from 'lucide-react/icons/ban'
import Ellipsis from 'lucide-react/icons/ellipsis'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChatId, UserId } from '#shared/domain/ids.ts'
import { useServices } from '../../services/use-services.ts'
import { useAppStore } from '../../stores/use-app-store.ts'
import { BlockDialog } from '../../ui/BlockDialog.tsx'
import type { MenuEntry } from '../../ui/ContextMenu.tsx'
import { MenuButton } from '../../ui/MenuButton.tsx'
import { useChatEntries } from '../../ui/use-chat-entries.tsx'
import { useShowError } from '../../ui/use-show-error.ts'
import type { Peer } from './use-peer.ts'

interface ChatMenuButtonProps {
  chatId: ChatId
  me: UserId
  peer: Peer
}

/** The button for everything that can be done with the open chat. */
export function ChatMenuButton({ chatId, me, peer }: ChatMenuButtonProps) {
  const { t } = useTranslation()
  const { chats, outbox } = useServices()
  const showError = useShowError()
  const chat = useAppStore((state) => state.chats.get(chatId))
  const entries = useChatEntries(chat, me, chats)
  const [confirming, setConfirming] = useState(false)
  if (entries === null) return null

  const { id: userId, blocked } = peer
  const setBlocked = (next: boolean): void => {
    if (userId === undefined) return
    outbox.add({ kind: 'block', payload: { userId, blocked: next } }).catch(showError)
  }
  const block: MenuEntry = {
    kind: 'item',
    label: t(blocked ? 'people.unblock' : 'people.block'),
    icon: <Ban size={16} />,
    danger: !blocked,
    onSelect: () => (blocked ? setBlocked(false) : setConfirming(true)),
  }
  return (
    <>
      <MenuButton
        label={t('conversation.more')}
        entries={[
          entries.mute,
          entries.read,
          entries.archive,
          ...(userId === undefined ? [] : [{ kind: 'separator' as const }, block]),
        ]}
      >
        <Ellipsis size={20} aria-hidden />
      </MenuButton>
      <BlockDialog
        name={peer.name}
        open={confirming}
        onClose={() => setConfirming(false)}
        onConfirm={() => setBlocked(true)}
      />
    </>
  )
}
