import FolderOpen from 'lucide-react/icons/folder-open'
import Keyboard from 'lucide-react/icons/keyboard'
import { useTranslation } from 'react-i18next'
import { useServices } from '../../services/use-services.ts'
import { Keys } from '../../ui/Keys.tsx'
import { Mark } from '../../ui/Mark.tsx'
import { shortcuts } from '../../ui/shortcuts.ts'
import { useShowError } from '../../ui/use-show-error.ts'
import { Action } from './Action.tsx'
import styles from './Settings.module.css'
import { UpdateSettings } from './UpdateSettings.tsx'

export function AboutSettings({ onShowShortcuts }: { onShowShortcuts: () => void }) {
  const { t } = useTranslation()
  const { app } = useServices()
  const showError = useShowError()
  return (
    <>
      <p className={styles['version']}>
        <Mark size={40} />
        {t('app.name')} · {t('settings.version', { version: app.version })}
      </p>
      <UpdateSettings />
      <Action
        label={t('settings.shortcuts')}
        icon={<Keyboard size={18} aria-hidden />}
        end={<Keys shortcut={shortcuts.sheet.keys} />}
        onClick={onShowShortcuts}
      />
      <Action
        label={t('settings.openLogs')}
        icon={<FolderOpen size={18} aria-hidden />}
        onClick={() => void app.openLogs().catch(showError)}
      />
    </>
  )
}
