import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { isolated } from '#shared/domain/display-text.ts'
import { mayChangeRole, mayRemove, roleOf } from '#shared/domain/group.ts'
import { useServices } from '../../services/use-services.ts'
import type { MenuEntry } from '../../ui/ContextMenu.tsx'
import { ConfirmDialog } from '../../ui/Dialog.tsx'
import { useShowError } from '../../ui/use-show-error.ts'
import type { GroupPartProps } from './GroupDetails.tsx'
import type { Member } from './members.ts'

interface Confirming {
  event: 'removed' | 'transferred'
  member: Member
}

/** The menu of a member: only what this person may do with that member. `dialog` asks before what is hard to undo. */
export function useMemberActions(
  { group, me, change }: GroupPartProps,
  member: Member | null,
): { entries: readonly MenuEntry[]; dialog: ReactNode } {
  const { t } = useTranslation()
  const { chats } = useServices()
  const showError = useShowError()
  const [confirming, setConfirming] = useState<Confirming | null>(null)
  const act = (event: 'promoted' | 'demoted' | Confirming['event'], { id }: Member): void =>
    void change({ kind: 'event', event, uids: [id] })

  const entriesFor = (one: Member): MenuEntry[] => {
    const item = (label: string, onSelect: () => void): MenuEntry => ({ kind: 'item', label, onSelect })
    const entries = [item(t('groups.message'), () => void chats.openDirect(one.id).catch(showError))]
    if (mayChangeRole(group, me, one.id))
      entries.push(
        roleOf(group, one.id) === 'admin'
          ? item(t('groups.demote'), () => act('demoted', one))
          : item(t('groups.promote'), () => act('promoted', one)),
        item(t('groups.transfer'), () => setConfirming({ event: 'transferred', member: one })),
      )
    if (mayRemove(group, me, one.id))
      entries.push({
        kind: 'item',
        label: t('groups.remove'),
        danger: true,
        onSelect: () => setConfirming({ event: 'removed', member: one }),
      })
    return entries
  }
  const isRemoval = confirming?.event === 'removed'
  const dialog = (
    <ConfirmDialog
      open={confirming !== null}
      onClose={() => setConfirming(null)}
      onConfirm={() => confirming !== null && act(confirming.event, confirming.member)}
      title={t(isRemoval ? 'groups.removeTitle' : 'groups.transferTitle', {
        name: isolated(confirming?.member.name ?? ''),
      })}
      text={t(isRemoval ? 'groups.removeText' : 'groups.transferText')}
      confirmLabel={t(isRemoval ? 'groups.remove' : 'groups.transfer')}
      cancelLabel={t('app.cancel')}
      danger={isRemoval}
    />
  )
  return { entries: member === null ? [] : entriesFor(member), dialog }
}
