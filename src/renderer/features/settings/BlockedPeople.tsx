import { useTranslation } from 'react-i18next'
import { personTitle } from '#shared/domain/display-text.ts'
import { useServices } from '../../services/use-services.ts'
import { useAppStore } from '../../stores/use-app-store.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { Button } from '../../ui/Button.tsx'
import { useShowError } from '../../ui/use-show-error.ts'
import styles from './BlockedPeople.module.css'

export function BlockedPeople() {
  const { t } = useTranslation()
  const { outbox } = useServices()
  const showError = useShowError()
  const blocked = useAppStore((state) => [...state.people.values()].filter((person) => person.blocked))
  return (
    <section className={styles['people']} aria-labelledby="blocked-people">
      <h3 id="blocked-people" className={styles['heading']}>
        {t('settings.blocked')}
      </h3>
      {blocked.length === 0 && <p className={styles['none']}>{t('settings.blockedNone')}</p>}
      <ul>
        {blocked.map((person) => {
          const name = personTitle(person) || t('app.unknownPerson')
          return (
            <li key={person.id} className={styles['row']}>
              <Avatar id={person.id} name={personTitle(person)} size="s" picture={person.photo?.small ?? null} />
              <bdi className={styles['name']}>{name}</bdi>
              <Button
                aria-label={t('settings.unblock', { name })}
                onClick={() =>
                  void outbox
                    .add({ kind: 'block', payload: { userId: person.id, blocked: false } })
                    .catch(showError)
                }
              >
                {t('settings.unblockShort')}
              </Button>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
