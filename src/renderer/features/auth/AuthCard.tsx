import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './AuthCard.module.css'
import { Mark } from '../../ui/Mark.tsx'

interface AuthCardProps {
  title: string
  text: ReactNode
  /** Which step of the sign-in this is: shown as dots below the card's content. */
  step?: 1 | 2 | 3
  children: ReactNode
}

export function AuthCard({ title, text, step, children }: AuthCardProps) {
  return (
    <main className={styles['page']}>
      <div className={styles['card']}>
        <Mark size={72} />
        <h1 className={styles['title']}>{title}</h1>
        <p className={styles['text']}>{text}</p>
        {children}
        {step !== undefined && <Steps current={step} />}
      </div>
    </main>
  )
}

const STEPS = [1, 2, 3] as const

function Steps({ current }: { current: (typeof STEPS)[number] }) {
  const { t } = useTranslation()
  return (
    <div role="img" aria-label={t('auth.step', { current, count: STEPS.length })} className={styles['steps']}>
      {STEPS.map((step) => (
        <span key={step} className={styles['dot']} data-current={step === current || undefined} />
      ))}
    </div>
  )
}
