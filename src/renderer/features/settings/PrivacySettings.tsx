import { useTranslation } from 'react-i18next'
import { useServices } from '../../services/use-services.ts'
import { useAppStore } from '../../stores/use-app-store.ts'
import { Select } from '../../ui/Select.tsx'
import { useShowError } from '../../ui/use-show-error.ts'
import { BlockedPeople } from './BlockedPeople.tsx'

export function PrivacySettings() {
  const { t } = useTranslation()
  const { outbox } = useServices()
  const showError = useShowError()
  const lastSeen = useAppStore((state) => state.account?.privacy.lastSeen ?? 'everyone')
  return (
    <>
      <Select
        label={t('settings.lastSeen')}
        hint={t('settings.lastSeenHint')}
        value={lastSeen}
        options={[
          { value: 'everyone', label: t('settings.everyone') },
          { value: 'nobody', label: t('settings.nobody') },
        ]}
        onChange={(next) =>
          void outbox.add({ kind: 'privacy', payload: { lastSeen: next } }).catch(showError)
        }
      />
      <BlockedPeople />
    </>
  )
}
