import { useId, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { personTitle } from '#shared/domain/display-text.ts'
import { roleOf, type Group } from '#shared/domain/group.ts'
import type { UserId } from '#shared/domain/ids.ts'
import { usePresence } from '../../services/presence/use-presence.ts'
import { useAppStore } from '../../stores/use-app-store.ts'
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

/** A member with role and presence. The row of another person opens their menu. */
export function MemberRow({ id, name, group, isMe, active, onKeyDown, onFocus }: MemberRowProps) {
  const { t } = useTranslation()
  const detailsId = useId()
  const content = <Content id={id} name={name} group={group} isMe={isMe} detailsId={detailsId} />
  if (isMe) return <div className={styles['row']}>{content}</div>
  return (
    <button
      type="button"
      data-row-id={id}
      tabIndex={active ? 0 : -1}
      className={styles['row']}
      aria-haspopup="menu"
      aria-label={t('groups.actions', { name })}
      aria-describedby={detailsId}
      onClick={(event) => openContextMenu(event.currentTarget)}
      onKeyDown={onKeyDown}
      onFocus={() => onFocus(id)}
    >
      {content}
    </button>
  )
}

interface ContentProps extends Pick<MemberRowProps, 'id' | 'name' | 'group' | 'isMe'> {
  detailsId: string
}

/** The presence of a member is followed while the row is mounted: only rows near the view are. */
function Content({ id, name, group, isMe, detailsId }: ContentProps) {
  const { t, i18n } = useTranslation()
  const title = useAppStore(({ people, account }) =>
    isMe ? (account?.profile?.displayName ?? '') : personTitle(people.get(id)),
  )
  const now = useNow()
  const clockOffset = useAppStore((state) => state.clockOffset)
  const view = usePresence(isMe ? undefined : id, now)
  const presence = view.kind === 'online' || view.kind === 'away' ? view.kind : undefined
  const role = roleOf(group, id)
  return (
    <>
      <Avatar id={id} name={title} size="s" presence={presence} />
      <span className={styles['texts']}>
        <bdi className={styles['name']}>{isMe ? t('groups.you') : name}</bdi>
        <span id={detailsId} className={styles['details']}>
          {role !== 'member' && <span className={styles['role']}>{t(`groups.role.${role}`)}</span>}
          {view.kind !== 'hidden' && <span>{presenceText(i18n, view, { now, clockOffset })}</span>}
        </span>
      </span>
    </>
  )
}
