import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { QuietHours } from '#shared/notifications/quiet-hours.ts'
import { Switch } from '../../ui/Switch.tsx'
import styles from './QuietHours.module.css'
import { useSettings } from './use-settings.ts'

export function QuietHoursSettings() {
  const { t } = useTranslation()
  const [{ quietHours }, update] = useSettings()
  const set = (patch: Partial<QuietHours>): void => update({ quietHours: { ...quietHours, ...patch } })
  return (
    <>
      <Switch
        label={t('settings.quietHours')}
        hint={t('settings.quietHoursHint')}
        checked={quietHours.enabled}
        onChange={(enabled) => set({ enabled })}
      />
      {quietHours.enabled && (
        <>
          <div className={styles['times']}>
            <TimeField
              label={t('settings.quietFrom')}
              minutes={quietHours.from}
              onChange={(from) => set({ from })}
            />
            <TimeField label={t('settings.quietTo')} minutes={quietHours.to} onChange={(to) => set({ to })} />
          </div>
          <Days days={quietHours.days} onChange={(days) => set({ days })} />
          <Switch
            label={t('settings.quietMentions')}
            checked={quietHours.exceptMentions}
            onChange={(exceptMentions) => set({ exceptMentions })}
          />
          <Switch
            label={t('settings.quietPinned')}
            checked={quietHours.exceptPinned}
            onChange={(exceptPinned) => set({ exceptPinned })}
          />
        </>
      )}
    </>
  )
}

interface TimeFieldProps {
  label: string
  /** After midnight. */
  minutes: number
  onChange: (minutes: number) => void
}

const twoDigits = (number: number): string => String(number).padStart(2, '0')

function TimeField({ label, minutes, onChange }: TimeFieldProps) {
  const id = useId()
  return (
    <label htmlFor={id} className={styles['time']}>
      {label}
      <input
        id={id}
        type="time"
        className={styles['input']}
        value={`${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`}
        onChange={({ target }) => {
          const [hours, rest] = target.value.split(':').map(Number)
          // A cleared field has no time: the one before stays.
          if (hours !== undefined && rest !== undefined) onChange(hours * 60 + rest)
        }}
      />
    </label>
  )
}

interface DaysProps {
  days: readonly number[]
  onChange: (days: number[]) => void
}

/** 4 January 1970 was a Sunday. */
const FIRST_SUNDAY = 4

function Days({ days, onChange }: DaysProps) {
  const { t, i18n } = useTranslation()
  const id = useId()
  const weekday = new Intl.DateTimeFormat(i18n.language, { weekday: 'short', timeZone: 'UTC' })
  return (
    <div role="group" aria-labelledby={id} className={styles['days']}>
      <span id={id} className={styles['label']}>
        {t('settings.quietDays')}
      </span>
      {/* Monday first, as most of the world has it. */}
      {[1, 2, 3, 4, 5, 6, 0].map((day) => {
        const isOn = days.includes(day)
        const next = isOn ? days.filter((other) => other !== day) : [...days, day]
        return (
          <button
            key={day}
            type="button"
            className={styles['day']}
            aria-pressed={isOn}
            onClick={() => onChange(next)}
          >
            {weekday.format(Date.UTC(1970, 0, FIRST_SUNDAY + day))}
          </button>
        )
      })}
    </div>
  )
}
