import clsx from 'clsx'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { displayText } from '#shared/domain/display-text.ts'
import { isFewEmoji, parseRichText } from '#shared/domain/rich-text.ts'
import { TEXT_LIMIT } from '#shared/messages/kinds/text.ts'
import { BlockBody, TextButton, TextTail } from '../BubbleFrame.tsx'
import type { BodyProps, KindView } from './kind.ts'
import { RichText } from './RichText.tsx'
import { estimateHeight, isLong, startsRightToLeft } from './text-layout.ts'
import styles from './text.module.css'

function TextBody({ id, body, expanded, actions, meta }: BodyProps<'text'>) {
  const { t } = useTranslation()
  const { blocks, large, long, rightToLeft } = useMemo(() => {
    const shown = displayText(body.text, TEXT_LIMIT)
    return {
      blocks: parseRichText(shown),
      large: isFewEmoji(shown),
      long: isLong(shown),
      rightToLeft: startsRightToLeft(shown),
    }
  }, [body.text])
  // Whether the time is in the last line of the text. Otherwise it is below: right-to-left text ends at the other side, the end of a
  // folded text is hidden, and a line of large emoji is too high.
  const isRunning = !rightToLeft && !long && !large
  const text = (
    <div className={clsx(styles['text'], large && styles['large'], long && !expanded && styles['folded'])}>
      <RichText
        blocks={blocks}
        onLink={actions.openLink}
        tail={isRunning ? <TextTail meta={meta} /> : null}
      />
    </div>
  )
  if (isRunning) return text
  const action = long && (
    <TextButton expanded={expanded} onClick={() => actions.toggleExpanded(id)}>
      {t(expanded ? 'conversation.showLess' : 'conversation.showMore')}
    </TextButton>
  )
  return (
    <BlockBody meta={meta} action={action}>
      {text}
    </BlockBody>
  )
}

export const text: KindView<'text'> = {
  Body: TextBody,
  estimateHeight: (body) => estimateHeight(body.text),
}
