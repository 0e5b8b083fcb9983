import { useTranslation } from 'react-i18next'
import { displaySize } from '#shared/domain/display-size.ts'
import { AUTO_DOWNLOAD_LIMITS, FILE_KINDS } from '#shared/domain/storage.ts'
import { Select } from '../../../ui/Select.tsx'
import { Switch } from '../../../ui/Switch.tsx'
import { useSettings } from '../use-settings.ts'
import styles from './Storage.module.css'

const ALWAYS = AUTO_DOWNLOAD_LIMITS.at(-1)

/** Which files are downloaded without a click, once they can be seen. */
export function AutoDownload() {
  const { t, i18n } = useTranslation()
  const [{ autoDownload, autoDownloadMetered }, update] = useSettings()
  const labelOf = (limit: number): string => {
    if (limit === 0) return t('storage.never')
    return limit === ALWAYS
      ? t('storage.always')
      : t('storage.upTo', { size: displaySize(limit, i18n.language) })
  }
  return (
    <section className={styles['part']} aria-labelledby="storage-auto">
      <h3 id="storage-auto" className={styles['heading']}>
        {t('storage.auto')}
      </h3>
      {FILE_KINDS.map((kind) => (
        <Select
          key={kind}
          label={t(`storage.kinds.${kind}`)}
          value={String(autoDownload[kind])}
          options={AUTO_DOWNLOAD_LIMITS.map((limit) => ({ value: String(limit), label: labelOf(limit) }))}
          onChange={(value) => {
            const chosen = AUTO_DOWNLOAD_LIMITS.find((limit) => String(limit) === value)
            if (chosen !== undefined) update({ autoDownload: { ...autoDownload, [kind]: chosen } })
          }}
        />
      ))}
      <Switch
        label={t('storage.metered')}
        hint={t('storage.meteredHint')}
        checked={autoDownloadMetered}
        onChange={(checked) => update({ autoDownloadMetered: checked })}
      />
    </section>
  )
}
