import Search from 'lucide-react/icons/search'
import { useTranslation } from 'react-i18next'
import type { UserId } from '#shared/domain/ids.ts'
import { useAppStore } from '../../stores/use-app-store.ts'
import { CountryPicker } from '../../ui/phone/CountryPicker.tsx'
import { formatPartialPhone, formatPhone, parsePhone, type PhoneInput } from '../../ui/phone/phone-number.ts'
import styles from './NewChat.module.css'
import { PersonRow } from './PersonRow.tsx'
import { RowButton, type RowProps } from './RowButton.tsx'
import type { Lookup } from './use-lookup.ts'

export interface NumberRowProps {
  input: PhoneInput
  onCountry: (country: PhoneInput['country']) => void
  lookup: Lookup
  onFind: () => void
  onOpen: (userId: UserId) => void
  /** Where people are picked: whether this one is. */
  isPicked?: (userId: UserId) => boolean
  row: Omit<RowProps, 'onClick'>
}

/** Offers to look up the typed number, then shows what was found. */
export function NumberRow({ input, onCountry, lookup, onFind, onOpen, isPicked, row }: NumberRowProps) {
  const { t } = useTranslation()
  const found = lookup.kind === 'done' && lookup.result.kind === 'found' ? lookup.result.userId : undefined
  const person = useAppStore((state) => (found === undefined ? undefined : state.people.get(found)))
  if (lookup.kind === 'done') {
    if (found !== undefined) {
      return (
        <PersonRow
          {...row}
          id={found}
          // The profile that was found may lack the number by which it was found.
          person={person && { ...person, phone: lookup.phone }}
          showPhone
          pressed={isPicked?.(found)}
          onClick={() => onOpen(found)}
        />
      )
    }
    return (
      <p className={styles['none']}>
        {lookup.result.kind === 'self'
          ? t('people.self')
          : `${t('people.notFound', { phone: formatPhone(lookup.phone) })} ${t('people.notFoundText')}`}
      </p>
    )
  }

  const isBusy = lookup.kind === 'busy'
  // <bdi> keeps the number from changing the direction of the words.
  const [before, after] = t('people.findNumber', { phone: '\0' }).split('\0')
  return (
    <>
      <RowButton
        {...row}
        inactive={isBusy}
        onClick={() => {
          if (!isBusy) onFind()
        }}
        icon={
          <span className={styles['find']}>
            <Search size={18} aria-hidden />
          </span>
        }
      >
        <span className={styles['label']}>
          {before}
          <bdi dir="ltr">{`${formatPartialPhone(input)}${parsePhone(input) === null ? '…' : ''}`}</bdi>
          {after}
        </span>
        {isBusy && <span className={styles['line']}>{t('people.finding')}</span>}
      </RowButton>
      {/* A number with + contains its country code. */}
      {!input.text.trimStart().startsWith('+') && (
        <CountryPicker country={input.country} onChange={onCountry} />
      )}
    </>
  )
}
