import { Suspense, useState, type ComponentProps } from 'react'
import type { Photo } from '#shared/domain/photo.ts'
import type { Place } from '#shared/domain/place.ts'
import { useCameraAccess } from '../../services/attach/use-camera-access.ts'
import { lazyPart } from '../../ui/lazy-part.ts'
import { PhotoAvatar } from '../../ui/photo/PhotoAvatar.tsx'

const LargePhoto = lazyPart(async () => (await import('./LargePhoto.tsx')).LargePhoto)

interface DetailsPhotoProps extends Pick<ComponentProps<typeof PhotoAvatar>, 'id' | 'onChange'> {
  /** For display; may be empty, as for an avatar. */
  title: string
  /** For display; never empty. */
  name: string
  place: Place
  photo: Photo | null
}

/** The photo of a person or a group. A click shows it large. */
export function DetailsPhoto({ id, title, name, place, photo, onChange }: DetailsPhotoProps) {
  const [shown, setShown] = useState(false)
  const camera = useCameraAccess()
  return (
    <>
      <PhotoAvatar
        id={id}
        name={title}
        picture={photo?.small ?? null}
        camera={camera}
        onView={() => setShown(true)}
        onChange={onChange}
      />
      {shown && photo !== null && (
        <Suspense>
          <LargePhoto place={place} photo={photo} name={name} onClose={() => setShown(false)} />
        </Suspense>
      )}
    </>
  )
}
