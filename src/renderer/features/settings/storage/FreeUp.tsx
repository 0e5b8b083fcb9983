import { useTranslation } from 'react-i18next'
import { displaySize } from '#shared/domain/display-size.ts'
import { STORAGE_LIMITS } from '#shared/domain/storage.ts'
import { useServices } from '../../../services/use-services.ts'
import { Button } from '../../../ui/Button.tsx'
import { Select } from '../../../ui/Select.tsx'
import { useShowError } from '../../../ui/use-show-error.ts'
import { useSettings } from '../use-settings.ts'
import styles from './Storage.module.css'
import { useFree } from './use-free.ts'

interface FreeUpProps {
  /** Bytes that can be freed; null: not counted yet. */
  removable: number | null
  onFreed: () => void
}

export function FreeUp({ removable, onFreed }: FreeUpProps) {
  const { t, i18n } = useTranslation()
  const free = useFree(onFreed)
  const hint = (): string => {
    if (removable === null) return t('storage.counting')
    return removable === 0
      ? t('storage.nothingToFree')
      : t('storage.freeHint', { size: displaySize(removable, i18n.language) })
  }
  return (
    <div className={styles['row']}>
      <span className={styles['hint']}>{hint()}</span>
      <Button variant="primary" inactive={removable === 0} onClick={() => free(null)}>
        {t('storage.free')}
      </Button>
    </div>
  )
}

/** A lower limit frees space at once, so the caller counts again. */
export function StorageLimit({ onChanged }: { onChanged: () => void }) {
  const { t, i18n } = useTranslation()
  const { app } = useServices()
  const showError = useShowError()
  const [{ storageLimit }] = useSettings()
  return (
    <Select
      label={t('storage.limit')}
      hint={t('storage.limitHint')}
      value={String(storageLimit)}
      options={STORAGE_LIMITS.map((limit) => ({
        value: String(limit),
        label: displaySize(limit, i18n.language),
      }))}
      onChange={(value) => {
        const chosen = STORAGE_LIMITS.find((limit) => String(limit) === value)
        if (chosen !== undefined) void app.updateSettings({ storageLimit: chosen }).then(onChanged, showError)
      }}
    />
  )
}
