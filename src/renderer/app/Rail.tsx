import MessageCircle from 'lucide-react/icons/message-circle'
import Settings from 'lucide-react/icons/settings'
import { Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { UserId } from '#shared/domain/ids.ts'
import { useServices } from '../services/use-services.ts'
import { useAppStore } from '../stores/use-app-store.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { lazyPart } from '../ui/lazy-part.ts'
import { shortcuts } from '../ui/shortcuts.ts'
import { VisuallyHidden } from '../ui/VisuallyHidden.tsx'
import styles from './Rail.module.css'
import { useUnread } from './use-unread.ts'

const TransfersItem = lazyPart(
  async () => (await import('../features/transfers/TransfersItem.tsx')).TransfersItem,
)

const MAX_SHOWN = 99

export function Rail({ me }: { me: UserId }) {
  const { t } = useTranslation()
  const unread = useUnread(me)
  const { app } = useServices()
  const pane = useAppStore((state) => state.navigation.pane)
  return (
    <nav className={styles['rail']} aria-label={t('app.navigation')}>
      <IconButton
        label={t('chats.title')}
        size="l"
        side="inline-end"
        aria-current={pane === 'settings' ? undefined : 'page'}
        aria-describedby={unread > 0 ? 'rail-unread' : undefined}
        onClick={() => app.navigate({ pane: 'chats' })}
      >
        <MessageCircle size={22} aria-hidden />
      </IconButton>
      {unread > 0 && (
        <>
          <span aria-hidden className={styles['badge']}>
            {unread > MAX_SHOWN ? `${MAX_SHOWN}+` : unread}
          </span>
          <VisuallyHidden>
            <span id="rail-unread">{t('chats.unread', { count: unread })}</span>
          </VisuallyHidden>
        </>
      )}
      <div className={styles['gap']} />
      <Transfers />
      <IconButton
        label={t('settings.title')}
        shortcut={shortcuts.settings.keys}
        size="l"
        side="inline-end"
        aria-current={pane === 'settings' ? 'page' : undefined}
        onClick={() => app.navigate({ pane: 'settings' })}
      >
        <Settings size={22} aria-hidden />
      </IconButton>
    </nav>
  )
}

/** Files on their way. It stays from the first one on, to say when all have ended. */
function Transfers() {
  const isListed = useAppStore(({ listed }) => listed.size > 0)
  const [isUsed, setIsUsed] = useState(isListed)
  if (isListed && !isUsed) setIsUsed(true)
  return (
    isUsed && (
      <Suspense fallback={null}>
        <TransfersItem />
      </Suspense>
    )
  )
}
