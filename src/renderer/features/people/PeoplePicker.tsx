import Check from 'lucide-react/icons/check'
import Search from 'lucide-react/icons/search'
import X from 'lucide-react/icons/x'
import { useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { displayLine, isolated, personTitle } from '#shared/domain/display-text.ts'
import type { UserId } from '#shared/domain/ids.ts'
import { NAME_LIMIT } from '#shared/domain/person.ts'
import { useAppStore } from '../../stores/use-app-store.ts'
import { runShortcut, type Commands } from '../../ui/shortcuts.ts'
import { TextField } from '../../ui/TextField.tsx'
import { useRowFocus } from '../../ui/use-row-focus.ts'
import { findPeople } from './contacts.ts'
import styles from './PeoplePicker.module.css'
import { PersonRow } from './PersonRow.tsx'

interface PeoplePickerProps {
  me: UserId
  /** These people are not offered. */
  without: readonly UserId[]
  picked: readonly UserId[]
  /** At most this many can be picked. */
  limit: number
  onChange: (picked: readonly UserId[]) => void
}

/** Picks several people by name. The picked ones are shown above the field, each with a button that removes it. */
export function PeoplePicker({ me, without, picked, limit, onChange }: PeoplePickerProps) {
  const { t, i18n } = useTranslation()
  const people = useAppStore((state) => state.people)
  const chats = useAppStore((state) => state.chats)
  const [query, setQuery] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const list = useRef<HTMLUListElement>(null)
  const shown = useMemo(() => {
    const hidden = new Set(without)
    return findPeople({ people, chats, me }, query, i18n.language).filter(
      ({ id, blocked }) => !blocked && !hidden.has(id),
    )
  }, [people, chats, me, without, query, i18n.language])

  const ids = shown.map(({ id }) => id)
  const [focusId, setFocusId] = useState<string | null>(null)
  const activeIndex = Math.max(
    0,
    ids.findIndex((id) => id === focusId),
  )
  const rowAt = (index: number): HTMLElement | null =>
    list.current?.querySelector<HTMLElement>(`[data-row-id="${ids[index]}"]`) ?? null
  const onKeyDown = useRowFocus({
    ids,
    activeIndex,
    setFocusId,
    list,
    reveal: (index) => rowAt(index)?.scrollIntoView({ block: 'nearest' }),
    onLeaveUp: () => field.current?.focus(),
  })
  const toggle = (id: UserId): void => {
    if (picked.includes(id)) onChange(picked.filter((other) => other !== id))
    else if (picked.length < limit) onChange([...picked, id])
  }
  const commands: Commands<'search'> = {
    firstResult() {
      if (query.trim() === '') return
      rowAt(0)?.click()
      setQuery('')
    },
    toResults: () => rowAt(activeIndex)?.focus(),
    clearSearch() {
      if (query === '') return false
      setQuery('')
      return true
    },
  }
  return (
    <>
      {picked.length > 0 && (
        <ul className={styles['chips']} aria-label={t('groups.picked')}>
          {picked.map((id) => (
            <li key={id}>
              <button
                type="button"
                className={styles['chip']}
                aria-label={t('groups.unpick', { name: personTitle(people.get(id)) })}
                onClick={() => toggle(id)}
              >
                <bdi className={styles['chipName']}>{personTitle(people.get(id))}</bdi>
                <X size={14} aria-hidden />
              </button>
            </li>
          ))}
        </ul>
      )}
      <div className={styles['field']}>
        <TextField
          ref={field}
          label={t('groups.findPeople')}
          hideLabel
          type="search"
          dir={query === '' ? undefined : 'auto'}
          placeholder={t('groups.findPeople')}
          autoFocus
          autoComplete="off"
          maxLength={100}
          icon={<Search size={16} aria-hidden />}
          value={query}
          onValueChange={setQuery}
          onKeyDown={({ nativeEvent }) => runShortcut(nativeEvent, commands)}
        />
        <p className={styles['count']} aria-live="polite">
          {t('groups.pickedCount', { count: picked.length, limit })}
        </p>
      </div>
      <ul ref={list} className={styles['results']} aria-label={t('groups.people')}>
        {shown.map((person, index) => (
          <li key={person.id} className={styles['item']}>
            <PersonRow
              rowId={person.id}
              active={index === activeIndex}
              pressed={picked.includes(person.id)}
              onKeyDown={onKeyDown}
              onFocus={() => setFocusId(person.id)}
              id={person.id}
              person={person}
              onClick={() => toggle(person.id)}
              showPhone={false}
            />
            {picked.includes(person.id) && <Check className={styles['check']} size={18} aria-hidden />}
          </li>
        ))}
        {shown.length === 0 && (
          <li className={styles['none']}>
            {query.trim() === ''
              ? t('groups.nobody')
              : t('people.noMatch', { query: isolated(displayLine(query, NAME_LIMIT)) })}
          </li>
        )}
      </ul>
    </>
  )
}
