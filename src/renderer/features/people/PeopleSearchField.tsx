import Search from 'lucide-react/icons/search'
import X from 'lucide-react/icons/x'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../ui/IconButton.tsx'
import { runShortcut, shortcuts } from '../../ui/shortcuts.ts'
import { TextField } from '../../ui/TextField.tsx'
import type { PeopleSearch } from './use-people-search.ts'

/** The field of a search for people. */
export function PeopleSearchField({ label, found }: { label: string; found: PeopleSearch }) {
  const { t } = useTranslation()
  const { query, search, field, error, commands } = found
  return (
    <TextField
      ref={field}
      label={label}
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
      error={error === null ? null : t(error)}
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
  )
}
