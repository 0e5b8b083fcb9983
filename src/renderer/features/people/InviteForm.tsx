import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { InviteOptions } from '#shared/domain/invite.ts'
import { Button } from '../../ui/Button.tsx'
import { Select } from '../../ui/Select.tsx'
import { Switch } from '../../ui/Switch.tsx'
import styles from './InviteDialog.module.css'

const HOUR_MS = 3_600_000
const lifetimes = {
  never: null,
  day: 24 * HOUR_MS,
  week: 7 * 24 * HOUR_MS,
  month: 30 * 24 * HOUR_MS,
} as const
export type Lifetime = keyof typeof lifetimes
const limits = { none: null, '1': 1, '10': 10, '50': 50 } as const
type Limit = keyof typeof limits

interface InviteFormProps {
  hint: string
  onCreate: (options: InviteOptions) => Promise<void>
  onCancel?: () => void
}

/** Asks how long a new link lasts, how many people can join with it, and whether an admin must accept them. */
export function InviteForm({ hint, onCreate, onCancel }: InviteFormProps) {
  const { t } = useTranslation()
  const [lifetime, setLifetime] = useState<Lifetime>('never')
  const [limit, setLimit] = useState<Limit>('none')
  const [approve, setApprove] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const create = async (): Promise<void> => {
    setBusy(true)
    const lasts = lifetimes[lifetime]
    // An admin decides about each person, so their number needs no limit.
    const maxJoins = approve ? null : limits[limit]
    await onCreate({ expiresAt: lasts === null ? null : Date.now() + lasts, maxJoins, approve })
    setBusy(false)
  }
  return (
    <>
      <p className={styles['muted']}>{hint}</p>
      <div className={styles['options']}>
        <Select
          label={t('invite.lasts')}
          value={lifetime}
          options={(['never', 'day', 'week', 'month'] as const).map((value) => ({
            value,
            label: t(`invite.lifetime.${value}`),
          }))}
          onChange={setLifetime}
        />
        {!approve && (
          <Select
            label={t('invite.limit')}
            value={limit}
            options={(['none', '1', '10', '50'] as const).map((value) => ({
              value,
              label: value === 'none' ? t('invite.noLimit') : t('invite.people', { count: limits[value] }),
            }))}
            onChange={setLimit}
          />
        )}
        <Switch
          label={t('invite.approve')}
          hint={t('invite.approveHint')}
          checked={approve}
          onChange={setApprove}
        />
      </div>
      <div className={styles['actions']}>
        {onCancel !== undefined && <Button onClick={onCancel}>{t('app.cancel')}</Button>}
        <Button variant="primary" inactive={isBusy} onClick={() => void create()}>
          {t('invite.create')}
        </Button>
      </div>
    </>
  )
}
