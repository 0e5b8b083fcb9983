import { useMemo, useRef, useState, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import type { UserId } from '#shared/domain/ids.ts'
import type { Person } from '#shared/domain/person.ts'
import { useAppStore } from '../../stores/use-app-store.ts'
import { formatPhone, parsePhone } from '../../ui/phone/phone-number.ts'
import type { Commands } from '../../ui/shortcuts.ts'
import { useRowFocus } from '../../ui/use-row-focus.ts'
import type { errorKey } from '../../ui/use-show-error.ts'
import { digitsOfNumber, findPeople } from './contacts.ts'
import type { NumberRowProps } from './NumberRow.tsx'
import type { RowProps } from './RowButton.tsx'
import { useLookup } from './use-lookup.ts'
import { useOwnCountry } from './use-own-country.ts'

const NUMBER_ROW = '+'

interface PeopleSearchOptions {
  me: UserId
  /** Rows above the results while nothing is searched. */
  extraRows?: readonly string[]
  /** Whether a person may be offered. */
  accepts?: (person: Person) => boolean
  /** A number from a link is searched here. */
  takesLinks: boolean
  /** Enter in the field takes the first person and clears the field, so that the next one can be typed. */
  clearsAfterFirst?: boolean
}

export interface PeopleSearch {
  query: string
  isSearching: boolean
  /** Changes the query. */
  search: (query: string) => void
  field: RefObject<HTMLInputElement | null>
  list: RefObject<HTMLUListElement | null>
  error: ReturnType<typeof errorKey> | null
  commands: Commands<'search'>
  /** The people found by name, or by a part of their number. */
  shown: readonly Person[]
  /** The row that looks up the typed number; null when no number is typed. */
  number: Omit<NumberRowProps, 'onOpen' | 'isPicked'> | null
  row: (rowId: string) => Omit<RowProps, 'onClick'>
}

/** Finds people by name, or by their exact number. One row of the results is in the tab order. */
export function usePeopleSearch(options: PeopleSearchOptions): PeopleSearch {
  const { me, extraRows = [], accepts, takesLinks, clearsAfterFirst = false } = options
  const { i18n } = useTranslation()
  const people = useAppStore((state) => state.people)
  const chats = useAppStore((state) => state.chats)
  const [query, setQuery] = useState('')
  const [country, setCountry] = useOwnCountry()
  const { lookup, find, reset } = useLookup(takesLinks ? (phone) => setQuery(formatPhone(phone)) : null)
  const field = useRef<HTMLInputElement>(null)
  const list = useRef<HTMLUListElement>(null)

  const hasNumber = digitsOfNumber(query) !== null
  const isSearching = query.trim() !== ''
  const known = useMemo(
    () => findPeople({ people, chats, me }, query, i18n.language),
    [people, chats, me, query, i18n.language],
  )
  const foundId = lookup.kind === 'done' && lookup.result.kind === 'found' ? lookup.result.userId : undefined
  const shown = known.filter((person) => person.id !== foundId && accepts?.(person) !== false)
  const hasNumberRow = hasNumber && (lookup.kind !== 'done' || foundId !== undefined)
  const ids: readonly string[] = [
    ...(isSearching ? [] : extraRows),
    ...(hasNumberRow ? [NUMBER_ROW] : []),
    ...shown.map(({ id }) => id),
  ]
  const [focusId, setFocusId] = useState<string | null>(null)
  const activeIndex = Math.max(0, focusId === null ? 0 : ids.indexOf(focusId))
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
  const row: PeopleSearch['row'] = (rowId) => ({
    rowId,
    active: ids[activeIndex] === rowId,
    onKeyDown,
    onFocus: () => setFocusId(rowId),
  })

  const search = (next: string): void => {
    reset()
    setFocusId(null)
    setQuery(next)
  }
  const input = { country, text: query }
  return {
    query,
    isSearching,
    search,
    field,
    list,
    error: lookup.kind === 'failed' ? lookup.key : null,
    shown,
    row,
    number: hasNumber
      ? {
          input,
          lookup,
          row: row(NUMBER_ROW),
          onFind: () => find(parsePhone(input)),
          onCountry(next) {
            reset()
            setCountry(next)
            field.current?.focus()
          },
        }
      : null,
    commands: {
      firstResult() {
        if (!isSearching) return
        rowAt(0)?.click()
        // A number must be looked up first.
        if (clearsAfterFirst && (ids[0] !== NUMBER_ROW || foundId !== undefined)) search('')
      },
      toResults: () => rowAt(activeIndex)?.focus(),
      clearSearch() {
        if (query === '') return false
        search('')
        return true
      },
    },
  }
}
