import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { displayName, personTitle } from '#shared/domain/display-text.ts'
import type { ChatId, UserId } from '#shared/domain/ids.ts'
import { NAME_LIMIT } from '#shared/domain/person.ts'
import type { Sender } from '#shared/messages/describe-body.ts'
import { mentionNames } from '#shared/messages/mentions.ts'
import { useAppStore } from '../../stores/use-app-store.ts'

/** The names of people in the texts of a message. */
export type TextNames = Pick<Sender, 'nameOf' | 'mentionName'>

interface Names {
  /** The name of a person; never empty. */
  senderOf: (userId: UserId) => string
  names: TextNames
}

/** The names of the people in a conversation. The functions change only when a person or the members change. */
export function useNames(chatId: ChatId, me: UserId): Names {
  const { t } = useTranslation()
  const people = useAppStore((state) => state.people)
  const kind = useAppStore((state) => state.chats.get(chatId)?.kind)
  const memberIds = useAppStore((state) => state.chats.get(chatId)?.memberIds)
  const ownName = useAppStore((state) => state.account?.profile?.displayName ?? '')
  return useMemo(() => {
    // The list asks for each row on every render.
    const known = new Map<UserId, string>()
    const senderOf = (userId: UserId): string => {
      const name = known.get(userId) ?? (titleOf(userId) || t('app.unknownPerson'))
      known.set(userId, name)
      return name
    }
    const titleOf = (userId: UserId): string =>
      userId === me ? displayName(ownName, NAME_LIMIT) : personTitle(people.get(userId))
    const chat = kind && memberIds && { kind, memberIds }
    return {
      senderOf,
      names: {
        nameOf: (userId) => (userId === me ? null : senderOf(userId)),
        mentionName: mentionNames(chat, senderOf, t('mention.everyone')),
      },
    }
  }, [people, kind, memberIds, ownName, me, t])
}
