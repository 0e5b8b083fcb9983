import type { ReactNode } from 'react'
import styles from './AuthCard.module.css'
import { Mark } from '../../ui/Mark.tsx'

interface AuthCardProps {
  title: string
  text: ReactNode
  children: ReactNode
}

export function AuthCard({ title, text, children }: AuthCardProps) {
  return (
    <main className={styles['page']}>
      <div className={styles['card']}>
        <Mark size={72} />
        <h1 className={styles['title']}>{title}</h1>
        <p className={styles['text']}>{text}</p>
        {children}
      </div>
    </main>
  )
}
