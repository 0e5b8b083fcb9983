import { thumbHashToDataURL } from 'thumbhash'

/** Pictures that are kept. The oldest goes first. */
const MAX_PICTURES = 1000
/** A shorter hash has no colours. */
const MIN_BYTES = 5

const pictures = new Map<string, string | null>()

/** The blurred picture of a thumbhash as a `data:` URL. Null for one that cannot be read, or is missing (empty). */
export function thumbhashUrl(hash: string): string | null {
  const known = pictures.get(hash)
  if (known !== undefined) return known
  const url = decode(hash)
  const oldest = pictures.keys().next().value
  if (pictures.size >= MAX_PICTURES && oldest !== undefined) pictures.delete(oldest)
  pictures.set(hash, url)
  return url
}

/** The sender made the hash up: it may be anything that the schema of a message allows. */
function decode(hash: string): string | null {
  try {
    const bytes = Uint8Array.from(atob(hash), (character) => character.charCodeAt(0))
    return bytes.length < MIN_BYTES ? null : thumbHashToDataURL(bytes)
  } catch {
    return null
  }
}
