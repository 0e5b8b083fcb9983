import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { displayLine } from '#shared/domain/display-text.ts'
import { useServices } from '../services/use-services.ts'
import { Button } from '../ui/Button.tsx'
import { Mark } from '../ui/Mark.tsx'
import { useShowError } from '../ui/use-show-error.ts'
import styles from './HelpScreen.module.css'

/** In characters. */
const MESSAGE_LIMIT = 300

interface HelpScreenProps {
  /** `broken`: the replica cannot be opened. `stopped`: anything else. */
  reason: 'broken' | 'stopped'
  message?: string
  children: ReactNode
}

/** Shown when the app cannot continue: the problem and, as children, the possible actions. */
export function HelpScreen({ reason, message = '', children }: HelpScreenProps) {
  const { t } = useTranslation()
  return (
    <main className={styles['page']}>
      <Mark size={72} />
      <h1 className={styles['title']}>{t(`app.${reason}Title`)}</h1>
      <p className={styles['text']}>{t(`app.${reason}Text`)}</p>
      {message !== '' && <code className={styles['message']}>{displayLine(message, MESSAGE_LIMIT)}</code>}
      <div className={styles['actions']}>{children}</div>
    </main>
  )
}

/** Actions that help with any error. */
export function HelpActions() {
  const { t } = useTranslation()
  const { app } = useServices()
  const showError = useShowError()
  return (
    <>
      <Button onClick={() => window.location.reload()}>{t('app.reload')}</Button>
      <Button onClick={() => void app.openLogs().catch(showError)}>{t('app.openLogs')}</Button>
    </>
  )
}
