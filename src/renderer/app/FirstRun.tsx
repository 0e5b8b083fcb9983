import AppWindow from 'lucide-react/icons/app-window'
import Bell from 'lucide-react/icons/bell'
import CircleCheck from 'lucide-react/icons/circle-check'
import Keyboard from 'lucide-react/icons/keyboard'
import UserRoundPlus from 'lucide-react/icons/user-round-plus'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { displayName, isolated } from '#shared/domain/display-text.ts'
import { NAME_LIMIT } from '#shared/domain/person.ts'
import { defaultSettings } from '#shared/settings.ts'
import { focusChatFilter } from '../features/chats/chat-focus.ts'
import { useServices } from '../services/use-services.ts'
import { useAppStore } from '../stores/use-app-store.ts'
import { Button } from '../ui/Button.tsx'
import { Keys } from '../ui/Keys.tsx'
import { Mark } from '../ui/Mark.tsx'
import { shortcutLabel, shortcuts } from '../ui/shortcuts.ts'
import { useShowError } from '../ui/use-show-error.ts'
import styles from './FirstRun.module.css'

/** The checklist for a person without chats. It can be hidden on this machine. */
export function FirstRun() {
  const { t } = useTranslation()
  const { app } = useServices()
  const showError = useShowError()
  const settings = useAppStore((state) => state.settings) ?? defaultSettings
  const name = useAppStore(({ account }) => displayName(account?.profile?.displayName ?? '', NAME_LIMIT))
  return (
    <section className={styles['page']} aria-labelledby="first-run-title">
      <div className={styles['card']}>
        <Mark size={56} />
        <h2 id="first-run-title" className={styles['title']}>
          {name === '' ? t('auth.welcome') : t('firstRun.title', { name: isolated(name) })}
        </h2>
        <ul className={styles['steps']}>
          <Step
            icon={<UserRoundPlus size={20} aria-hidden />}
            label={t('firstRun.find')}
            end={<Keys shortcut={shortcuts.newChat.keys} />}
            onClick={() => app.navigate({ pane: 'newChat' })}
          />
          <Step
            icon={<Bell size={20} aria-hidden />}
            done={settings.notifyAbout !== 'nothing'}
            label={t(
              settings.notifyAbout !== 'nothing' ? 'firstRun.notificationsOn' : 'firstRun.notifications',
            )}
            onClick={() => app.navigate({ pane: 'settings', settingsSection: 'notifications' })}
          />
          <Step
            icon={<AppWindow size={20} aria-hidden />}
            done={settings.closeToTray}
            label={t(settings.closeToTray ? 'firstRun.trayOn' : 'firstRun.tray')}
            onClick={() => app.navigate({ pane: 'settings', settingsSection: 'general' })}
          />
          <Step
            icon={<Keyboard size={20} aria-hidden />}
            label={t('firstRun.keys', { keys: shortcutLabel(shortcuts.filter.keys) })}
            end={<span className={styles['hint']}>{t('chats.filter')}</span>}
            onClick={() => focusChatFilter()}
          />
        </ul>
        <Button
          variant="ghost"
          onClick={() => void app.updateSettings({ firstRunHidden: true }).catch(showError)}
        >
          {t('firstRun.hide')}
        </Button>
      </div>
    </section>
  )
}

interface StepProps {
  icon: ReactNode
  label: string
  done?: boolean
  end?: ReactNode
  onClick: () => void
}

function Step({ icon, label, done = false, end, onClick }: StepProps) {
  return (
    <li>
      <button type="button" className={styles['step']} data-done={done || undefined} onClick={onClick}>
        {done ? <CircleCheck size={20} aria-hidden /> : icon}
        <span className={styles['label']}>{label}</span>
        {end}
      </button>
    </li>
  )
}
