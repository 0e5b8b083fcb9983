import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { personTitle } from '#shared/domain/display-text.ts'
import type { UserId } from '#shared/domain/ids.ts'
import { useAppStore } from '../../stores/use-app-store.ts'

interface Names {
  /** The name of a person; never empty. */
  senderOf: (userId: UserId) => string
  /** The same, or null for the reader. */
  nameOf: (userId: UserId) => string | null
}

/** The names of the people in a conversation. The functions change only when a person changes. */
export function useNames(me: UserId): Names {
  const { t } = useTranslation()
  const people = useAppStore((state) => state.people)
  return useMemo(() => {
    // The list asks for each row on every render.
    const known = new Map<UserId, string>()
    const senderOf = (userId: UserId): string => {
      const name = known.get(userId) ?? (personTitle(people.get(userId)) || t('app.unknownPerson'))
      known.set(userId, name)
      return name
    }
    return { senderOf, nameOf: (userId) => (userId === me ? null : senderOf(userId)) }
  }, [people, me, t])
}
