import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { UserId } from '#shared/domain/ids.ts'
import { describeBody } from '#shared/messages/describe-body.ts'
import type { Message } from '#shared/messages/envelope.ts'
import { arrivedMessages } from './scroll.ts'
import type { TextNames } from './use-names.ts'

interface ArrivalOptions {
  senderOf: (userId: UserId) => string
  names: TextNames
  blocked: ReadonlySet<UserId>
}

/** The announcement for screen readers of what has just arrived in the open chat, except from blocked people. */
export function useArrivals(
  messages: readonly Message[],
  me: UserId,
  { senderOf, names, blocked }: ArrivalOptions,
): string {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const known = useRef(messages)
  useEffect(() => {
    const arrived = arrivedMessages(known.current, messages, me).filter(
      ({ senderId }) => !blocked.has(senderId),
    )
    known.current = messages
    const only = arrived.length === 1 ? arrived[0] : undefined
    if (only !== undefined) {
      setText(
        t('conversation.arrived', {
          name: senderOf(only.senderId),
          text: describeBody(t, only.body, { own: false, name: senderOf(only.senderId), ...names }).text,
        }),
      )
    } else if (arrived.length > 0) {
      setText(t('conversation.arrivedMany', { count: arrived.length }))
    }
  }, [messages, me, senderOf, names, blocked, t])
  return text
}
