import Ellipsis from 'lucide-react/icons/ellipsis'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { foldForSearch, isolated, personTitle } from '#shared/domain/display-text.ts'
import { mayChangeRole, mayRemove, roleOf } from '#shared/domain/group.ts'
import type { UserId } from '#shared/domain/ids.ts'
import { useServices } from '../../services/use-services.ts'
import { useAppStore } from '../../stores/use-app-store.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import type { MenuEntry } from '../../ui/ContextMenu.tsx'
import { ConfirmDialog } from '../../ui/Dialog.tsx'
import { MenuButton } from '../../ui/MenuButton.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { useShowError } from '../../ui/use-show-error.ts'
import type { GroupPartProps } from './GroupDetails.tsx'
import styles from './GroupMembers.module.css'
import { sortedMembers } from './members.ts'

/** From this number of members on, a search field is shown. */
const SEARCHED_FROM = 11

/** The members of a group with what this person may do with each. */
export function GroupMembers(props: GroupPartProps) {
  const { chat, group, me } = props
  const { t, i18n } = useTranslation()
  const people = useAppStore((state) => state.people)
  const [query, setQuery] = useState('')
  const members = useMemo(() => {
    const nameOf = (id: UserId): string => personTitle(people.get(id)) || t('app.unknownPerson')
    return sortedMembers(chat.memberIds, { group, me, nameOf, locale: i18n.language })
  }, [people, chat.memberIds, group, me, t, i18n.language])
  const wanted = foldForSearch(query).trim()
  const shown = members.filter(({ name }) => foldForSearch(name).includes(wanted))
  return (
    <section className={styles['members']}>
      {members.length >= SEARCHED_FROM && (
        <TextField
          label={t('groups.findMember')}
          hideLabel
          type="search"
          dir={query === '' ? undefined : 'auto'}
          placeholder={t('groups.findMember')}
          value={query}
          onValueChange={setQuery}
        />
      )}
      <ul aria-label={t('groups.members')}>
        {shown.map(({ id, name }) => (
          <Member key={id} {...props} id={id} name={name} />
        ))}
      </ul>
    </section>
  )
}

function Member({ group, me, change, id, name }: GroupPartProps & { id: UserId; name: string }) {
  const { t } = useTranslation()
  const { chats } = useServices()
  const showError = useShowError()
  const title = useAppStore(({ people, account }) =>
    id === me ? (account?.profile?.displayName ?? '') : personTitle(people.get(id)),
  )
  const [confirming, setConfirming] = useState<'removed' | 'transferred' | null>(null)
  const role = roleOf(group, id)
  const act = (event: 'promoted' | 'demoted' | 'transferred' | 'removed'): void =>
    void change({ kind: 'event', event, uids: [id] })

  const item = (label: string, onSelect: () => void, danger = false): MenuEntry => ({
    kind: 'item',
    label,
    icon: null,
    danger,
    onSelect,
  })
  const entries: MenuEntry[] = [item(t('groups.message'), () => void chats.openDirect(id).catch(showError))]
  if (mayChangeRole(group, me, id)) {
    entries.push(
      role === 'admin'
        ? item(t('groups.demote'), () => act('demoted'))
        : item(t('groups.promote'), () => act('promoted')),
      item(t('groups.transfer'), () => setConfirming('transferred')),
    )
  }
  if (mayRemove(group, me, id)) entries.push(item(t('groups.remove'), () => setConfirming('removed'), true))
  return (
    <li className={styles['member']}>
      <Avatar id={id} name={title} size="s" />
      <span className={styles['name']}>
        <bdi>{id === me ? t('groups.you') : name}</bdi>
      </span>
      {role !== 'member' && <span className={styles['role']}>{t(`groups.role.${role}`)}</span>}
      {id !== me && (
        <MenuButton label={t('groups.actions', { name })} entries={entries}>
          <Ellipsis size={18} aria-hidden />
        </MenuButton>
      )}
      <ConfirmDialog
        open={confirming !== null}
        onClose={() => setConfirming(null)}
        onConfirm={() => confirming !== null && act(confirming)}
        title={t(confirming === 'removed' ? 'groups.removeTitle' : 'groups.transferTitle', {
          name: isolated(name),
        })}
        text={t(confirming === 'removed' ? 'groups.removeText' : 'groups.transferText')}
        confirmLabel={t(confirming === 'removed' ? 'groups.remove' : 'groups.transfer')}
        cancelLabel={t('app.cancel')}
        danger={confirming === 'removed'}
      />
    </li>
  )
}
