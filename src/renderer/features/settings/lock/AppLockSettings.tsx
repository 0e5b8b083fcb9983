import KeyRound from 'lucide-react/icons/key-round'
import LockKeyhole from 'lucide-react/icons/lock-keyhole'
import LockKeyholeOpen from 'lucide-react/icons/lock-keyhole-open'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { LOCK_AFTER } from '#shared/settings.ts'
import { useServices } from '../../../services/use-services.ts'
import { useAppStore } from '../../../stores/use-app-store.ts'
import { Keys } from '../../../ui/Keys.tsx'
import { Select } from '../../../ui/Select.tsx'
import { shortcuts } from '../../../ui/shortcuts.ts'
import { Switch } from '../../../ui/Switch.tsx'
import { useShowError } from '../../../ui/use-show-error.ts'
import { Action } from '../Action.tsx'
import { useSettings } from '../use-settings.ts'
import styles from './AppLockSettings.module.css'
import { PinDialog, type PinTask } from './PinDialog.tsx'

/** The lock of the app on this machine. */
export function AppLockSettings() {
  const { t } = useTranslation()
  const hasPin = useAppStore(({ lock }) => lock?.hasPin === true)
  const [task, setTask] = useState<PinTask | null>(null)
  return (
    <section className={styles['section']} aria-labelledby="app-lock">
      <h3 id="app-lock" className={styles['heading']}>
        {t('lock.settings')}
      </h3>
      <p className={styles['hint']}>{t('lock.settingsHint')}</p>
      {hasPin ? (
        <LockOptions onTask={setTask} />
      ) : (
        <Action
          label={t('lock.turnOn')}
          icon={<LockKeyhole size={18} aria-hidden />}
          onClick={() => setTask('turnOn')}
        />
      )}
      {task !== null && <PinDialog task={task} onClose={() => setTask(null)} />}
    </section>
  )
}

function LockOptions({ onTask }: { onTask: (task: PinTask) => void }) {
  const { t } = useTranslation()
  const { lock } = useServices()
  const showError = useShowError()
  const [{ lockAfter, unlockByTouchId }, update] = useSettings()
  const hasTouchId = useAppStore((state) => state.lock?.touchId === true)
  const lockNow = (): void =>
    void lock()
      .then((service) => service.lock())
      .catch(showError)
  return (
    <>
      <Select
        label={t('lock.after')}
        hint={t('lock.afterHint')}
        value={String(lockAfter)}
        options={[...LOCK_AFTER, null].map((count) => ({
          value: String(count),
          label: count === null ? t('lock.afterNever') : t('lock.afterMinutes', { count }),
        }))}
        onChange={(value) =>
          update({ lockAfter: LOCK_AFTER.find((count) => String(count) === value) ?? null })
        }
      />
      {hasTouchId && (
        <Switch
          label={t('lock.byTouchId')}
          checked={unlockByTouchId}
          onChange={(wanted) => update({ unlockByTouchId: wanted })}
        />
      )}
      <Action
        label={t('lock.now')}
        icon={<LockKeyhole size={18} aria-hidden />}
        end={<Keys shortcut={shortcuts.lock.keys} />}
        onClick={lockNow}
      />
      <Action
        label={t('lock.change')}
        icon={<KeyRound size={18} aria-hidden />}
        onClick={() => onTask('change')}
      />
      <Action
        label={t('lock.turnOff')}
        icon={<LockKeyholeOpen size={18} aria-hidden />}
        onClick={() => onTask('turnOff')}
      />
    </>
  )
}
