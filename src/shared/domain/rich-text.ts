import { LinkifyIt, REBuilder } from 'linkify-it'
import { markAt, withoutMarks, type Mentioned } from '../messages/mentions.ts'
import { isBlank } from './display-text.ts'
import { parseInvite } from './invite.ts'

/*
 * The formatting of a message, parsed to a small tree that the UI renders as elements, never as HTML: *bold*, _italic_, ~strike~,
 * `code` between backticks, code blocks between fences of three, lists, quotes, links and the marks of mentions (toMarkedText). Everything
 * else is plain text. Every input is valid and is parsed in linear time.
 */

export type Inline =
  | { kind: 'text'; text: string }
  /** `text` contains the marks of mentions. */
  | { kind: 'code'; text: string }
  | { kind: 'link'; text: string; url: string }
  | { kind: 'mention'; who: Mentioned }
  | { kind: 'bold' | 'italic' | 'strike'; children: Inline[] }

export type Block =
  /** `lines`: one entry per line of the text. */
  | { kind: 'paragraph' | 'quote'; lines: Inline[][] }
  | { kind: 'bullets'; items: Inline[][] }
  /** `number`: as the sender wrote it before the item. */
  | { kind: 'numbers'; items: { number: number; children: Inline[] }[] }
  /** `text` contains the marks of mentions. */
  | { kind: 'code'; text: string }

const FENCE = '```'

/**
 * Replaces the library's pattern for a label of a host name. In that pattern two alternatives match a label that starts with `xn--`,
 * so a host with n such labels takes 2^n steps. Here only the first alternative matches it.
 */
class UnambiguousDomain extends REBuilder {
  override get_domain(): RegExp {
    const letter = this.get_pseudo_letter().source
    const other = `(?!xn--)${letter}(?:(?:-|${letter}){0,61}${letter})?`
    return (this.cache['src_domain'] ??= new RegExp(`(?:${this.get_xn().source}|${other})`))
  }
}

const linkify = new LinkifyIt({
  fuzzyLink: true,
  fuzzyEmail: true,
  maxLength: 4096,
  rebuilder: new UnambiguousDomain(),
})

/** Only the form of invite links that has no domain. */
linkify.add('perch:', {
  validate: (text, at) =>
    /^\/\/join\/[A-Za-z0-9]{20}\/[0-9a-f]{32}(?![\w-])/.exec(text.slice(at, at + 64))?.[0].length ?? 0,
})

/**
 * Parses a message. Call `displayText` first to clean it. Drops blank lines at the start and end. Outside of code blocks, several
 * blank lines become one. Returns no block for a text without a visible character.
 */
export function parseRichText(whole: string): Block[] {
  if (isBlank(whole)) return []
  const lastLineEnd = whole.indexOf('\n', whole.trimEnd().length)
  const text = (lastLineEnd === -1 ? whole : whole.slice(0, lastLineEnd)).replace(/^(?:[^\S\n]*\n)+/u, '')
  const blocks: Block[] = []
  let textFrom = 0
  let open = text.indexOf(FENCE)
  while (open !== -1) {
    const close = text.indexOf(FENCE, open + FENCE.length)
    if (close === -1) break
    const code = text.slice(open + FENCE.length, close)
    if (code.trim() === '') {
      open = close
      continue
    }
    // A line break directly before or after a fence belongs to the fence.
    addLines(text.slice(textFrom, open).replace(/\n$/u, ''), blocks)
    blocks.push({ kind: 'code', text: code.replace(/^\n|\n$/gu, '') })
    textFrom = close + FENCE.length
    if (text[textFrom] === '\n') textFrom += 1
    open = text.indexOf(FENCE, textFrom)
  }
  addLines(text.slice(textFrom), blocks)
  return blocks
}

const QUOTE = /^> +(?=\S)/u
const BULLET = /^- +(?=\S)/u
const NUMBER = /^(\d{1,9})\. +(?=\S)/u

function addLines(text: string, blocks: Block[]): void {
  if (text === '') return
  const lines = text
    .split('\n')
    .filter((line, index, all) => line.trim() !== '' || all[index - 1]?.trim() !== '')
  for (const line of lines) addLine(line, blocks)
}

function addLine(line: string, blocks: Block[]): void {
  const last = blocks.at(-1)
  const number = NUMBER.exec(line)
  if (number !== null) {
    const item = { number: Number(number[1]), children: parseInline(line.slice(number[0].length)) }
    if (last?.kind === 'numbers') last.items.push(item)
    else blocks.push({ kind: 'numbers', items: [item] })
    return
  }
  const bullet = BULLET.exec(line)
  if (bullet !== null) {
    const item = parseInline(line.slice(bullet[0].length))
    if (last?.kind === 'bullets') last.items.push(item)
    else blocks.push({ kind: 'bullets', items: [item] })
    return
  }
  const quote = QUOTE.exec(line)
  const kind = quote === null ? 'paragraph' : 'quote'
  const children = parseInline(line.slice(quote?.[0].length ?? 0))
  if (last?.kind === kind) last.lines.push(children)
  else blocks.push({ kind, lines: [children] })
}

const MARKS = { '*': 'bold', _: 'italic', '~': 'strike' } as const
type Mark = keyof typeof MARKS

const isMark = (char: string | undefined): char is Mark => char === '*' || char === '_' || char === '~'
const isSpace = (char: string | undefined): boolean => char === undefined || /\s/u.test(char)
const isWord = (char: string | undefined): boolean => char !== undefined && /[\p{L}\p{N}\p{M}]/u.test(char)

/** An open mark and its content so far. */
interface Frame {
  mark: Mark
  children: Inline[]
}

/** Parses one line. A mark opens at the start of a word and closes at the end of a word. A mark cannot be inside itself. */
export function parseInline(line: string): Inline[] {
  const links = findLinks(line)
  const root: Inline[] = []
  // At most one frame per mark, so at most three. This limits the work of each step below.
  const frames: Frame[] = []
  let nextLink = 0
  let textFrom = 0
  let at = 0

  const currentChildren = (): Inline[] => frames.at(-1)?.children ?? root
  const flushText = (): void => addText(currentChildren(), line.slice(textFrom, at))
  const skipTo = (position: number): void => {
    at = position
    textFrom = position
  }
  /** Removes the innermost frame because it is not formatting: its mark becomes text. */
  const dropFrame = (): void => {
    const frame = frames.pop()
    if (frame === undefined) return
    addText(currentChildren(), frame.mark)
    for (const child of frame.children) addInline(currentChildren(), child)
  }

  while (at < line.length) {
    const link = links[nextLink]
    if (link !== undefined && link.from < at) {
      nextLink += 1
      continue
    }
    if (link !== undefined && link.from === at) {
      flushText()
      currentChildren().push({ kind: 'link', text: link.text, url: link.url })
      skipTo(link.to)
      continue
    }
    const mention = markAt(line, at)
    if (mention !== undefined) {
      flushText()
      currentChildren().push({ kind: 'mention', who: mention.who })
      skipTo(mention.end)
      continue
    }
    const char = line[at]
    const isSingle = line[at - 1] !== char && line[at + 1] !== char
    if (char === '`' && isSingle) {
      const close = findSingleBacktick(line, at + 1)
      if (close === -1) {
        at += 1
        continue
      }
      flushText()
      currentChildren().push({ kind: 'code', text: line.slice(at + 1, close) })
      skipTo(close + 1)
      continue
    }
    if (!isMark(char) || !isSingle) {
      at += 1
      continue
    }
    const opened = frames.some((frame) => frame.mark === char)
    const closes = opened && !isSpace(line[at - 1]) && !isWord(line[at + 1])
    const opens = !opened && !isWord(line[at - 1]) && !isSpace(line[at + 1])
    if (closes) {
      flushText()
      while (frames.at(-1)?.mark !== char) dropFrame()
      const frame = frames.pop()
      if (frame !== undefined) currentChildren().push({ kind: MARKS[char], children: frame.children })
      skipTo(at + 1)
    } else if (opens) {
      flushText()
      frames.push({ mark: char, children: [] })
      skipTo(at + 1)
    } else {
      at += 1
    }
  }
  flushText()
  while (frames.length > 0) dropFrame()
  return root
}

/**
 * Returns the index of the next single backtick, or -1. After -1 the line has no further single backtick, so the caller does not search it
 * again, and parsing stays linear.
 */
function findSingleBacktick(line: string, from: number): number {
  let at = line.indexOf('`', from)
  while (at !== -1 && line[at + 1] === '`') {
    let end = at + 1
    while (line[end] === '`') end += 1
    at = line.indexOf('`', end)
  }
  return at
}

function addText(to: Inline[], text: string): void {
  if (text !== '') addInline(to, { kind: 'text', text })
}

/** Adds an inline. Merges adjacent texts. */
function addInline(to: Inline[], inline: Inline): void {
  const last = to.at(-1)
  if (inline.kind === 'text' && last?.kind === 'text')
    to[to.length - 1] = { ...last, text: last.text + inline.text }
  else to.push(inline)
}

interface FoundLink {
  from: number
  to: number
  text: string
  url: string
}

/** Every link has one of these. Most texts have none, and are spared the search. */
const PART_OF_LINK = /\S(?:\.|@|:\/\/)\S/u

/** Returns the http, https, mailto and invite links, in order. A link without a scheme becomes https. */
function findLinks(line: string): FoundLink[] {
  if (!PART_OF_LINK.test(line)) return []
  const found: FoundLink[] = []
  for (const match of linkify.match(withoutMarks(line)) ?? []) {
    // A closing mark directly after a link is not part of the link.
    const raw = match.raw.replace(/[*_~]+$/u, '')
    const href = match.schema === 'mailto:' ? `mailto:${raw.replace(/^mailto:/iu, '')}` : raw
    const url = URL.parse(match.schema === '' ? `https://${raw}` : href)
    if (url === null || !isOpened(url)) continue
    found.push({ from: match.index, to: match.index + raw.length, text: linkText(raw, url), url: url.href })
  }
  return found
}

function isOpened({ protocol, href }: URL): boolean {
  return ['http:', 'https:', 'mailto:'].includes(protocol) || parseInvite(href, undefined) !== null
}

/** Returns the link as written. A non-ASCII host is shown in ASCII, because its letters can look like Latin letters. */
function linkText(raw: string, url: URL): string {
  const host = /^(?:[a-z]+:\/\/)?([^/?#]*)/iu.exec(raw)?.[1] ?? ''
  const isAscii = url.protocol === 'mailto:' ? /^[\x20-\x7E]*$/u.test(raw) : /^[\x20-\x7E]*$/u.test(host)
  return isAscii ? raw : url.href
}

/**
 * Every emoji has one of these. The class of all emoji takes the engine many milliseconds to compile when it is first used, so texts
 * without any must not reach it.
 */
const PART_OF_EMOJI = /[\p{Extended_Pictographic}\p{RI}\u20E3]/u

/** Returns how many emoji the text consists of: one to three. Returns 0 for a longer text, or one with anything else. */
export function fewEmoji(text: string): number {
  if (text.length > 100 || !PART_OF_EMOJI.test(text)) return 0
  if (!/^\s*(?:\p{RGI_Emoji}\s*){1,3}$/v.test(text)) return 0
  return text.match(/\p{RGI_Emoji}/gv)?.length ?? 0
}
