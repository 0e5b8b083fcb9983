import UsersRound from 'lucide-react/icons/users-round'
import { useTranslation } from 'react-i18next'
import { displayLine, isolated } from '#shared/domain/display-text.ts'
import type { UserId } from '#shared/domain/ids.ts'
import { NAME_LIMIT } from '#shared/domain/person.ts'
import { useServices } from '../../services/use-services.ts'
import { shortcuts } from '../../ui/shortcuts.ts'
import { SidePane } from '../../ui/SidePane.tsx'
import { useShowError } from '../../ui/use-show-error.ts'
import styles from './NewChat.module.css'
import { NumberRow } from './NumberRow.tsx'
import { PeopleSearchField } from './PeopleSearchField.tsx'
import { PersonRow } from './PersonRow.tsx'
import { RowButton } from './RowButton.tsx'
import { usePeopleSearch } from './use-people-search.ts'

const GROUP_ROW = 'group'
const extraRows = [GROUP_ROW]

/** Starts a chat: with a known person, found by name or number, or with anyone else, found by the exact number. */
export function NewChat({ me }: { me: UserId }) {
  const { t } = useTranslation()
  const { app, chats: chatsService } = useServices()
  const showError = useShowError()
  const found = usePeopleSearch({ me, extraRows, takesLinks: true })
  const { query, isSearching, list, shown, number, row } = found

  const openChat = async (userId: UserId): Promise<void> => {
    try {
      await chatsService.openDirect(userId)
      app.navigate({ pane: 'chats' })
    } catch (error) {
      showError(error)
    }
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
        <PeopleSearchField label={t('people.nameOrNumber')} found={found} />
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
        {number !== null && (
          <li className={styles['item']} aria-live="polite">
            <NumberRow {...number} onOpen={(userId) => void openChat(userId)} />
          </li>
        )}
        {shown.map((person) => (
          <li key={person.id} className={styles['item']}>
            <PersonRow
              {...row(person.id)}
              id={person.id}
              person={person}
              onClick={() => void openChat(person.id)}
              showPhone={number !== null}
            />
          </li>
        ))}
        {shown.length === 0 && number === null && (
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
