import { photoBox, type Box } from '../../../ui/media/photo-box.ts'
import { Picture } from '../Picture.tsx'
import { Caption } from './Caption.tsx'
import type { BodyProps, KindView } from './kind.ts'
import { BoxCaption, PictureBox } from './PictureBox.tsx'
import { estimateHeight } from './text-layout.ts'

/** Between the edges of the bubble and the picture, together, in px. */
export const MARGINS_PX = 6

function PhotoBody({ body, ...props }: BodyProps<'photo'>) {
  const isCaptioned = body.text !== undefined
  return (
    <>
      <PictureBox {...boxOf(body)} chip={isCaptioned ? null : props.meta}>
        <Picture message={props.message} body={body} actions={props.actions} />
      </PictureBox>
      {isCaptioned && (
        <BoxCaption>
          <Caption {...props} body={body} />
        </BoxCaption>
      )}
    </>
  )
}

function boxOf({ width, height, text }: BodyProps<'photo'>['body']): Box {
  return photoBox({ width, height }, { captioned: text !== undefined })
}

export const photo: KindView<'photo'> = {
  Body: PhotoBody,
  frame: () => 'picture',
  estimateHeight: (body) =>
    boxOf(body).height + (body.text === undefined ? MARGINS_PX : estimateHeight(body.text)),
}
