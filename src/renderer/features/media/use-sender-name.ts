import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { isolated, personTitle } from '#shared/domain/display-text.ts'
import type { UserId } from '#shared/domain/ids.ts'
import { useAppStore } from '../../stores/use-app-store.ts'

/** Returns the name of a sender for a sentence; “You” for the reader. */
export function useSenderName(me: UserId): (userId: UserId) => string {
  const { t } = useTranslation()
  const people = useAppStore((state) => state.people)
  return useCallback(
    (userId) =>
      userId === me
        ? t('mediaView.you')
        : isolated(personTitle(people.get(userId)) || t('app.unknownPerson')),
    [me, people, t],
  )
}
