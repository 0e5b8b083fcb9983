import type { Message } from '#shared/messages/envelope.ts'

export interface Month {
  /** `2026-11` */
  key: string
  title: string
  messages: Message[]
}

/** Groups messages, newest first, by the month in which they were sent. One without a time yet belongs to this month. */
export function byMonth(
  messages: readonly Message[],
  { now, clockOffset, locale }: { now: number; clockOffset: number; locale: string },
): Month[] {
  const months: Month[] = []
  const format = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric' })
  for (const message of messages) {
    const at = new Date(message.sentAt === null ? now : message.sentAt - clockOffset)
    const key = `${String(at.getFullYear())}-${String(at.getMonth() + 1).padStart(2, '0')}`
    const last = months.at(-1)
    if (last?.key === key) last.messages.push(message)
    else months.push({ key, title: format.format(at), messages: [message] })
  }
  return months
}
