import Maximize2 from 'lucide-react/icons/maximize-2'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useOneSound } from '../../../services/voice/use-playback.ts'
import { IconButton } from '../../../ui/IconButton.tsx'
import styles from './VideoPlayer.module.css'

interface VideoPlayerProps {
  url: string
  onOpenViewer: () => void
}

/** Plays a video in its bubble, with the browser's controls. */
export function VideoPlayer({ url, onOpenViewer }: VideoPlayerProps) {
  const { t } = useTranslation()
  const video = useRef<HTMLVideoElement>(null)
  const { onPlay } = useOneSound(video)
  const [broken, setBroken] = useState(false)
  // The button that started the video had the focus.
  useEffect(() => video.current?.focus({ preventScroll: true }), [])

  if (broken)
    return (
      <p className={styles['broken']} role="status">
        {t('player.failure.unplayable')}
      </p>
    )
  return (
    <>
      {/* oxlint-disable-next-line jsx-a11y/media-has-caption -- people send videos without subtitles */}
      <video
        ref={video}
        className={styles['video']}
        src={url}
        aria-label={t('message.video')}
        controls
        autoPlay
        playsInline
        disablePictureInPicture
        controlsList="nodownload nofullscreen noremoteplayback"
        onPlay={onPlay}
        onError={() => setBroken(true)}
        // The keys of the video must not move in the list.
        onKeyDown={(event) => event.key !== 'Tab' && event.key !== 'Escape' && event.stopPropagation()}
      />
      <IconButton
        className={styles['expand']}
        label={t('player.openViewer')}
        onClick={() => {
          video.current?.pause()
          onOpenViewer()
        }}
      >
        <Maximize2 size={16} aria-hidden />
      </IconButton>
    </>
  )
}
