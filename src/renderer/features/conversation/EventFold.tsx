import { useTranslation } from 'react-i18next'
import styles from './EventFold.module.css'

interface EventFoldProps {
  rowKey: string
  count: number
  open: boolean
  onToggle: () => void
}

/** Stands for several changes of a group, and shows or hides them. */
export function EventFold({ rowKey, count, open, onToggle }: EventFoldProps) {
  const { t } = useTranslation()
  return (
    <div className={styles['row']}>
      <button
        type="button"
        className={styles['fold']}
        aria-expanded={open}
        data-row-key={rowKey}
        onClick={onToggle}
      >
        {t('conversation.changes', { count })} ·{' '}
        <span className={styles['action']}>{t(open ? 'conversation.hide' : 'conversation.show')}</span>
      </button>
    </div>
  )
}
