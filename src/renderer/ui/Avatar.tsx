import clsx from 'clsx'
import { UserRound } from 'lucide-react'
import styles from './Avatar.module.css'
import { avatarColour, initials } from './avatar.ts'

interface AvatarProps {
  /** Decides the colour. */
  id: string
  /** As shown beside it (see displayName); the avatar itself says nothing to screen readers. */
  name: string
  size?: 's' | 'm' | 'xl'
  presence?: 'online' | 'away' | undefined
}

export function Avatar({ id, name, size = 'm', presence }: AvatarProps) {
  const letters = initials(name)
  return (
    <span aria-hidden className={clsx(styles['avatar'], styles[size], styles[`colour${avatarColour(id)}`])}>
      {letters === '' ? <UserRound size="55%" /> : <bdi>{letters}</bdi>}
      {presence !== undefined && <span className={clsx(styles['presence'], styles[presence])} />}
    </span>
  )
}
