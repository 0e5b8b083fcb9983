import { useTranslation } from 'react-i18next'
import { qualitySchema } from '#shared/domain/staged.ts'
import type { StagedEntry } from '../../../stores/staging.ts'
import { Select } from '../../../ui/Select.tsx'
import { Switch } from '../../../ui/Switch.tsx'
import { isEditable, withAsFile, withQuality } from './staged-changes.ts'
import styles from './StagingSheet.module.css'

interface StagedOptionsProps {
  entries: readonly StagedEntry[]
  onChange: (change: (entries: readonly StagedEntry[]) => readonly StagedEntry[]) => void
}

/** How all photos and videos are sent. */
export function StagedOptions({ entries, onChange }: StagedOptionsProps) {
  const { t } = useTranslation()
  const items = entries.flatMap(({ item }) => item ?? [])
  const pictures = items.filter(({ kind }) => kind !== 'file')
  const edited = items.find(isEditable)
  if (pictures.length === 0) return null
  return (
    <div className={styles['options']}>
      {edited !== undefined && (
        <Select
          label={t('attach.quality.label')}
          value={edited.quality ?? 'standard'}
          options={qualitySchema.options.map((value) => ({ value, label: t(`attach.quality.${value}`) }))}
          onChange={(quality) => onChange(withQuality(quality))}
        />
      )}
      <Switch
        label={t('attach.asFiles', { count: pictures.length })}
        hint={t('attach.asFilesHint')}
        checked={pictures.every(({ asFile }) => asFile)}
        onChange={(asFile) => onChange(withAsFile(null, asFile))}
      />
    </div>
  )
}
