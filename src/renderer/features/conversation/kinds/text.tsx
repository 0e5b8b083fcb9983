import clsx from 'clsx'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { displayText } from '#shared/domain/display-text.ts'
import { fewEmoji, parseRichText } from '#shared/domain/rich-text.ts'
import { shownLink } from '#shared/domain/text-links.ts'
import { TEXT_LIMIT } from '#shared/messages/kinds/text.ts'
import {
  fromMarkedText,
  readMentions,
  toMarkedText,
  type MentioningText,
  type MentionName,
} from '#shared/messages/mentions.ts'
import { BlockBody, Placeholder, TextButton, TextTail } from '../BubbleFrame.tsx'
import { CARD_PX, LinkCard } from '../link/LinkCard.tsx'
import type { BodyProps, KindView } from './kind.ts'
import { RichText } from './RichText.tsx'
import { estimateHeight, isLong, startsRightToLeft } from './text-layout.ts'
import styles from './text.module.css'

/** Text with mentions, of a message or of a caption. */
export type TextBodyProps = Omit<BodyProps<'text'>, 'body'> & { body: MentioningText }

export function TextBody({ message, body, sender, expanded, actions, meta }: TextBodyProps) {
  const { t } = useTranslation()
  const { text: written, mentions } = body
  const { mentionName } = sender
  const { blocks, emoji, long, rightToLeft } = useMemo(() => {
    const marked = markedText({ text: written, mentions }, mentionName)
    const shown = fromMarkedText(marked).text
    return {
      blocks: parseRichText(marked),
      emoji: fewEmoji(shown),
      long: isLong(shown),
      rightToLeft: startsRightToLeft(shown),
    }
  }, [written, mentions, mentionName])
  // Whether the time is in the last line of the text. Otherwise it is below: right-to-left text ends at the other side, the end of a
  // folded text is hidden, and large emoji have no bubble.
  const isRunning = !rightToLeft && !long && emoji === 0
  if (blocks.length === 0) return <Placeholder text={t('message.empty')} meta={meta} />
  const text = (
    <div
      className={clsx(
        styles['text'],
        emoji > 0 && styles['emoji'],
        emoji === 1 && styles['single'],
        long && !expanded && styles['folded'],
      )}
    >
      <RichText
        blocks={blocks}
        onLink={actions.openLink}
        sender={sender}
        tail={isRunning ? <TextTail meta={meta} /> : null}
      />
    </div>
  )
  if (isRunning) return text
  const action = long && (
    <TextButton expanded={expanded} onClick={() => actions.toggleExpanded(message.id)}>
      {t(expanded ? 'conversation.showLess' : 'conversation.showMore')}
    </TextButton>
  )
  return (
    <BlockBody meta={meta} action={action}>
      {text}
    </BlockBody>
  )
}

/** The cleaned text with a mark for each mention that is shown by name. */
function markedText(body: MentioningText, mentionName: MentionName): string {
  const mentions = readMentions(body).filter(({ who }) => mentionName(who) !== null)
  // The marks are longer than the parts that they replace.
  return displayText(
    toMarkedText({ text: body.text, mentions }, () => '@'),
    2 * TEXT_LIMIT,
  )
}

/** The preview of its link is above the text. */
function TextMessageBody({ body, ...props }: BodyProps<'text'>) {
  const link = useMemo(() => shownLink(body), [body])
  return (
    <>
      {link !== undefined && <LinkCard link={link} onLink={props.actions.openLink} />}
      <TextBody {...props} body={body} />
    </>
  )
}

export const text: KindView<'text'> = {
  Body: TextMessageBody,
  frame: (body) => (fewEmoji(body.text) > 0 ? 'bare' : 'bubble'),
  estimateHeight: (body) => estimateHeight(body.text) + (body.link === undefined ? 0 : CARD_PX),
}
