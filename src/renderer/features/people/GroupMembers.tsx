import Search from 'lucide-react/icons/search'
import { useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { displayLine, isolated, personTitle } from '#shared/domain/display-text.ts'
import { userIdSchema, type UserId } from '#shared/domain/ids.ts'
import { NAME_LIMIT } from '#shared/domain/person.ts'
import { useAppStore } from '../../stores/use-app-store.ts'
import { ContextMenu } from '../../ui/ContextMenu.tsx'
import { runShortcut, type Commands } from '../../ui/shortcuts.ts'
import { TextField } from '../../ui/TextField.tsx'
import { useRowFocus } from '../../ui/use-row-focus.ts'
import type { GroupPartProps } from './GroupDetails.tsx'
import styles from './GroupMembers.module.css'
import { MemberRow } from './MemberRow.tsx'
import { findMembers, sortedMembers, type Member } from './members.ts'
import { useMemberActions } from './use-member-actions.tsx'
import { useVirtualRows } from './use-virtual-rows.ts'

/** From this number of members on, a search field is shown. */
const SEARCHED_FROM = 11

/** The members of a group. One row is in the tab order; it opens the menu of what this person may do with that member. */
export function GroupMembers(props: GroupPartProps) {
  const { group, me } = props
  const { t } = useTranslation()
  const [query, setQuery] = useState('')
  const members = useMembers(props)
  const shown = useMemo(() => findMembers(members, query), [members, query])

  const field = useRef<HTMLInputElement>(null)
  const list = useRef<HTMLUListElement>(null)
  const [focusId, setFocusId] = useState<UserId | null>(null)
  const others = useMemo(() => shown.filter(({ id }) => id !== me), [shown, me])
  const activeIndex = Math.max(
    0,
    others.findIndex(({ id }) => id === focusId),
  )
  const indexOf = (id: UserId | undefined): number => shown.findIndex((member) => member.id === id)
  const activeId = others[activeIndex]?.id
  const { items, height, reveal } = useVirtualRows(list, {
    ids: shown.map(({ id }) => id),
    kept: indexOf(activeId),
  })
  const onKeyDown = useRowFocus({
    ids: others.map(({ id }) => id),
    activeIndex,
    setFocusId,
    list,
    reveal: (index) => reveal(indexOf(others[index]?.id)),
    onLeaveUp: () => field.current?.focus(),
  })
  const [menuOf, setMenuOf] = useState<Member | null>(null)
  const { entries, dialog } = useMemberActions(props, menuOf)
  const onMenuOpen = (target: Element): boolean => {
    const row = target.closest<HTMLElement>('[data-row-id]')
    const id = userIdSchema.safeParse(row?.dataset['rowId']).data
    const member = others.find((other) => other.id === id)
    setMenuOf(member ?? null)
    return member !== undefined
  }
  const focusRow = (): void => list.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus()
  const commands: Commands<'search'> = {
    firstResult: focusRow,
    toResults: focusRow,
    clearSearch() {
      if (query === '') return false
      setQuery('')
      return true
    },
  }
  return (
    <section className={styles['members']}>
      {members.length >= SEARCHED_FROM && (
        <TextField
          ref={field}
          className={styles['search']}
          label={t('groups.findMember')}
          hideLabel
          type="search"
          dir={query === '' ? undefined : 'auto'}
          placeholder={t('groups.findMember')}
          icon={<Search size={16} aria-hidden />}
          value={query}
          onValueChange={setQuery}
          onKeyDown={({ nativeEvent }) => runShortcut(nativeEvent, commands)}
        />
      )}
      <ContextMenu area={<div />} entries={entries} onOpen={onMenuOpen}>
        <ul ref={list} className={styles['list']} style={{ height }} aria-label={t('groups.members')}>
          {items.map(({ index, offset }) => {
            const member = shown[index]
            return (
              member !== undefined && (
                <li
                  key={member.id}
                  className={styles['item']}
                  style={{ transform: `translateY(${String(offset)}px)` }}
                  aria-posinset={index + 1}
                  aria-setsize={shown.length}
                >
                  <MemberRow
                    {...member}
                    group={group}
                    isMe={member.id === me}
                    active={member.id === activeId}
                    onKeyDown={onKeyDown}
                    onFocus={setFocusId}
                  />
                </li>
              )
            )
          })}
        </ul>
      </ContextMenu>
      {shown.length === 0 && (
        <p className={styles['none']}>
          {t('groups.noMember', { query: isolated(displayLine(query, NAME_LIMIT)) })}
        </p>
      )}
      {dialog}
    </section>
  )
}

function useMembers({ chat, group, me }: GroupPartProps): readonly Member[] {
  const { t, i18n } = useTranslation()
  const people = useAppStore((state) => state.people)
  return useMemo(() => {
    const nameOf = (id: UserId): string => personTitle(people.get(id)) || t('app.unknownPerson')
    return sortedMembers(chat.memberIds, { group, me, nameOf, locale: i18n.language })
  }, [people, chat.memberIds, group, me, t, i18n.language])
}
