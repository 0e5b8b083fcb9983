import Flag from 'lucide-react/icons/flag'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './Details.module.css'
import { ReportDialog, type ReportDialogProps } from './ReportDialog.tsx'

/** Opens the report of a person or a group. */
export function ReportButton(props: Omit<ReportDialogProps, 'open' | 'onClose'>) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <button type="button" className={styles['block']} data-danger onClick={() => setOpen(true)}>
        <Flag size={18} aria-hidden />
        {t('report.report')}
      </button>
      <ReportDialog {...props} open={isOpen} onClose={() => setOpen(false)} />
    </>
  )
}
