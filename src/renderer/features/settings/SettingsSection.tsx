import { Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Phone, UserId } from '#shared/domain/ids.ts'
import { useServices } from '../../services/use-services.ts'
import { useAppStore } from '../../stores/use-app-store.ts'
import { lazyPart } from '../../ui/lazy-part.ts'
import { shortcuts } from '../../ui/shortcuts.ts'
import { SidePane } from '../../ui/SidePane.tsx'
import { AboutSettings } from './AboutSettings.tsx'
import { GeneralSettings } from './GeneralSettings.tsx'
import { NotificationSettings } from './NotificationSettings.tsx'
import { PrivacySettings } from './PrivacySettings.tsx'
import { ProfileForm } from './ProfileForm.tsx'
import { FIRST_SECTION, useSectionTitles } from './sections.ts'
import styles from './Settings.module.css'

const NetworkSettings = lazyPart(async () => (await import('./NetworkSettings.tsx')).NetworkSettings)
const StorageSettings = lazyPart(async () => (await import('./storage/StorageSettings.tsx')).StorageSettings)

interface SettingsSectionProps {
  me: UserId
  phone: Phone
  onShowShortcuts: () => void
}

/** The open section of the settings. */
export function SettingsSection({ me, phone, onShowShortcuts }: SettingsSectionProps) {
  const { t } = useTranslation()
  const { app } = useServices()
  const titles = useSectionTitles()
  const chosen = useAppStore((state) => state.navigation.settingsSection)
  const [timesSaved, setTimesSaved] = useState(0)
  const section = chosen ?? FIRST_SECTION
  return (
    <SidePane
      key={chosen}
      title={titles[section]}
      back={{
        label: t('app.back'),
        shortcut: shortcuts.back.keys,
        onBack: () => app.navigate({ settingsSection: null }),
        narrowOnly: true,
      }}
    >
      <div className={styles['section']}>
        {section === 'profile' && (
          <ProfileForm
            key={timesSaved}
            me={me}
            phone={phone}
            onDone={() => setTimesSaved((times) => times + 1)}
          />
        )}
        {section === 'notifications' && <NotificationSettings me={me} />}
        {section === 'general' && <GeneralSettings />}
        {section === 'storage' && (
          <Suspense fallback={null}>
            <StorageSettings me={me} />
          </Suspense>
        )}
        {section === 'privacy' && <PrivacySettings />}
        {section === 'network' && (
          <Suspense fallback={null}>
            <NetworkSettings />
          </Suspense>
        )}
        {section === 'about' && <AboutSettings onShowShortcuts={onShowShortcuts} />}
      </div>
    </SidePane>
  )
}
