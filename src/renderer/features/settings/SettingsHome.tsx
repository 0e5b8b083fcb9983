import ChevronRight from 'lucide-react/icons/chevron-right'
import FolderOpen from 'lucide-react/icons/folder-open'
import Keyboard from 'lucide-react/icons/keyboard'
import LogOut from 'lucide-react/icons/log-out'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { displayLine, displayName } from '#shared/domain/display-text.ts'
import type { Phone, UserId } from '#shared/domain/ids.ts'
import { ABOUT_LIMIT, NAME_LIMIT } from '#shared/domain/person.ts'
import { defaultSettings, type Settings } from '#shared/settings.ts'
import { useServices } from '../../services/use-services.ts'
import { useAppStore } from '../../stores/use-app-store.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { formatPhone } from '../../ui/phone/phone-number.ts'
import { Select } from '../../ui/Select.tsx'
import { shortcutLabel, shortcuts } from '../../ui/shortcuts.ts'
import { Switch } from '../../ui/Switch.tsx'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import { useShowError } from '../../ui/use-show-error.ts'
import styles from './Settings.module.css'
import { SignOutDialog } from './SignOutDialog.tsx'

interface SettingsHomeProps {
  me: UserId
  phone: Phone
  onPage: (page: 'profile' | 'blocked') => void
  onShowShortcuts: () => void
}

export function SettingsHome({ me, phone, onPage, onShowShortcuts }: SettingsHomeProps) {
  const { t } = useTranslation()
  const { app } = useServices()
  const showError = useShowError()
  const [signingOut, setSigningOut] = useState(false)
  return (
    <>
      <ProfileCard me={me} phone={phone} onEdit={() => onPage('profile')} />
      <Group title={t('settings.notifications')}>
        <NotificationSettings />
      </Group>
      <Group title={t('settings.general')}>
        <GeneralSettings />
      </Group>
      <Group title={t('settings.privacy')}>
        <LastSeen />
        <Action label={t('settings.blocked')} end={<BlockedCount />} onClick={() => onPage('blocked')} />
      </Group>
      <Group title={t('settings.aboutApp')}>
        <p className={styles['version']}>
          {t('app.name')} · {t('settings.version', { version: app.version })}
        </p>
        <Action
          label={t('settings.shortcuts')}
          icon={<Keyboard size={18} aria-hidden />}
          end={<kbd className={styles['quiet']}>{shortcutLabel(shortcuts.sheet.keys)}</kbd>}
          onClick={onShowShortcuts}
        />
        <Action
          label={t('settings.openLogs')}
          icon={<FolderOpen size={18} aria-hidden />}
          onClick={() => void app.openLogs().catch(showError)}
        />
      </Group>
      <Group>
        <Action
          label={t('settings.signOut')}
          icon={<LogOut size={18} aria-hidden />}
          danger
          onClick={() => setSigningOut(true)}
        />
      </Group>
      <SignOutDialog open={signingOut} onClose={() => setSigningOut(false)} />
    </>
  )
}

function Group({ title, children }: { title?: string; children: ReactNode }) {
  return (
    <section className={styles['group']} aria-label={title}>
      {title !== undefined && <h3 className={styles['heading']}>{title}</h3>}
      {children}
    </section>
  )
}

interface ActionProps {
  label: string
  icon?: ReactNode
  end?: ReactNode
  danger?: boolean
  onClick: () => void
}

function Action({ label, icon, end, danger = false, onClick }: ActionProps) {
  return (
    <button type="button" className={styles['action']} data-danger={danger || undefined} onClick={onClick}>
      {icon}
      <span className={styles['label']}>{label}</span>
      {end}
    </button>
  )
}

function ProfileCard({ me, phone, onEdit }: { me: UserId; phone: Phone; onEdit: () => void }) {
  const { t } = useTranslation()
  const profile = useAppStore((state) => state.account?.profile ?? null)
  const name = displayName(profile?.displayName ?? '', NAME_LIMIT)
  return (
    <button type="button" className={styles['profile']} onClick={onEdit}>
      <Avatar id={me} name={name} />
      <span className={styles['texts']}>
        <bdi className={styles['name']}>{name}</bdi>
        <bdi className={styles['quiet']}>{displayLine(profile?.about ?? '', ABOUT_LIMIT)}</bdi>
        <bdi className={styles['quiet']} dir="ltr">
          {formatPhone(phone)}
        </bdi>
      </span>
      <VisuallyHidden>{t('settings.editProfile')}</VisuallyHidden>
      <ChevronRight className={styles['chevron']} size={18} aria-hidden />
    </button>
  )
}

/** Returns the settings of this device (defaults until they are loaded) and a function that changes them. */
function useSettings(): [Settings, (patch: Partial<Settings>) => void] {
  const { app } = useServices()
  const showError = useShowError()
  const settings = useAppStore((state) => state.settings) ?? defaultSettings
  return [settings, (patch) => void app.updateSettings(patch).catch(showError)]
}

function NotificationSettings() {
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

function GeneralSettings() {
  const { t } = useTranslation()
  const { app } = useServices()
  const [settings, update] = useSettings()
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
        label={t('settings.closeToTray')}
        checked={settings.closeToTray}
        onChange={(closeToTray) => update({ closeToTray })}
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

function LastSeen() {
  const { t } = useTranslation()
  const { outbox } = useServices()
  const showError = useShowError()
  const lastSeen = useAppStore((state) => state.account?.privacy.lastSeen ?? 'everyone')
  return (
    <Select
      label={t('settings.lastSeen')}
      hint={t('settings.lastSeenHint')}
      value={lastSeen}
      options={[
        { value: 'everyone', label: t('settings.everyone') },
        { value: 'nobody', label: t('settings.nobody') },
      ]}
      onChange={(next) => void outbox.add({ kind: 'privacy', payload: { lastSeen: next } }).catch(showError)}
    />
  )
}

function BlockedCount() {
  const count = useAppStore((state) => [...state.people.values()].filter(({ blocked }) => blocked).length)
  return (
    <span className={styles['count']}>
      {count}
      <ChevronRight className={styles['chevron']} size={18} aria-hidden />
    </span>
  )
}
