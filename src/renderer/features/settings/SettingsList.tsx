import Bell from 'lucide-react/icons/bell'
import BellOff from 'lucide-react/icons/bell-off'
import Globe from 'lucide-react/icons/globe'
import HardDrive from 'lucide-react/icons/hard-drive'
import Info from 'lucide-react/icons/info'
import Lock from 'lucide-react/icons/lock'
import LogOut from 'lucide-react/icons/log-out'
import SlidersHorizontal from 'lucide-react/icons/sliders-horizontal'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { MUTED_FOREVER } from '#shared/domain/chat.ts'
import { displayLine, displayName } from '#shared/domain/display-text.ts'
import { clockTime } from '#shared/domain/display-time.ts'
import type { Phone, UserId } from '#shared/domain/ids.ts'
import { ABOUT_LIMIT, NAME_LIMIT } from '#shared/domain/person.ts'
import { useServices } from '../../services/use-services.ts'
import type { SettingsSection } from '../../stores/app-store.ts'
import { useAppStore } from '../../stores/use-app-store.ts'
import { usePersonPicture } from '../../stores/use-picture.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { Button } from '../../ui/Button.tsx'
import { Notice } from '../../ui/Notice.tsx'
import { formatPhone } from '../../ui/phone/phone-number.ts'
import { shortcuts } from '../../ui/shortcuts.ts'
import { SidePane } from '../../ui/SidePane.tsx'
import { useNow } from '../../ui/use-now.ts'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import { Action } from './Action.tsx'
import { FIRST_SECTION, useSectionTitles } from './sections.ts'
import styles from './Settings.module.css'
import { SignOutDialog } from './SignOutDialog.tsx'
import { useSettings } from './use-settings.ts'

const rows = [
  { section: 'notifications', Icon: Bell },
  { section: 'general', Icon: SlidersHorizontal },
  { section: 'storage', Icon: HardDrive },
  { section: 'privacy', Icon: Lock },
  { section: 'network', Icon: Globe },
  { section: 'about', Icon: Info },
] as const

/** The sections of the settings, in the side pane. The chosen one opens beside it, or over it in a narrow window. */
export function SettingsList({ me, phone }: { me: UserId; phone: Phone }) {
  const { t } = useTranslation()
  const { app } = useServices()
  const titles = useSectionTitles()
  const [signingOut, setSigningOut] = useState(false)
  const chosen = useAppStore((state) => state.navigation.settingsSection)
  const list = useRef<HTMLElement>(null)
  useFocusOnReturn(chosen, list)
  // The settings open with the list the next time.
  useEffect(() => () => app.navigate({ settingsSection: null }), [app])

  const link = (section: SettingsSection) => ({
    'data-section': section,
    'aria-current': section === (chosen ?? FIRST_SECTION) || undefined,
    onClick: () => app.navigate({ settingsSection: section }),
  })
  return (
    <SidePane
      title={t('settings.title')}
      back={{
        label: t('app.back'),
        shortcut: shortcuts.back.keys,
        onBack: () => app.navigate({ pane: 'chats' }),
      }}
    >
      <PausedNotice />
      <nav ref={list} aria-label={t('settings.title')}>
        <ProfileCard me={me} phone={phone} {...link('profile')} />
        {rows.map(({ section, Icon }) => (
          <Action
            key={section}
            label={titles[section]}
            icon={<Icon size={18} aria-hidden />}
            {...link(section)}
          />
        ))}
      </nav>
      <div className={styles['last']}>
        <Action
          label={t('settings.signOut')}
          icon={<LogOut size={18} aria-hidden />}
          danger
          onClick={() => setSigningOut(true)}
        />
      </div>
      <SignOutDialog open={signingOut} onClose={() => setSigningOut(false)} />
    </SidePane>
  )
}

/** Focuses the row of the section that was left: a narrow window had hidden the list. */
function useFocusOnReturn(chosen: SettingsSection | null, list: React.RefObject<HTMLElement | null>): void {
  const before = useRef(chosen)
  useEffect(() => {
    if (chosen === null && before.current !== null) {
      const row = list.current?.querySelector(`[data-section="${before.current}"]`)
      if (row instanceof HTMLElement) row.focus()
    }
    before.current = chosen
  }, [chosen, list])
}

/** Shown while notifications are muted from the tray. */
function PausedNotice() {
  const { t, i18n } = useTranslation()
  const [{ mutedUntil }, update] = useSettings()
  const now = useNow(mutedUntil)
  if (mutedUntil === null || mutedUntil <= now) return null
  return (
    <Notice
      icon={<BellOff size={16} aria-hidden />}
      action={<Button onClick={() => update({ mutedUntil: null })}>{t('settings.resume')}</Button>}
    >
      {mutedUntil === MUTED_FOREVER
        ? t('settings.pausedForever')
        : t('settings.paused', { time: clockTime(mutedUntil, { now, locale: i18n.language }) })}
    </Notice>
  )
}

interface ProfileCardProps {
  me: UserId
  phone: Phone
  onClick: () => void
}

function ProfileCard({ me, phone, ...link }: ProfileCardProps) {
  const { t } = useTranslation()
  const profile = useAppStore((state) => state.account?.profile ?? null)
  const name = displayName(profile?.displayName ?? '', NAME_LIMIT)
  const picture = usePersonPicture(me)
  return (
    <button {...link} type="button" className={styles['profile']}>
      <Avatar id={me} name={name} picture={picture} />
      <span className={styles['texts']}>
        <bdi className={styles['name']}>{name}</bdi>
        <bdi className={styles['quiet']}>{displayLine(profile?.about ?? '', ABOUT_LIMIT)}</bdi>
        <bdi className={styles['quiet']} dir="ltr">
          {formatPhone(phone)}
        </bdi>
      </span>
      <VisuallyHidden>{t('settings.editProfile')}</VisuallyHidden>
    </button>
  )
}
