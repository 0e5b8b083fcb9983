import { constants } from 'node:os'
import { z } from 'zod'
import { DETAILS_MARK } from '../log/log-mask.ts'

/*
 * What of the log goes into a diagnostics file. The mask of the log (log-mask.ts) hides what looks private; here only what is known to
 * be harmless stays: the fixed text of each event, and the words of a finite list from its details.
 */

export const logLineSchema = z.strictObject({
  at: z.iso.datetime({ local: true }),
  level: z.enum(['error', 'warn', 'info']),
  event: z.string().max(120),
  words: z.array(z.string().max(40)).max(10),
})
export type LogLine = z.infer<typeof logLineSchema>

const LINE = new RegExp(
  `^\\[(\\d{4}-\\d\\d-\\d\\d) (\\d\\d:\\d\\d:\\d\\d)\\.\\d{3}\\] \\[(error|warn|info)\\]\\s+([^${DETAILS_MARK}]*?) ${DETAILS_MARK}(.*)$`,
  'u',
)
/** The texts of main's events are in the code. Those of the page are names with a dot. */
const EVENT = /^(?:[a-z][a-z .,’]{2,80}|renderer: [a-z]{2,20}(?:\.[a-zA-Z]{2,20}){1,3})$/u
const HIDDEN = '[hidden]'

const ERROR_NAMES = ['Error', 'TypeError', 'RangeError', 'SyntaxError', 'ReferenceError', 'AbortError']
const OWN_NAMES = ['BridgeError', 'StorageError', 'PushServiceError', 'TunnelError', 'BackendError']
const harmless = new Set([...ERROR_NAMES, ...OWN_NAMES, ...Object.keys(constants.errno)])
const SQLITE = /^SQLITE_(?:PERM|BUSY|READONLY|IOERR|CORRUPT|FULL|CANTOPEN|\d{1,3})$/u
const STATUS = /^[1-5]\d\d$/u

/** Returns the newest lines of a log, oldest first. Lines that are no beginning of an entry, such as those of a stack, are left out. */
export function readLogLines(text: string, limit: number): LogLine[] {
  return text
    .split('\n')
    .flatMap((line) => readLine(line) ?? [])
    .slice(-limit)
}

function readLine(line: string): LogLine | undefined {
  const [, day, time, level, event = '', details = ''] = LINE.exec(line) ?? []
  return logLineSchema.safeParse({
    at: `${day ?? ''}T${time ?? ''}`,
    level,
    event: EVENT.test(event) ? event : HIDDEN,
    words: wordsOf(details),
  }).data
}

function wordsOf(details: string): string[] {
  const words = details.split(/[^A-Za-z0-9_]+/u)
  const known = words.filter(
    (word, index) =>
      harmless.has(word) || SQLITE.test(word) || (STATUS.test(word) && words[index - 1] === 'status'),
  )
  return [...new Set(known)].slice(0, 10)
}
