import { useTranslation } from 'react-i18next'
import { Switch } from '../../ui/Switch.tsx'
import { useSettings } from './use-settings.ts'

export function NotificationSettings() {
  const { t } = useTranslation()
  const [settings, update] = useSettings()
  const off = !settings.notifications
  return (
    <>
      <Switch
        label={t('settings.notificationsOn')}
        checked={settings.notifications}
        onChange={(notifications) => update({ notifications })}
      />
      <Switch
        label={t('settings.preview')}
        checked={settings.notificationPreview}
        disabled={off}
        onChange={(notificationPreview) => update({ notificationPreview })}
      />
      <Switch
        label={t('settings.sound')}
        checked={settings.notificationSound}
        disabled={off}
        onChange={(notificationSound) => update({ notificationSound })}
      />
    </>
  )
}
