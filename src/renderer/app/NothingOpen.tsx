import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { useAppStore } from '../stores/use-app-store.ts'
import { Keys } from '../ui/Keys.tsx'
import { lazyPart } from '../ui/lazy-part.ts'
import { Mark } from '../ui/Mark.tsx'
import { shortcuts, type ShortcutName } from '../ui/shortcuts.ts'
import styles from './NothingOpen.module.css'

const FirstRun = lazyPart(async () => (await import('./FirstRun.tsx')).FirstRun)

const hints = ['filter', 'newChat', 'sheet'] as const satisfies readonly ShortcutName[]

/** Shown instead of a conversation: what comes next. */
export function NothingOpen() {
  const { t } = useTranslation()
  const pane = useAppStore((state) => state.navigation.pane)
  const isLoaded = useAppStore((state) => state.replicaLoaded)
  const isFirstSync = useAppStore((state) => !state.firstSyncDone && state.chats.size === 0)
  const isFirstRun = useAppStore(
    (state) => state.chats.size === 0 && state.settings?.firstRunHidden === false,
  )
  if (!isLoaded) return null
  if (isFirstSync) {
    return (
      <div className={styles['page']} role="status">
        <Mark size={56} />
        <p className={styles['text']}>{t('firstRun.syncing')}</p>
      </div>
    )
  }
  if (pane === 'newChat' || pane === 'newGroup') {
    return (
      <div className={styles['page']}>
        <Mark size={96} />
      </div>
    )
  }
  if (isFirstRun) {
    return (
      <Suspense fallback={null}>
        <FirstRun />
      </Suspense>
    )
  }
  return (
    <div className={styles['page']}>
      <p className={styles['title']}>{t('conversation.none')}</p>
      <dl className={styles['hints']}>
        {hints.map((name) => (
          <div key={name} className={styles['hint']}>
            <dt>{t(`shortcuts.${name}`)}</dt>
            <dd>
              <Keys shortcut={shortcuts[name].keys} />
            </dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
