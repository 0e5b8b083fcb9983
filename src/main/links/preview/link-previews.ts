import type { Result } from '#shared/bridge/index.ts'
import { IMAGE_LIMIT } from '#shared/bridge/preview.ts'
import type { UserId } from '#shared/domain/ids.ts'
import { BridgeError } from '../../bridge/bridge-error.ts'
import { contentTypeOf } from '../../media/file-types.ts'
import { decodePage, readPageHead } from './page-head.ts'
import { openUrl, readBytes, type WebAccess, type WebResponse } from './web-request.ts'

/** For the page, its image, and all redirects together, in ms. */
const TIMEOUT_MS = 5000
/** Limit of the bytes that are read of a page. The head, which has the tags, is at the start. */
const PAGE_LIMIT = 512 * 1024
/** An account gets so many previews in this time, in ms. */
const RATE = { count: 30, within: 60_000 } as const

type Fetched = Result<'preview.fetch'>

export interface LinkPreviews {
  /** Null: there is nothing to show, for whatever reason. Rejects with `refused` when there are too many requests. */
  fetch(account: UserId, url: string): Promise<Fetched>
}

export function createLinkPreviews(access: WebAccess, now: () => number = Date.now): LinkPreviews {
  /** When each account fetched a preview, within the last RATE.within. */
  const fetches = new Map<UserId, number[]>()

  function count(account: UserId): void {
    const recent = (fetches.get(account) ?? []).filter((at) => at > now() - RATE.within)
    if (recent.length >= RATE.count) throw new BridgeError('refused', 'too many previews')
    fetches.set(account, [...recent, now()])
  }

  return {
    async fetch(account, url) {
      count(account)
      const signal = AbortSignal.timeout(TIMEOUT_MS)
      const page = await orNull(fetchPage(url, access, signal))
      if (page === null) return null
      const { head, base } = page
      const image = head.image === undefined ? null : URL.parse(head.image, base)
      return {
        title: head.title,
        description: head.description,
        image: image && (await orNull(fetchImage(image.href, access, signal))),
      }
    },
  }
}

/** Returns null when the work fails. A server that fails is no error of the app, so it is not reported. */
async function orNull<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work
  } catch {
    return null
  }
}

async function fetchPage(url: string, access: WebAccess, signal: AbortSignal) {
  const response = await openUrl(url, 'text/html, application/xhtml+xml', access, signal)
  if (!/^(?:text\/html|application\/xhtml\+xml)\s*(?:;|$)/u.test(response.type)) return stop(response)
  const bytes = await readBytes(response, PAGE_LIMIT, '</head')
  const head = readPageHead(decodePage(bytes, response.type))
  return head === undefined ? null : { head, base: response.url }
}

/** The image is not decoded here, where one mistake of a decoder would be the whole machine: the page does that, in its sandbox. */
async function fetchImage(
  url: string,
  access: WebAccess,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const response = await openUrl(url, 'image/*', access, signal)
  const type = response.type.split(';', 1)[0]?.trim() ?? ''
  if (!type.startsWith('image/')) return stop(response)
  const bytes = await readBytes(response, IMAGE_LIMIT + 1)
  const isWhole = bytes.length <= IMAGE_LIMIT
  return isWhole && contentTypeOf(type, bytes) === type ? new Uint8Array(bytes) : null
}

function stop({ body }: WebResponse): null {
  body.destroy()
  return null
}
