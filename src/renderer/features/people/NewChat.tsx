import Search from 'lucide-react/icons/search'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { displayLine, personTitle } from '#shared/domain/display-text.ts'
import type { UserId } from '#shared/domain/ids.ts'
import { ABOUT_LIMIT } from '#shared/domain/person.ts'
import { useServices } from '../../services/use-services.ts'
import { useAppStore } from '../../stores/use-app-store.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { shortcuts } from '../../ui/shortcuts.ts'
import { SidePane } from '../../ui/SidePane.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { useShowError } from '../../ui/use-show-error.ts'
import { filterContacts } from './contacts.ts'
import { FindByPhone } from './FindByPhone.tsx'
import styles from './NewChat.module.css'

/** Starts a chat with a person found by number, or with a contact. */
export function NewChat({ me }: { me: UserId }) {
  const { t, i18n } = useTranslation()
  const { app, chats } = useServices()
  const showError = useShowError()
  const people = useAppStore((state) => state.people)
  const [query, setQuery] = useState('')
  const contacts = useMemo(
    () => filterContacts(people, me, query, i18n.language),
    [people, me, query, i18n.language],
  )
  const hasContacts = useMemo(
    () => filterContacts(people, me, '', i18n.language).length > 0,
    [people, me, i18n.language],
  )

  const openChat = async (userId: UserId): Promise<void> => {
    try {
      await chats.openDirect(userId)
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
      <FindByPhone onOpen={(userId) => void openChat(userId)} />
      <h3 className={styles['heading']}>{t('people.contacts')}</h3>
      {hasContacts && (
        <div className={styles['filter']}>
          <TextField
            label={t('people.filter')}
            hideLabel
            type="search"
            placeholder={t('people.filter')}
            maxLength={100}
            icon={<Search size={16} aria-hidden />}
            value={query}
            onValueChange={setQuery}
          />
        </div>
      )}
      {contacts.length === 0 ? (
        <p className={styles['none']}>{t(hasContacts ? 'people.noMatch' : 'people.noContacts')}</p>
      ) : (
        <ul>
          {contacts.map((person) => (
            <li key={person.id}>
              <button type="button" className={styles['contact']} onClick={() => void openChat(person.id)}>
                <Avatar id={person.id} name={personTitle(person)} size="s" />
                <span className={styles['texts']}>
                  <bdi className={styles['name']}>{personTitle(person)}</bdi>
                  <bdi className={styles['about']}>{displayLine(person.about, ABOUT_LIMIT)}</bdi>
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </SidePane>
  )
}
