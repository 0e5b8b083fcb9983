import { useTranslation } from 'react-i18next'
import { useServices } from '../../services/use-services.ts'
import { useAppStore } from '../../stores/use-app-store.ts'
import { chatFilters } from './chat-list.ts'
import styles from './FilterChips.module.css'

/** Chooses which chats are listed. Radio buttons: one tab stop, and arrow keys choose. */
export function FilterChips() {
  const { t } = useTranslation()
  const { app } = useServices()
  const chosen = useAppStore((state) => state.navigation.chatFilter)
  return (
    <fieldset className={styles['chips']} aria-label={t('chats.show.label')}>
      {chatFilters.map((filter) => (
        <label key={filter} className={styles['chip']}>
          <input
            type="radio"
            name="chat-kind"
            className={styles['radio']}
            checked={filter === chosen}
            onChange={() => app.navigate({ chatFilter: filter })}
          />
          {t(`chats.show.${filter}`)}
        </label>
      ))}
    </fieldset>
  )
}
