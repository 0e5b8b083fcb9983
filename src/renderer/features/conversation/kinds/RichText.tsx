import { Fragment, type MouseEvent, type ReactNode } from 'react'
import type { Block, Inline } from '#shared/domain/rich-text.ts'
import styles from './RichText.module.css'

interface RichTextProps {
  blocks: readonly Block[]
  onLink: (url: string) => void
  /** Placed at the end of the last paragraph, or below the last block if that is not a paragraph. */
  tail: ReactNode
}

/** Renders the formatting of a message. Each block has its own text direction. */
export function RichText({ blocks, onLink, tail }: RichTextProps) {
  const last = blocks.at(-1)
  const tailInline = last?.kind === 'paragraph'
  return (
    <>
      {blocks.map((block, index) => (
        // The blocks of a text never change, so the index is a stable key.
        <BlockView
          key={index}
          block={block}
          onLink={onLink}
          tail={block === last && tailInline ? tail : null}
        />
      ))}
      {!tailInline && <div className={styles['tailLine']}>{tail}</div>}
    </>
  )
}

interface BlockViewProps {
  block: Block
  onLink: (url: string) => void
  tail: ReactNode
}

function BlockView({ block, onLink, tail }: BlockViewProps) {
  const inlines = (children: readonly Inline[]): ReactNode => <Inlines inlines={children} onLink={onLink} />
  switch (block.kind) {
    case 'code':
      return (
        <pre className={styles['block']} dir="ltr" tabIndex={-1}>
          <code>{block.text}</code>
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

function Inlines({ inlines, onLink }: { inlines: readonly Inline[]; onLink: (url: string) => void }) {
  return inlines.map((inline, index) => <InlineView key={index} inline={inline} onLink={onLink} />)
}

function InlineView({ inline, onLink }: { inline: Inline; onLink: (url: string) => void }) {
  switch (inline.kind) {
    case 'text':
      return inline.text
    case 'code':
      return <code className={styles['code']}>{inline.text}</code>
    case 'link':
      return <Link text={inline.text} url={inline.url} onLink={onLink} />
    case 'bold':
      return (
        <strong>
          <Inlines inlines={inline.children} onLink={onLink} />
        </strong>
      )
    case 'italic':
      return (
        <em>
          <Inlines inlines={inline.children} onLink={onLink} />
        </em>
      )
    case 'strike':
      return (
        <s>
          <Inlines inlines={inline.children} onLink={onLink} />
        </s>
      )
  }
}

function Link({ text, url, onLink }: { text: string; url: string; onLink: (url: string) => void }) {
  const open = (event: MouseEvent): void => {
    event.preventDefault()
    if (event.button < 2) onLink(url)
  }
  return (
    <a className={styles['link']} href={url} title={url} rel="noreferrer" onClick={open} onAuxClick={open}>
      <bdi>{text}</bdi>
    </a>
  )
}
