import { useTranslation } from 'react-i18next'
import { dayTitle } from '#shared/domain/display-time.ts'
import styles from './Separators.module.css'

export function DaySeparator({ at, now }: { at: number; now: number }) {
  const { i18n } = useTranslation()
  return (
    <p className={styles['day']}>
      <time className={styles['pill']}>{dayTitle(at, { now, locale: i18n.language })}</time>
    </p>
  )
}

export function UnreadDivider() {
  const { t } = useTranslation()
  return <p className={styles['unread']}>{t('conversation.unread')}</p>
}
