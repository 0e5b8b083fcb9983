import { useTranslation } from 'react-i18next'
import { MUTED_FOREVER } from '#shared/domain/chat.ts'
import { aheadText } from '#shared/domain/display-time.ts'
import type { UserId } from '#shared/domain/ids.ts'
import { useChecklist } from '../../services/notifications/use-checklist.ts'
import { useServices } from '../../services/use-services.ts'
import { Health } from '../../ui/notifications/Health.tsx'
import { Select } from '../../ui/Select.tsx'
import { Switch } from '../../ui/Switch.tsx'
import { useNow } from '../../ui/use-now.ts'
import { QuietHoursSettings } from './QuietHoursSettings.tsx'
import { useSettings } from './use-settings.ts'

export function NotificationSettings({ me }: { me: UserId }) {
  const { t } = useTranslation()
  const { app } = useServices()
  const [settings, update] = useSettings()
  const off = settings.notifyAbout === 'nothing'
  return (
    <>
      <HealthCard me={me} />
      <Select
        label={t('settings.notifyAbout')}
        hint={t('settings.notifyAboutHint')}
        value={settings.notifyAbout}
        options={[
          { value: 'all', label: t('settings.notifyAll') },
          { value: 'mentionsAndDirect', label: t('settings.notifyMentions') },
          { value: 'nothing', label: t('settings.notifyNothing') },
        ]}
        onChange={(notifyAbout) => update({ notifyAbout })}
      />
      <Select
        label={t('settings.content')}
        hint={t('settings.contentHint')}
        value={settings.notificationContent}
        options={[
          { value: 'all', label: t('settings.contentAll') },
          { value: 'name', label: t('settings.contentName') },
          { value: 'nothing', label: t('settings.contentNothing') },
        ]}
        onChange={(notificationContent) => update({ notificationContent })}
      />
      <Switch
        label={t('settings.sound')}
        checked={settings.notificationSound}
        disabled={off}
        onChange={(notificationSound) => update({ notificationSound })}
      />
      <Switch
        label={t('settings.badge')}
        checked={settings.badgeCounts}
        onChange={(badgeCounts) => update({ badgeCounts })}
      />
      <Select
        label={t(app.platform === 'darwin' ? 'settings.flashMac' : 'settings.flash')}
        value={settings.flashFor}
        options={[
          { value: 'all', label: t('settings.notifyAll') },
          { value: 'mentionsAndDirect', label: t('settings.notifyMentions') },
          { value: 'nothing', label: t('settings.notifyNothing') },
        ]}
        onChange={(flashFor) => update({ flashFor })}
      />
      <Pause />
      <QuietHoursSettings />
    </>
  )
}

function HealthCard({ me }: { me: UserId }) {
  const checked = useChecklist(null, me)
  if (checked === null) return null
  const { checklist, facts, fixes, test } = checked
  return (
    <Health
      checklist={checklist}
      name={null}
      roundTripMs={facts.push?.roundTripMs ?? null}
      fixes={fixes}
      onTest={test}
    />
  )
}

const HOUR_MS = 3_600_000
const pauses = { hour: HOUR_MS, eightHours: 8 * HOUR_MS, day: 24 * HOUR_MS } as const

/** Holds all notifications back for a time. */
function Pause() {
  const { t, i18n } = useTranslation()
  const [{ mutedUntil }, update] = useSettings()
  const now = useNow(mutedUntil)
  const isForever = mutedUntil === MUTED_FOREVER
  const isPaused = mutedUntil !== null && mutedUntil > now && !isForever
  const time = isPaused ? aheadText(mutedUntil, { now, locale: i18n.language }) : ''
  const set = (value: keyof typeof pauses | 'off' | 'forever' | 'until'): void => {
    if (value === 'off') update({ mutedUntil: null })
    else if (value === 'forever') update({ mutedUntil: MUTED_FOREVER })
    else if (value !== 'until') update({ mutedUntil: Date.now() + pauses[value] })
  }
  return (
    <Select
      label={t('settings.pause')}
      value={isPaused ? 'until' : isForever ? 'forever' : 'off'}
      options={[
        { value: 'off', label: t('settings.pauseOff') },
        ...(isPaused ? [{ value: 'until' as const, label: t('settings.pausedUntil', { time }) }] : []),
        { value: 'hour', label: t('settings.pauseHour') },
        { value: 'eightHours', label: t('settings.pauseEightHours') },
        { value: 'day', label: t('settings.pauseDay') },
        { value: 'forever', label: t('settings.pauseForever') },
      ]}
      onChange={set}
    />
  )
}
