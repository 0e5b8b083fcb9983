import clsx from 'clsx'
import UserRound from 'lucide-react/icons/user-round'
import { inlinePictureUrl } from '#shared/domain/inline-picture.ts'
import styles from './Avatar.module.css'
import { avatarColour, initials } from './avatar.ts'

interface AvatarProps {
  /** Determines the colour. */
  id: string
  /** The name shown next to the avatar (see displayName). The avatar itself is hidden from screen readers. */
  name: string
  size?: 'xxs' | 'xs' | 's' | 'header' | 'm' | 'xl'
  /** The small picture of the photo. Without one, and while it cannot be decoded, the avatar shows initials. */
  picture?: string | null
  presence?: 'online' | 'away' | undefined
}

export function Avatar({ id, name, size = 'm', picture = null, presence }: AvatarProps) {
  const letters = initials(name)
  return (
    <span aria-hidden className={clsx(styles['avatar'], styles[size], styles[`colour${avatarColour(id)}`])}>
      {letters === '' ? <UserRound size="55%" /> : <bdi>{letters}</bdi>}
      {picture !== null && (
        <img className={styles['picture']} src={inlinePictureUrl(picture)} alt="" draggable={false} />
      )}
      {presence !== undefined && <span className={clsx(styles['presence'], styles[presence])} />}
    </span>
  )
}
