import { BlockBody } from '../BubbleFrame.tsx'
import { TextBody, type TextBodyProps } from './text.tsx'

interface CaptionProps extends Omit<TextBodyProps, 'body'> {
  body: { text?: string | undefined; mentions?: string | undefined }
}

/** The words under a file, as in a text message. Without words only the time and ticks. */
export function Caption({ body: { text, mentions }, ...props }: CaptionProps) {
  if (text === undefined) return <BlockBody meta={props.meta}>{null}</BlockBody>
  return <TextBody {...props} body={{ text, mentions }} />
}
