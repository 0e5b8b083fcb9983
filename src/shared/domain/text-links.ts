import type { BodyOf } from '../messages/kinds/index.ts'
import { LINK_LIMITS, type LinkPreview } from '../messages/link-preview.ts'
import { TEXT_LIMIT } from '../messages/kinds/text.ts'
import { displayText } from './display-text.ts'
import { parseRichText, type Block, type Inline } from './rich-text.ts'

/* The links of a text, as its bubble shows them. */

type Link = Extract<Inline, { kind: 'link' }>

/** The addresses that the links of a text open, each once, in their order. */
export function linksIn(text: string): string[] {
  return [...new Set(linkParts(text).map(({ url }) => url))]
}

/**
 * The link of which a preview is fetched: the first one whose address is written out, with http:// or https://. Something like
 * `notes.md` becomes a link too, but whoever writes it may mean a file, and no server should learn of that.
 */
export function previewedLink(text: string): string | null {
  const link = linkParts(text).find((part) => /^https?:\/\//iu.test(part.text))
  return link !== undefined && link.url.length <= LINK_LIMITS.url ? link.url : null
}

/** The preview of a text message; undefined if there is none, or if it leads elsewhere than the text. */
export function shownLink({ text, link }: BodyOf<'text'>): LinkPreview | undefined {
  return link !== undefined && linksIn(text).includes(link.url) ? link : undefined
}

function linkParts(text: string): Link[] {
  return parseRichText(displayText(text, TEXT_LIMIT)).flatMap(linesOf).flat().flatMap(linksOfPart)
}

function linesOf(block: Block): Inline[][] {
  switch (block.kind) {
    case 'paragraph':
    case 'quote':
      return block.lines
    case 'bullets':
      return block.items
    case 'numbers':
      return block.items.map(({ children }) => children)
    case 'code':
      return []
  }
}

function linksOfPart(inline: Inline): Link[] {
  if (inline.kind === 'link') return [inline]
  return 'children' in inline ? inline.children.flatMap(linksOfPart) : []
}
