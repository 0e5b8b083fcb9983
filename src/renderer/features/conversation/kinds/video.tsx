import { useMemo, useState } from 'react'
import { useServices } from '../../../services/use-services.ts'
import { photoBox, type Box } from '../../../ui/media/photo-box.ts'
import { Picture } from '../Picture.tsx'
import type { RowActions } from '../use-row-actions.ts'
import { Caption } from './Caption.tsx'
import type { BodyProps, KindView } from './kind.ts'
import { MARGINS_PX } from './photo.tsx'
import { BoxCaption, PictureBox } from './PictureBox.tsx'
import { estimateHeight } from './text-layout.ts'
import { VideoPlayer } from './VideoPlayer.tsx'

function VideoBody({ body, ...props }: BodyProps<'video'>) {
  const { mediaUrl } = useServices()
  const { message, actions } = props
  const [playing, setPlaying] = useState(false)
  // In its bubble a video plays there, not in the viewer.
  const here = useMemo<RowActions>(() => ({ ...actions, view: () => setPlaying(true) }), [actions])
  const isCaptioned = body.text !== undefined
  const { sha256, mime } = body.file
  return (
    <>
      {/* While the video plays, its controls are where the time was. */}
      <PictureBox {...boxOf(body)} chip={isCaptioned || playing ? null : props.meta}>
        {playing ? (
          <VideoPlayer url={mediaUrl(sha256, mime)} onOpenViewer={() => actions.view(message)} />
        ) : (
          <Picture message={message} body={body} actions={here} />
        )}
      </PictureBox>
      {isCaptioned && (
        <BoxCaption>
          <Caption {...props} body={body} />
        </BoxCaption>
      )}
    </>
  )
}

function boxOf({ width, height, text }: BodyProps<'video'>['body']): Box {
  return photoBox({ width, height }, { captioned: text !== undefined })
}

export const video: KindView<'video'> = {
  Body: VideoBody,
  frame: () => 'picture',
  estimateHeight: (body) =>
    boxOf(body).height + (body.text === undefined ? MARGINS_PX : estimateHeight(body.text)),
}
