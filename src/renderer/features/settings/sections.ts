import { useTranslation } from 'react-i18next'
import type { SettingsSection } from '../../stores/app-store.ts'

/** What a wide window shows until the person chooses a section. */
export const FIRST_SECTION = 'notifications' satisfies SettingsSection

export function useSectionTitles(): Readonly<Record<SettingsSection, string>> {
  const { t } = useTranslation()
  return {
    profile: t('settings.profile'),
    notifications: t('settings.notifications'),
    general: t('settings.general'),
    storage: t('settings.storage'),
    privacy: t('settings.privacy'),
    network: t('settings.network'),
    about: t('settings.aboutApp'),
  }
}
