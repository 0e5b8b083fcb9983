import { Tokenizer, type TokenizerCallbacks } from 'htmlparser2'
import { displayLine, isBlank } from '#shared/domain/display-text.ts'
import { LINK_LIMITS } from '#shared/messages/link-preview.ts'

/** Title, description and image that a page names in its head. */
export interface PageHead {
  title: string
  /** Empty: the page has none. */
  description: string
  /** URL, as the page writes it. */
  image: string | undefined
}

/** The names of `<meta>`, the best first. */
const NAMES = {
  title: ['og:title', 'twitter:title'],
  description: ['og:description', 'twitter:description', 'description'],
  image: ['og:image:secure_url', 'og:image', 'og:image:url', 'twitter:image', 'twitter:image:src'],
} as const

/** Undefined when the page has no title. Takes linear time, for any text. */
export function readPageHead(html: string): PageHead | undefined {
  const { meta, title: element } = scan(html)
  const first = (names: readonly string[]): string | undefined =>
    names.map((name) => meta.get(name)).find((content) => content !== undefined && !isBlank(content))
  const title = line(first(NAMES.title) ?? element, LINK_LIMITS.title)
  if (isBlank(title)) return undefined
  const description = line(first(NAMES.description) ?? '', LINK_LIMITS.description)
  return { title, description, image: first(NAMES.image)?.trim() }
}

/** One clean line of at most `limit` UTF-16 code units. */
function line(text: string, limit: number): string {
  const shown = displayLine(text, limit)
  return shown.length <= limit ? shown : `${shown.slice(0, limit - 1).replace(/[\uD800-\uDBFF]$/u, '')}…`
}

/** Collects the `<meta>` elements by their name, and the first `<title>`. Nothing nests here, so no tree is built. */
function scan(html: string): { meta: ReadonlyMap<string, string>; title: string } {
  const meta = new Map<string, string>()
  let tag = ''
  let attributes = new Map<string, string>()
  let attribute = ''
  let value = ''
  let title: string | undefined
  let inTitle = false

  function endTag(): void {
    if (tag === 'title' && title === undefined) {
      inTitle = true
      title = ''
    }
    if (tag !== 'meta') return
    const name = (attributes.get('property') ?? attributes.get('name') ?? '').toLowerCase()
    const content = attributes.get('content')
    if (content !== undefined && !meta.has(name)) meta.set(name, content)
  }
  function addToTitle(text: string): void {
    if (inTitle) title = (title ?? '') + text
  }
  const nothing = (): void => undefined
  const callbacks: TokenizerCallbacks = {
    onopentagname(start, end) {
      tag = html.slice(start, end).toLowerCase()
      attributes = new Map()
    },
    onattribname(start, end) {
      attribute = html.slice(start, end).toLowerCase()
      value = ''
    },
    onattribdata(start, end) {
      value += html.slice(start, end)
    },
    onattribentity(code) {
      value += String.fromCodePoint(code)
    },
    onattribend() {
      if (!attributes.has(attribute)) attributes.set(attribute, value)
    },
    onopentagend: endTag,
    onselfclosingtag: endTag,
    ontext: (start, end) => addToTitle(html.slice(start, end)),
    ontextentity: (code) => addToTitle(String.fromCodePoint(code)),
    onclosetag() {
      inTitle = false
    },
    oncdata: nothing,
    oncomment: nothing,
    ondeclaration: nothing,
    onprocessinginstruction: nothing,
    onend: nothing,
  }
  const tokenizer = new Tokenizer({}, callbacks)
  tokenizer.write(html)
  tokenizer.end()
  return { meta, title: title ?? '' }
}

/** How far the encoding is searched in a page, in bytes. */
const ENCODING_WITHIN = 1024

/** Decodes a page: by its byte order mark, else by the header, else by its own `<meta>`, else as UTF-8. */
export function decodePage(bytes: Buffer, type: string): string {
  const head = bytes.toString('latin1', 0, ENCODING_WITHIN)
  return decoderFor(markOf(bytes) ?? charsetIn(type) ?? charsetIn(metaIn(head))).decode(bytes)
}

function markOf(bytes: Buffer): string | undefined {
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 'utf-8' : undefined
}

function metaIn(head: string): string {
  return /<meta[^>]{1,300}charset[^>]*/iu.exec(head)?.[0] ?? ''
}

function charsetIn(text: string): string | undefined {
  return /charset\s{0,9}=\s{0,9}["']?([\w.:-]{1,40})/iu.exec(text)?.[1]
}

/** An encoding that nobody knows is taken for UTF-8. */
function decoderFor(label = 'utf-8'): TextDecoder {
  try {
    return new TextDecoder(label)
  } catch {
    return new TextDecoder()
  }
}
