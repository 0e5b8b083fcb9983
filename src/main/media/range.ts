/** The part of a file that a request asks for: first and last byte. `whole`: the header asks for none, or is not understood. */
export type Range = { start: number; end: number } | 'whole' | 'unsatisfiable'

/** Parses the header `Range` of a request for a file of `size` bytes (RFC 9110, 14.2). Several ranges count as not understood. */
export function parseRange(header: string | null, size: number): Range {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '')
  const [, first = '', last = ''] = match ?? []
  if (first === '' && last === '') return 'whole'
  if (first === '') {
    const length = Math.min(Number(last), size)
    return length === 0 ? 'unsatisfiable' : { start: size - length, end: size - 1 }
  }
  const start = Number(first)
  const end = last === '' ? size - 1 : Math.min(Number(last), size - 1)
  if (last !== '' && Number(last) < start) return 'whole'
  return start < size ? { start, end } : 'unsatisfiable'
}
