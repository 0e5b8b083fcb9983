import X from 'lucide-react/icons/x'
import { useTranslation } from 'react-i18next'
import { displayLine, isolated, personTitle } from '#shared/domain/display-text.ts'
import type { UserId } from '#shared/domain/ids.ts'
import { NAME_LIMIT } from '#shared/domain/person.ts'
import { useAppStore } from '../../stores/use-app-store.ts'
import { notify } from '../../ui/toasts.ts'
import { NumberRow } from './NumberRow.tsx'
import styles from './PeoplePicker.module.css'
import { PeopleSearchField } from './PeopleSearchField.tsx'
import { PersonRow } from './PersonRow.tsx'
import { usePeopleSearch } from './use-people-search.ts'

interface PeoplePickerProps {
  me: UserId
  /** These people are members already: they are not offered. */
  without: readonly UserId[]
  picked: readonly UserId[]
  /** At most this many can be picked. */
  limit: number
  onChange: (picked: readonly UserId[]) => void
}

/** Picks several people by name or number. The picked ones are shown above the field, each with a button that removes it. */
export function PeoplePicker({ me, without, picked, limit, onChange }: PeoplePickerProps) {
  const { t } = useTranslation()
  const people = useAppStore((state) => state.people)
  const hidden = new Set(without)
  const found = usePeopleSearch({
    me,
    accepts: ({ id, blocked }) => !blocked && !hidden.has(id),
    takesLinks: false,
    clearsAfterFirst: true,
  })
  const { query, isSearching, list, shown, number, row } = found
  const nameOf = (id: UserId): string => personTitle(people.get(id)) || t('app.unknownPerson')
  const toggle = (id: UserId): void => {
    if (hidden.has(id)) notify(t('groups.alreadyMember', { name: isolated(nameOf(id)) }))
    else if (picked.includes(id)) onChange(picked.filter((other) => other !== id))
    else if (picked.length < limit) onChange([...picked, id])
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
                aria-label={t('groups.unpick', { name: nameOf(id) })}
                onClick={() => toggle(id)}
              >
                <bdi className={styles['chipName']}>{nameOf(id)}</bdi>
                <X size={14} aria-hidden />
              </button>
            </li>
          ))}
        </ul>
      )}
      <div className={styles['field']}>
        <PeopleSearchField label={t('groups.findPeople')} found={found} />
        <p className={styles['count']} aria-live="polite">
          {t('groups.pickedCount', { count: picked.length, limit })}
        </p>
      </div>
      <ul ref={list} className={styles['results']} aria-label={t('groups.people')}>
        {number !== null && (
          <li className={styles['item']} aria-live="polite">
            <NumberRow {...number} onOpen={toggle} isPicked={(id) => picked.includes(id)} />
          </li>
        )}
        {shown.map((person) => (
          <li key={person.id} className={styles['item']}>
            <PersonRow
              {...row(person.id)}
              pressed={picked.includes(person.id)}
              id={person.id}
              person={person}
              onClick={() => toggle(person.id)}
              showPhone={number !== null}
            />
          </li>
        ))}
        {shown.length === 0 && number === null && (
          <li className={styles['none']}>
            {isSearching
              ? t('people.noMatch', { query: isolated(displayLine(query, NAME_LIMIT)) })
              : t('groups.nobody')}
          </li>
        )}
      </ul>
    </>
  )
}
