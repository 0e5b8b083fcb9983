import { useMemo } from 'react'
import { personTitle } from '#shared/domain/display-text.ts'
import type { ChatId, UserId } from '#shared/domain/ids.ts'
import { receiptMembers, typingUntil } from '#shared/domain/receipts.ts'
import type { AppState } from '../../stores/app-store.ts'
import { messagesOf } from '../../stores/messages.ts'
import { useAppStore } from '../../stores/use-app-store.ts'

/** Messages of the open chat that can end the typing of their sender: typing lasts only some seconds. */
const RECENT = 20

export interface Typist {
  /** Empty while no name is known. */
  name: string
  /** When typing ends, if it is not renewed (ms by the local clock). */
  until: number
}

/** Returns who types in a chat, as far as this device knows, also those whose time is over. Blocked people are left out. */
export function useTypists(chatId: ChatId, me: UserId): readonly Typist[] {
  const typing = useAppStore((state) => typingIn(state, chatId, me))
  const names = useAppStore(({ people }) => [...typing.keys()].map((id) => personTitle(people.get(id))))
  const clockOffset = useAppStore((state) => state.clockOffset)
  return useMemo(
    () =>
      [...typing.values()].map((until, index) => ({ name: names[index] ?? '', until: until - clockOffset })),
    [typing, names, clockOffset],
  )
}

const nobody: ReadonlyMap<UserId, number> = new Map()

function typingIn(state: AppState, chatId: ChatId, me: UserId): ReadonlyMap<UserId, number> {
  const { activities, chats, conversation, messages, people } = state
  const known = activities.get(chatId)?.filter((activity) => activity.typingUntil !== null) ?? []
  const chat = chats.get(chatId)
  if (chat === undefined || known.length === 0) return nobody
  const members = receiptMembers(chat, people, me).filter((id) => people.get(id)?.blocked !== true)
  const isOpen = conversation?.chatId === chatId
  const recent = isOpen ? messagesOf(messages, conversation.keys.slice(-RECENT)) : []
  return typingUntil(members, known, chat.last === null ? recent : [...recent, chat.last])
}
