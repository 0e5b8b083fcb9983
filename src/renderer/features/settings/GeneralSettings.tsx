import { useTranslation } from 'react-i18next'
import { RELEASE_AFTER } from '#shared/settings.ts'
import { useServices } from '../../services/use-services.ts'
import { Select } from '../../ui/Select.tsx'
import { Switch } from '../../ui/Switch.tsx'
import { useSettings } from './use-settings.ts'
import { useTrayHost } from './use-tray-host.ts'

export function GeneralSettings() {
  const { t } = useTranslation()
  const { app } = useServices()
  const [settings, update] = useSettings()
  const noTray = useTrayHost() === false
  const offHint = t(
    app.platform === 'darwin' ? 'settings.enterSendsOffHintMac' : 'settings.enterSendsOffHint',
  )
  return (
    <>
      <Select
        label={t('settings.theme')}
        value={settings.theme}
        options={[
          { value: 'system', label: t('settings.themeSystem') },
          { value: 'light', label: t('settings.themeLight') },
          { value: 'dark', label: t('settings.themeDark') },
        ]}
        onChange={(theme) => update({ theme })}
      />
      <Switch
        label={t('settings.enterSends')}
        hint={settings.enterSends ? t('settings.enterSendsHint') : offHint}
        checked={settings.enterSends}
        onChange={(enterSends) => update({ enterSends })}
      />
      <Switch
        label={t(noTray ? 'settings.closeNoTray' : 'settings.closeToTray')}
        {...(noTray && { hint: t('settings.closeNoTrayHint') })}
        checked={settings.closeToTray}
        onChange={(closeToTray) => update({ closeToTray })}
      />
      <Select
        label={t('settings.releaseAfter')}
        hint={t('settings.releaseAfterHint')}
        value={String(settings.releaseAfter)}
        options={[...RELEASE_AFTER, null].map((count) => ({
          value: String(count),
          label: count === null ? t('settings.releaseNever') : t('settings.releaseMinutes', { count }),
        }))}
        onChange={(value) =>
          update({ releaseAfter: RELEASE_AFTER.find((count) => String(count) === value) ?? null })
        }
      />
      <Switch
        label={t('settings.launchAtLogin')}
        checked={settings.launchAtLogin}
        onChange={(launchAtLogin) => update({ launchAtLogin })}
      />
      <Switch
        label={t('settings.startHidden')}
        checked={settings.startHidden}
        disabled={!settings.launchAtLogin}
        onChange={(startHidden) => update({ startHidden })}
      />
    </>
  )
}
