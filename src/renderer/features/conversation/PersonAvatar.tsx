import type { ComponentProps } from 'react'
import type { UserId } from '#shared/domain/ids.ts'
import { usePersonPicture } from '../../stores/use-picture.ts'
import { Avatar } from '../../ui/Avatar.tsx'

type PersonAvatarProps = Pick<ComponentProps<typeof Avatar>, 'name' | 'size'> & { id: UserId }

/** The avatar of a person, with their photo. */
export function PersonAvatar(props: PersonAvatarProps) {
  return <Avatar {...props} picture={usePersonPicture(props.id)} />
}
