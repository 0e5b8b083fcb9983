import RefreshCw from 'lucide-react/icons/refresh-cw'
import { useTranslation } from 'react-i18next'
import type { UpdateState } from '#shared/bridge/updates.ts'
import { useServices } from '../../services/use-services.ts'
import { useAppStore } from '../../stores/use-app-store.ts'
import { Switch } from '../../ui/Switch.tsx'
import { useInstallUpdate } from '../../ui/use-install-update.ts'
import { useShowError } from '../../ui/use-show-error.ts'
import { Action } from './Action.tsx'
import styles from './UpdateSettings.module.css'
import { useSettings } from './use-settings.ts'

/** Whether there is a new version of the app, and what to do with it. */
export function UpdateSettings() {
  const { t } = useTranslation()
  const [settings, update] = useSettings()
  const updates = useAppStore((state) => state.updates)
  if (updates === null) return null
  if (updates.state === 'none') return <p className={styles['status']}>{t(`updates.none.${updates.why}`)}</p>
  return (
    <>
      <Status updates={updates} />
      {updates.state === 'ready' && updates.notes !== '' && (
        <details className={styles['notes']}>
          <summary>{t('updates.whatsNew', { version: updates.version })}</summary>
          <p dir="auto">{updates.notes}</p>
        </details>
      )}
      <UpdateAction updates={updates} />
      <Switch
        label={t('updates.automatic')}
        hint={t('updates.automaticHint')}
        checked={settings.autoUpdate}
        onChange={(autoUpdate) => update({ autoUpdate })}
      />
    </>
  )
}

type Shown = Exclude<UpdateState, { state: 'none' }>

function Status({ updates }: { updates: Shown }) {
  const text = useStatusText(updates)
  return (
    <p role="status" className={styles['status']} data-problem={updates.state === 'failed' || undefined}>
      {text}
    </p>
  )
}

function useStatusText(updates: Shown): string | null {
  const { t } = useTranslation()
  switch (updates.state) {
    case 'checking':
      return t('updates.checking')
    case 'downloading':
      return t('updates.downloading', { version: updates.version, percent: updates.percent })
    case 'ready':
      return t('updates.ready', { version: updates.version })
    case 'failed':
      return t(`updates.problem.${updates.problem}`)
    case 'current':
      if (updates.failed !== null) return t('updates.failedVersion', { version: updates.failed })
      return updates.checkedAt === null ? null : t('updates.current')
  }
}

/** The button keeps its place and the focus while an update is looked for. */
function UpdateAction({ updates: { state } }: { updates: Shown }) {
  const { t } = useTranslation()
  const { app } = useServices()
  const showError = useShowError()
  const install = useInstallUpdate(app.installUpdate)
  const isBusy = state === 'checking' || state === 'downloading'
  const check = (): void => void app.checkForUpdate().catch(showError)
  return (
    <Action
      label={t(state === 'ready' ? 'updates.restart' : 'updates.check')}
      icon={<RefreshCw size={18} aria-hidden />}
      aria-disabled={isBusy || undefined}
      onClick={() => {
        if (!isBusy) (state === 'ready' ? install : check)()
      }}
    />
  )
}
