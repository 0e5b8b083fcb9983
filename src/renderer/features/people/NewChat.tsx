import Search from 'lucide-react/icons/search'
import UsersRound from 'lucide-react/icons/users-round'
import X from 'lucide-react/icons/x'
import { useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { displayLine, isolated } from '#shared/domain/display-text.ts'
import type { UserId } from '#shared/domain/ids.ts'
import { NAME_LIMIT } from '#shared/domain/person.ts'
import { useServices } from '../../services/use-services.ts'
import { useAppStore } from '../../stores/use-app-store.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { countryOf, formatPhone, inputOf, parsePhone } from '../../ui/phone/phone-number.ts'
import { runShortcut, shortcuts, type Commands } from '../../ui/shortcuts.ts'
import { SidePane } from '../../ui/SidePane.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { useRowFocus } from '../../ui/use-row-focus.ts'
import { useShowError } from '../../ui/use-show-error.ts'
import { digitsOfNumber, findPeople } from './contacts.ts'
import styles from './NewChat.module.css'
import { NumberRow } from './NumberRow.tsx'
import { PersonRow } from './PersonRow.tsx'
import { RowButton, type RowProps } from './RowButton.tsx'
import { useLookup } from './use-lookup.ts'

const NUMBER_ROW = '+'
const GROUP_ROW = 'group'

/** Starts a chat: with a known person, found by name or number, or with anyone else, found by the exact number. */
export function NewChat({ me }: { me: UserId }) {
  const { t, i18n } = useTranslation()
  const { app, chats: chatsService } = useServices()
  const showError = useShowError()
  const people = useAppStore((state) => state.people)
  const chats = useAppStore((state) => state.chats)
  const ownPhone = useAppStore(({ session }) => (session.phase === 'ready' ? session.phone : null))
  const [query, setQuery] = useState('')
  const [country, setCountry] = useState(() => {
    const ofLocale = countryOf(navigator.language || i18n.language)
    return ownPhone === null ? ofLocale : inputOf(ownPhone, ofLocale).country
  })
  const { lookup, find, reset } = useLookup((phone) => setQuery(formatPhone(phone)))
  const field = useRef<HTMLInputElement>(null)
  const list = useRef<HTMLUListElement>(null)

  const input = { country, text: query }
  const hasNumber = digitsOfNumber(query) !== null
  const known = useMemo(
    () => findPeople({ people, chats, me }, query, i18n.language),
    [people, chats, me, query, i18n.language],
  )
  const foundId = lookup.kind === 'done' && lookup.result.kind === 'found' ? lookup.result.userId : undefined
  const shown = known.filter(({ id }) => id !== foundId)

  const hasNumberRow = hasNumber && (lookup.kind !== 'done' || foundId !== undefined)
  const isSearching = query.trim() !== ''
  const ids: readonly string[] = [
    ...(isSearching ? [] : [GROUP_ROW]),
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
  const row = (rowId: string): Omit<RowProps, 'onClick'> => ({
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
  const openChat = async (userId: UserId): Promise<void> => {
    try {
      await chatsService.openDirect(userId)
      app.navigate({ pane: 'chats' })
    } catch (error) {
      showError(error)
    }
  }
  const commands: Commands<'search'> = {
    firstResult() {
      if (isSearching) rowAt(0)?.click()
    },
    toResults: () => rowAt(activeIndex)?.focus(),
    clearSearch() {
      if (query === '') return false
      search('')
      return true
    },
  }

  return (
    <SidePane
      title={t('people.newChat')}
      back={{
        label: t('app.back'),
        shortcut: shortcuts.back.keys,
        onBack: () => app.navigate({ pane: 'chats' }),
      }}
    >
      <div className={styles['field']}>
        <TextField
          ref={field}
          label={t('people.nameOrNumber')}
          hideLabel
          type="search"
          // A name has its own direction, a number is written from left to right.
          dir={query === '' ? undefined : 'auto'}
          placeholder={t('people.nameOrNumber')}
          autoFocus
          autoComplete="off"
          maxLength={100}
          icon={<Search size={16} aria-hidden />}
          value={query}
          onValueChange={search}
          onKeyDown={({ nativeEvent }) => runShortcut(nativeEvent, commands)}
          error={lookup.kind === 'failed' ? t(lookup.key) : null}
          action={
            query !== '' && (
              <IconButton
                label={t('chats.clearFilter')}
                shortcut={shortcuts.clearSearch.keys}
                onClick={() => {
                  search('')
                  field.current?.focus()
                }}
              >
                <X size={16} aria-hidden />
              </IconButton>
            )
          }
        />
      </div>
      <ul
        ref={list}
        className={styles['results']}
        aria-label={t('people.results')}
        data-searching={isSearching || undefined}
      >
        {!isSearching && (
          <li className={styles['item']}>
            <RowButton
              {...row(GROUP_ROW)}
              icon={
                <span className={styles['find']}>
                  <UsersRound size={18} aria-hidden />
                </span>
              }
              onClick={() => app.navigate({ pane: 'newGroup' })}
            >
              <span className={styles['label']}>{t('groups.new')}</span>
            </RowButton>
          </li>
        )}
        {hasNumber && (
          <li className={styles['item']} aria-live="polite">
            <NumberRow
              input={input}
              onCountry={(next) => {
                reset()
                setCountry(next)
                field.current?.focus()
              }}
              lookup={lookup}
              onFind={() => find(parsePhone(input))}
              onOpen={(userId) => void openChat(userId)}
              row={row(NUMBER_ROW)}
            />
          </li>
        )}
        {shown.map((person) => (
          <li key={person.id} className={styles['item']}>
            <PersonRow
              {...row(person.id)}
              id={person.id}
              person={person}
              onClick={() => void openChat(person.id)}
              showPhone={hasNumber}
            />
          </li>
        ))}
        {shown.length === 0 && !hasNumber && (
          <li className={styles['none']}>
            {isSearching
              ? t('people.noMatch', { query: isolated(displayLine(query, NAME_LIMIT)) })
              : t('people.noContacts')}
          </li>
        )}
      </ul>
    </SidePane>
  )
}
