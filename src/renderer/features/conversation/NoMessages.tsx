import { useTranslation } from 'react-i18next'
import { isolated } from '#shared/domain/display-text.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import type { Peer } from './use-peer.ts'

/** Shown while the chat has no messages. */
export function NoMessages({ peer }: { peer: Peer }) {
  const { t } = useTranslation()
  const invitation =
    peer.title === ''
      ? t('conversation.emptyTextUnnamed')
      : t('conversation.emptyText', { name: isolated(peer.title) })
  // A blocked person cannot be written to, so there is no invitation. The notice below the list explains why.
  return <EmptyState title={t('conversation.empty')} {...(peer.blocked ? undefined : { text: invitation })} />
}
