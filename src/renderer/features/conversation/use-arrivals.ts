import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { displayLine } from '#shared/domain/display-text.ts'
import type { UserId } from '#shared/domain/ids.ts'
import { type Message, PREVIEW_LIMIT } from '#shared/domain/message.ts'
import { arrivedMessages } from './scroll.ts'

/** What to say to a screen reader of the newest arrivals in the open chat. */
export function useArrivals(messages: readonly Message[], me: UserId, senderName: string): string {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const known = useRef(messages)
  useEffect(() => {
    const arrived = arrivedMessages(known.current, messages, me)
    known.current = messages
    const only = arrived.length === 1 ? arrived[0] : undefined
    if (only?.body?.kind === 'text') {
      setText(
        t('conversation.arrived', { name: senderName, text: displayLine(only.body.text, PREVIEW_LIMIT) }),
      )
    } else if (arrived.length > 0) {
      setText(t('conversation.arrivedMany', { count: arrived.length }))
    }
  }, [messages, me, senderName, t])
  return text
}
