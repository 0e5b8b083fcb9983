import clsx from 'clsx'
import { Fragment, type ReactNode } from 'react'
import type { Block, Inline } from '#shared/domain/rich-text.ts'
import type { Sender } from '#shared/messages/describe-body.ts'
import { EVERYONE, markedWithNames, type Mentioned } from '#shared/messages/mentions.ts'
import { linkProps } from '../link/link-props.ts'
import styles from './RichText.module.css'

/** What a part of a text needs, wherever it is. */
interface TextContext {
  onLink: (url: string) => void
  sender: Sender
}

interface RichTextProps extends TextContext {
  blocks: readonly Block[]
  /** Placed at the end of the last paragraph, or below the last block if that is not a paragraph. */
  tail: ReactNode
}

/** Renders the formatting of a message. Each block has its own text direction. */
export function RichText({ blocks, tail, ...context }: RichTextProps) {
  const last = blocks.at(-1)
  const tailInline = last?.kind === 'paragraph'
  return (
    <>
      {blocks.map((block, index) => (
        // The blocks of a text never change, so the index is a stable key.
        <BlockView key={index} block={block} {...context} tail={block === last && tailInline ? tail : null} />
      ))}
      {!tailInline && <div className={styles['tailLine']}>{tail}</div>}
    </>
  )
}

interface BlockViewProps extends TextContext {
  block: Block
  tail: ReactNode
}

function BlockView({ block, tail, ...context }: BlockViewProps) {
  const inlines = (children: readonly Inline[]): ReactNode => <Inlines inlines={children} {...context} />
  switch (block.kind) {
    case 'code':
      return (
        <pre className={styles['block']} dir="ltr" tabIndex={-1}>
          <code>{markedWithNames(block.text, context.sender.mentionName)}</code>
        </pre>
      )
    case 'bullets':
      return (
        <ul className={styles['list']} dir="auto">
          {block.items.map((item, index) => (
            <li key={index}>{inlines(item)}</li>
          ))}
        </ul>
      )
    case 'numbers':
      return (
        <ol className={styles['list']} dir="auto">
          {block.items.map((item, index) => (
            <li key={index} value={item.number}>
              {inlines(item.children)}
            </li>
          ))}
        </ol>
      )
    case 'quote':
    case 'paragraph': {
      const Tag = block.kind === 'quote' ? 'blockquote' : 'p'
      return (
        <Tag className={styles[block.kind]} dir="auto" data-shrinks>
          {block.lines.map((line, index) => (
            <Fragment key={index}>
              {index > 0 && '\n'}
              {inlines(line)}
            </Fragment>
          ))}
          {tail}
        </Tag>
      )
    }
  }
}

function Inlines({ inlines, ...context }: TextContext & { inlines: readonly Inline[] }) {
  return inlines.map((inline, index) => <InlineView key={index} inline={inline} {...context} />)
}

function InlineView({ inline, ...context }: TextContext & { inline: Inline }) {
  switch (inline.kind) {
    case 'text':
      return inline.text
    case 'code':
      return (
        <code className={styles['code']}>{markedWithNames(inline.text, context.sender.mentionName)}</code>
      )
    case 'link':
      return <Link text={inline.text} url={inline.url} onLink={context.onLink} />
    case 'mention':
      return <MentionView who={inline.who} sender={context.sender} />
    case 'bold':
      return (
        <strong>
          <Inlines inlines={inline.children} {...context} />
        </strong>
      )
    case 'italic':
      return (
        <em>
          <Inlines inlines={inline.children} {...context} />
        </em>
      )
    case 'strike':
      return (
        <s>
          <Inlines inlines={inline.children} {...context} />
        </s>
      )
  }
}

/** The name that the reader knows. A mention of the reader or of everyone by someone else is highlighted. */
function MentionView({ who, sender }: { who: Mentioned; sender: Sender }) {
  const ofReader = !sender.own && (who === EVERYONE || sender.nameOf(who) === null)
  return (
    <bdi className={clsx(styles['mention'], ofReader && styles['ofReader'])}>@{sender.mentionName(who)}</bdi>
  )
}

function Link({ text, url, onLink }: { text: string; url: string; onLink: (url: string) => void }) {
  return (
    <a className={styles['link']} {...linkProps(url, onLink)}>
      <bdi>{text}</bdi>
    </a>
  )
}
