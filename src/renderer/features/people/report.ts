import type { TFunction } from 'i18next'
import { displayText } from '#shared/domain/display-text.ts'
import { copyTextOf } from '#shared/messages/body.ts'
import type { Message } from '#shared/messages/envelope.ts'

/** The report quotes at most this many messages, and this many characters of each. */
const QUOTED_MESSAGES = 5
const QUOTED_CHARACTERS = 300
/** Windows opens no longer links. */
const MAIL_LINK_LIMIT = 2000

export interface ReportFacts {
  /** Who or what is reported, with the id by which the operators of the service find it. */
  subject: string
  reporter: string
  /** What the person typed; may be empty. */
  reason: string
  /** The messages on this device, oldest first. */
  messages: readonly Message[]
  nameOf: (senderId: Message['senderId']) => string
}

/** The report as text: who reports whom, why, and the newest messages. */
export function composeReport(
  t: TFunction,
  { subject, reporter, reason, messages, nameOf }: ReportFacts,
): string {
  const quoted = messages.flatMap(({ senderId, sentAt, body }) => {
    const text = copyTextOf(body, () => null)
    if (text === null) return []
    const at = sentAt === null ? '' : new Date(sentAt).toISOString()
    return [`[${at}] ${nameOf(senderId)} (${senderId}): ${displayText(text, QUOTED_CHARACTERS)}`]
  })
  const lines = [
    t('report.subject', { subject }),
    t('report.reporter', { reporter }),
    ...(reason.trim() === '' ? [] : ['', reason.trim()]),
    ...(quoted.length === 0 ? [] : ['', t('report.messages'), ...quoted.slice(-QUOTED_MESSAGES)]),
  ]
  return lines.join('\n')
}

/**
 * A link that opens a mail with the report. A long report does not fit: `paste` then says to paste it. `address` is from the
 * configuration, so it has no characters that a link must encode.
 */
export function mailLink(address: string, mail: { title: string; report: string; paste: string }): string {
  const link = (body: string): string =>
    `mailto:${address}?subject=${encodeURIComponent(mail.title)}&body=${encodeURIComponent(body)}`
  const whole = link(mail.report)
  return whole.length <= MAIL_LINK_LIMIT ? whole : link(mail.paste)
}
