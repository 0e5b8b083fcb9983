import { useTranslation } from 'react-i18next'
import { USUAL_ZOOM, ZOOM_LEVELS } from '#shared/domain/zoom.ts'
import { RELEASE_AFTER } from '#shared/settings.ts'
import { useServices } from '../../services/use-services.ts'
import { Select } from '../../ui/Select.tsx'
import { Switch } from '../../ui/Switch.tsx'
import { ShortcutSetting } from './ShortcutSetting.tsx'
import { SpellingSettings } from './SpellingSettings.tsx'
import { useSettings } from './use-settings.ts'
import { useTrayHost } from './use-tray-host.ts'

export function GeneralSettings() {
  const { t, i18n } = useTranslation()
  const { app } = useServices()
  const [settings, update] = useSettings()
  const percent = new Intl.NumberFormat(i18n.language, { style: 'percent' })
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
      <Select
        label={t('settings.zoom')}
        hint={t('settings.zoomHint', {
          keys: app.platform === 'darwin' ? '⌘ +, ⌘ −, ⌘ 0' : 'Ctrl +, Ctrl −, Ctrl 0',
        })}
        value={String(settings.zoom)}
        options={ZOOM_LEVELS.map((zoom) => ({ value: String(zoom), label: percent.format(zoom / 100) }))}
        onChange={(value) =>
          update({ zoom: ZOOM_LEVELS.find((zoom) => String(zoom) === value) ?? USUAL_ZOOM })
        }
      />
      <Switch
        label={t('settings.enterSends')}
        hint={settings.enterSends ? t('settings.enterSendsHint') : offHint}
        checked={settings.enterSends}
        onChange={(enterSends) => update({ enterSends })}
      />
      <SpellingSettings />
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
      <ShortcutSetting />
    </>
  )
}
