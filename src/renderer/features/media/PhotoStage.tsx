import { type Ref, useImperativeHandle, useRef, useState } from 'react'
import type { Message } from '#shared/messages/envelope.ts'
import type { BodyOf } from '#shared/messages/kinds/index.ts'
import { useMessageFile } from '../../services/media/use-message-file.ts'
import { FilePicture } from '../../ui/media/FilePicture.tsx'
import { FileNotice } from './FileNotice.tsx'
import { useZoom, ZOOM_STEP } from './use-zoom.ts'
import styles from './Viewer.module.css'

export interface StageHandle {
  zoomIn(): void
  zoomOut(): void
  reset(): void
  rotate(): void
}

interface PhotoStageProps {
  ref: Ref<StageHandle>
  message: Message
  body: BodyOf<'photo'>
  /** For screen readers. */
  label: string
}

/** One photo that can be enlarged, moved and turned. */
export function PhotoStage({ ref, message, body, label }: PhotoStageProps) {
  const stage = useRef<HTMLDivElement>(null)
  const [quarters, setQuarters] = useState(0)
  const { view, size, isWhole, zoomBy, reset, handlers } = useZoom(stage, body, quarters % 2 === 1)
  // The person asked for it, so it is downloaded whatever its size.
  const { status, url } = useMessageFile(message, body.file, { auto: 'shown', inView: true })
  const [broken, setBroken] = useState(false)
  useImperativeHandle(ref, () => ({
    zoomIn: () => zoomBy(ZOOM_STEP),
    zoomOut: () => zoomBy(1 / ZOOM_STEP),
    reset,
    rotate() {
      setQuarters((before) => before + 1)
      reset()
    },
  }))
  return (
    <div ref={stage} className={styles['stage']} data-whole={isWhole || undefined} {...handlers}>
      <div
        className={styles['picture']}
        role="img"
        aria-label={label}
        style={{
          width: size.width,
          height: size.height,
          transform: `translate(${String(view.x)}px, ${String(view.y)}px) scale(${String(view.scale)}) rotate(${String(quarters * 90)}deg)`,
        }}
      >
        <FilePicture
          url={broken ? null : url}
          mime={body.file.mime}
          hash={body.hash}
          alt=""
          inView
          fit="contain"
          onBroken={() => setBroken(true)}
        />
      </div>
      <FileNotice message={message} status={status} broken={broken} />
    </div>
  )
}
