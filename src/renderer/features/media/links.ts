import { displayText } from '#shared/domain/display-text.ts'
import { parseRichText, type Block, type Inline } from '#shared/domain/rich-text.ts'
import type { Message } from '#shared/messages/envelope.ts'
import { TEXT_LIMIT } from '#shared/messages/kinds/text.ts'

/** The links of a text message, each once, in their order. */
export function linksOf({ body }: Pick<Message, 'body'>): string[] {
  if (body?.kind !== 'text') return []
  const urls = parseRichText(displayText(body.text, TEXT_LIMIT)).flatMap(linesOf).flat().flatMap(urlsIn)
  return [...new Set(urls)]
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

function urlsIn(inline: Inline): string[] {
  if (inline.kind === 'link') return [inline.url]
  return 'children' in inline ? inline.children.flatMap(urlsIn) : []
}
