import { useId, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { personTitle } from '#shared/domain/display-text.ts'
import { roleOf, type Group } from '#shared/domain/group.ts'
import type { UserId } from '#shared/domain/ids.ts'
import { usePresence } from '../../services/presence/use-presence.ts'
import { useAppStore } from '../../stores/use-app-store.ts'
import { usePersonPicture } from '../../stores/use-picture.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { openContextMenu } from '../../ui/ContextMenu.tsx'
import { useNow } from '../../ui/use-now.ts'
import { presenceText } from '../../ui/wording.ts'
import styles from './GroupMembers.module.css'

interface MemberRowProps {
  id: UserId
  name: string
  group: Group
  isMe: boolean
  /** Whether the row is in the tab order: exactly one is. */
  active: boolean
  onKeyDown: (event: KeyboardEvent) => void
  onFocus: (id: UserId) => void
}

/**
 * A member with role and presence. The name of another person is a button that covers the row and opens their menu. The presence
 * is followed while the row is mounted: only rows near the view are.
 */
export function MemberRow({ id, name, group, isMe, active, onKeyDown, onFocus }: MemberRowProps) {
  const { t, i18n } = useTranslation()
  const detailsId = useId()
  const title = useAppStore(({ people, account }) =>
    isMe ? (account?.profile?.displayName ?? '') : personTitle(people.get(id)),
  )
  const picture = usePersonPicture(id)
  const now = useNow()
  const clockOffset = useAppStore((state) => state.clockOffset)
  const view = usePresence(isMe ? undefined : id, now)
  const presence = view.kind === 'online' || view.kind === 'away' ? view.kind : undefined
  const role = roleOf(group, id)
  return (
    <div className={styles['row']}>
      <Avatar id={id} name={title} size="s" picture={picture} presence={presence} />
      <span className={styles['texts']}>
        {isMe ? (
          <span className={styles['name']}>{t('groups.you')}</span>
        ) : (
          <button
            type="button"
            data-row-id={id}
            tabIndex={active ? 0 : -1}
            className={styles['name']}
            aria-haspopup="menu"
            aria-label={t('groups.actions', { name })}
            aria-describedby={detailsId}
            onClick={(event) => openContextMenu(event.currentTarget)}
            onKeyDown={onKeyDown}
            onFocus={() => onFocus(id)}
          >
            <bdi>{name}</bdi>
          </button>
        )}
        <span id={detailsId} className={styles['details']}>
          {role !== 'member' && <span className={styles['role']}>{t(`groups.role.${role}`)}</span>}
          {view.kind !== 'hidden' && <span>{presenceText(i18n, view, { now, clockOffset })}</span>}
        </span>
      </span>
    </div>
  )
}
