import FileText from 'lucide-react/icons/file-text'
import FolderOpen from 'lucide-react/icons/folder-open'
import Keyboard from 'lucide-react/icons/keyboard'
import { Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useServices } from '../../services/use-services.ts'
import { lazyPart } from '../../ui/lazy-part.ts'
import { Keys } from '../../ui/Keys.tsx'
import { Mark } from '../../ui/Mark.tsx'
import { shortcuts } from '../../ui/shortcuts.ts'
import { useShowError } from '../../ui/use-show-error.ts'
import { Action } from './Action.tsx'
import styles from './Settings.module.css'
import { UpdateSettings } from './UpdateSettings.tsx'

const DiagnosticsDialog = lazyPart(async () => (await import('./DiagnosticsDialog.tsx')).DiagnosticsDialog)

export function AboutSettings({ onShowShortcuts }: { onShowShortcuts: () => void }) {
  const { t } = useTranslation()
  const { app } = useServices()
  const showError = useShowError()
  const [isAsking, setIsAsking] = useState(false)
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
      <Action
        label={t('diagnostics.title')}
        icon={<FileText size={18} aria-hidden />}
        onClick={() => setIsAsking(true)}
      />
      {isAsking && (
        <Suspense fallback={null}>
          <DiagnosticsDialog onClose={() => setIsAsking(false)} />
        </Suspense>
      )}
    </>
  )
}
