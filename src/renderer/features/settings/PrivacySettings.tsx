import { useTranslation } from 'react-i18next'
import { defaultPrivacy, type Privacy } from '#shared/domain/account.ts'
import { useServices } from '../../services/use-services.ts'
import { useAppStore } from '../../stores/use-app-store.ts'
import { Select } from '../../ui/Select.tsx'
import { Switch } from '../../ui/Switch.tsx'
import { useShowError } from '../../ui/use-show-error.ts'
import { BlockedPeople } from './BlockedPeople.tsx'
import { AppLockSettings } from './lock/AppLockSettings.tsx'
import { useSettings } from './use-settings.ts'

export function PrivacySettings() {
  const { t } = useTranslation()
  const { outbox } = useServices()
  const showError = useShowError()
  const [settings, update] = useSettings()
  const privacy = useAppStore((state) => state.account?.privacy ?? defaultPrivacy)
  const change = (patch: Partial<Privacy>): void =>
    void outbox.add({ kind: 'privacy', payload: { ...privacy, ...patch } }).catch(showError)
  return (
    <>
      <Select
        label={t('settings.lastSeen')}
        hint={t('settings.lastSeenHint')}
        value={privacy.lastSeen}
        options={[
          { value: 'everyone', label: t('settings.everyone') },
          { value: 'nobody', label: t('settings.nobody') },
        ]}
        onChange={(lastSeen) => change({ lastSeen })}
      />
      <Select
        label={t('settings.photo')}
        hint={t('settings.photoHint')}
        value={privacy.photo}
        options={[
          { value: 'everyone', label: t('settings.everyone') },
          { value: 'contacts', label: t('settings.contacts') },
          { value: 'nobody', label: t('settings.nobody') },
        ]}
        onChange={(photo) => change({ photo })}
      />
      <Select
        label={t('settings.groups')}
        hint={t('settings.groupsHint')}
        value={privacy.groups}
        options={[
          { value: 'everyone', label: t('settings.everyone') },
          { value: 'contacts', label: t('settings.contacts') },
          { value: 'nobody', label: t('settings.nobody') },
        ]}
        onChange={(groups) => change({ groups })}
      />
      <Switch
        label={t('settings.linkPreviews')}
        hint={t('settings.linkPreviewsHint')}
        checked={settings.linkPreviews}
        onChange={(linkPreviews) => update({ linkPreviews })}
      />
      <AppLockSettings />
      <BlockedPeople />
    </>
  )
}
