import Crop from 'lucide-react/icons/crop'
import ArrowLeft from 'lucide-react/icons/arrow-left'
import ArrowRight from 'lucide-react/icons/arrow-right'
import RotateCw from 'lucide-react/icons/rotate-cw'
import Trash2 from 'lucide-react/icons/trash-2'
import { useTranslation } from 'react-i18next'
import type { StagedItem } from '#shared/domain/staged.ts'
import { turnOnce, unedited } from '../../../services/attach/picture-geometry.ts'
import type { StagedEntry } from '../../../stores/staging.ts'
import { Button } from '../../../ui/Button.tsx'
import { IconButton } from '../../../ui/IconButton.tsx'
import { isEditable, movedTo, withAsFile, withEdit, withoutEntry } from './staged-changes.ts'
import styles from './StagingSheet.module.css'

interface StagedToolsProps {
  item: StagedItem
  /** Its index, and how many entries there are. */
  place: number
  count: number
  onChange: (change: (entries: readonly StagedEntry[]) => readonly StagedEntry[]) => void
  onCrop: () => void
}

/** What can be done with the selected item. */
export function StagedTools({ item, place, count, onChange, onCrop }: StagedToolsProps) {
  const { t } = useTranslation()
  const { id, edit = unedited } = item
  return (
    <div className={styles['tools']} role="group" aria-label={t('attach.tools', { n: place + 1 })}>
      {isEditable(item) && (
        <>
          <IconButton label={t('attach.rotate')} onClick={() => onChange(withEdit(id, turnOnce(edit)))}>
            <RotateCw size={18} aria-hidden />
          </IconButton>
          <IconButton label={t('attach.crop')} onClick={onCrop}>
            <Crop size={18} aria-hidden />
          </IconButton>
        </>
      )}
      {count > 1 && (
        <>
          <IconButton
            className={styles['direction']}
            label={t('attach.earlier')}
            aria-disabled={place === 0}
            onClick={() => onChange(movedTo(id, place - 1))}
          >
            <ArrowLeft size={18} aria-hidden />
          </IconButton>
          <IconButton
            className={styles['direction']}
            label={t('attach.later')}
            aria-disabled={place === count - 1}
            onClick={() => onChange(movedTo(id, place + 1))}
          >
            <ArrowRight size={18} aria-hidden />
          </IconButton>
        </>
      )}
      <IconButton label={t('attach.remove')} onClick={() => onChange(withoutEntry(id))}>
        <Trash2 size={18} aria-hidden />
      </IconButton>
      {item.kind !== 'file' && count > 1 && (
        <Button
          className={styles['asFile']}
          variant="ghost"
          onClick={() => onChange(withAsFile(id, !item.asFile))}
        >
          {t(item.asFile ? 'attach.notAsFile' : 'attach.asFile')}
        </Button>
      )}
    </div>
  )
}
