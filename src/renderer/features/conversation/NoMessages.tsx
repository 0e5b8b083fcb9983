import { useTranslation } from 'react-i18next'
import { isolated } from '#shared/domain/display-text.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import type { Peer } from './use-peer.ts'

/** In the place of the messages while there are none. */
export function NoMessages({ peer }: { peer: Peer }) {
  const { t } = useTranslation()
  const invitation =
    peer.title === ''
      ? t('conversation.emptyTextUnnamed')
      : t('conversation.emptyText', { name: isolated(peer.title) })
  // Whom one has blocked one cannot write to: the notice below says so.
  return <EmptyState title={t('conversation.empty')} {...(peer.blocked ? undefined : { text: invitation })} />
}
