import { useTranslation } from 'react-i18next'
import type { Phone, UserId } from '#shared/domain/ids.ts'
import { ChatsPane } from '../features/chats/ChatsPane.tsx'
import { useServices } from '../services/use-services.ts'
import { useAppStore } from '../stores/use-app-store.ts'
import { lazyPart } from '../ui/lazy-part.ts'
import { shortcuts } from '../ui/shortcuts.ts'
import { SidePane } from '../ui/SidePane.tsx'
import { Pane } from './Pane.tsx'

const NewChat = lazyPart(async () => (await import('../features/people/NewChat.tsx')).NewChat)
const NewGroup = lazyPart(async () => (await import('../features/people/NewGroup.tsx')).NewGroup)
const SettingsList = lazyPart(
  async () => (await import('../features/settings/SettingsList.tsx')).SettingsList,
)

/** The side pane: the chats, the search for a new one, a new group, or the sections of the settings. */
export function SideParts({ me, phone }: { me: UserId; phone: Phone }) {
  const { t } = useTranslation()
  const { app } = useServices()
  const pane = useAppStore((state) => state.navigation.pane)
  const titles = {
    newChat: t('people.newChat'),
    newGroup: t('groups.new'),
    settings: t('settings.title'),
  } as const
  const loading = pane !== 'chats' && (
    <SidePane
      title={titles[pane]}
      back={{
        label: t('app.back'),
        shortcut: shortcuts.back.keys,
        onBack: () => app.navigate({ pane: 'chats' }),
      }}
    />
  )
  return (
    <Pane name="side" resetKey={pane} loading={loading}>
      {pane === 'chats' && <ChatsPane me={me} />}
      {pane === 'newChat' && <NewChat me={me} />}
      {pane === 'newGroup' && <NewGroup me={me} />}
      {pane === 'settings' && <SettingsList me={me} phone={phone} />}
    </Pane>
  )
}
