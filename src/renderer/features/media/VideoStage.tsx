import { useRef, useState } from 'react'
import type { Message } from '#shared/messages/envelope.ts'
import type { BodyOf } from '#shared/messages/kinds/index.ts'
import { useOneSound } from '../../services/voice/use-playback.ts'
import { useMessageFile } from '../../services/media/use-message-file.ts'
import { FilePicture } from '../../ui/media/FilePicture.tsx'
import { FileNotice } from './FileNotice.tsx'
import styles from './Viewer.module.css'

interface VideoStageProps {
  message: Message
  body: BodyOf<'video'>
  label: string
}

/** One video, with the browser's controls. */
export function VideoStage({ message, body, label }: VideoStageProps) {
  const { status, url } = useMessageFile(message, body.file, { auto: 'shown', inView: true })
  const video = useRef<HTMLVideoElement>(null)
  const { onPlay } = useOneSound(video)
  const [broken, setBroken] = useState(false)
  const plays = url !== null && !broken
  return (
    <div className={styles['stage']} data-whole>
      {plays ? (
        // oxlint-disable-next-line jsx-a11y/media-has-caption -- people send videos without subtitles
        <video
          ref={video}
          className={styles['video']}
          src={url}
          aria-label={label}
          controls
          controlsList="nodownload noremoteplayback"
          disablePictureInPicture
          onPlay={onPlay}
          onError={() => setBroken(true)}
        />
      ) : (
        <div className={styles['video']}>
          <FilePicture
            url={null}
            mime={body.file.mime}
            hash={body.hash}
            alt=""
            inView
            fit="contain"
            onBroken={() => undefined}
          />
        </div>
      )}
      <FileNotice message={message} status={status} broken={broken} />
    </div>
  )
}
