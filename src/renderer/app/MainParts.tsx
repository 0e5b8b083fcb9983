import clsx from 'clsx'
import X from 'lucide-react/icons/x'
import { useTranslation } from 'react-i18next'
import type { Phone, UserId } from '#shared/domain/ids.ts'
import { Conversation } from '../features/conversation/Conversation.tsx'
import { useServices } from '../services/use-services.ts'
import { useAppStore } from '../stores/use-app-store.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { lazyPart } from '../ui/lazy-part.ts'
import { SidePane } from '../ui/SidePane.tsx'
import styles from './Messenger.module.css'
import { NothingOpen } from './NothingOpen.tsx'
import { Pane } from './Pane.tsx'

const Details = lazyPart(async () => (await import('../features/people/Details.tsx')).Details)
const MediaPane = lazyPart(async () => (await import('../features/media/MediaPane.tsx')).MediaPane)
const SettingsSection = lazyPart(
  async () => (await import('../features/settings/SettingsSection.tsx')).SettingsSection,
)

interface MainPartsProps {
  me: UserId
  phone: Phone
  onShowShortcuts: () => void
}

/** Beside the side pane: the open chat with its optional details, or the open section of the settings. */
export function MainParts({ me, phone, onShowShortcuts }: MainPartsProps) {
  const { pane, openChatId, detailsOpen, mediaOpen } = useAppStore((state) => state.navigation)
  if (pane === 'settings') {
    return (
      <div className={clsx(styles['conversation'], styles['settings'])} data-pane>
        <Pane name="settings" resetKey={pane}>
          <SettingsSection me={me} phone={phone} onShowShortcuts={onShowShortcuts} />
        </Pane>
      </div>
    )
  }
  return (
    <>
      <div className={styles['conversation']} data-pane>
        <Pane name="conversation" resetKey={openChatId}>
          <Conversation whenClosed={<NothingOpen />} />
        </Pane>
      </div>
      {openChatId !== null && detailsOpen && (
        <div className={styles['details']} data-pane>
          <Pane name="details" resetKey={openChatId} loading={<DetailsLoading />}>
            {mediaOpen ? <MediaPane key={openChatId} chatId={openChatId} me={me} /> : <Details me={me} />}
          </Pane>
        </div>
      )}
    </>
  )
}

function DetailsLoading() {
  const { t } = useTranslation()
  const { app } = useServices()
  return (
    <SidePane
      title={t('people.details')}
      actions={
        <IconButton label={t('people.closeDetails')} onClick={() => app.navigate({ detailsOpen: false })}>
          <X size={20} aria-hidden />
        </IconButton>
      }
    />
  )
}
