import X from 'lucide-react/icons/x'
import { useTranslation } from 'react-i18next'
import { peerOf } from '#shared/domain/chat.ts'
import type { UserId } from '#shared/domain/ids.ts'
import { useServices } from '../../services/use-services.ts'
import { useAppStore } from '../../stores/use-app-store.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { shortcuts } from '../../ui/shortcuts.ts'
import { SidePane } from '../../ui/SidePane.tsx'
import { GroupDetails } from './GroupDetails.tsx'
import { PersonDetails } from './PersonDetails.tsx'

/** Details of the open chat: its group, or the other person. */
export function Details({ me }: { me: UserId }) {
  const { t } = useTranslation()
  const { app } = useServices()
  const chat = useAppStore(({ chats, navigation }) =>
    navigation.openChatId === null ? undefined : chats.get(navigation.openChatId),
  )
  const peer = chat === undefined ? undefined : peerOf(chat, me)
  return (
    <SidePane
      title={t('people.details')}
      actions={
        <IconButton
          label={t('people.closeDetails')}
          shortcut={shortcuts.back.keys}
          onClick={() => app.navigate({ detailsOpen: false })}
        >
          <X size={20} aria-hidden />
        </IconButton>
      }
    >
      {chat?.group != null && <GroupDetails key={chat.id} chat={chat} group={chat.group} me={me} />}
      {chat !== undefined && peer !== undefined && (
        <PersonDetails key={peer} chat={chat} me={me} peer={peer} />
      )}
    </SidePane>
  )
}
