import Paperclip from 'lucide-react/icons/paperclip'
import X from 'lucide-react/icons/x'
import { useTranslation } from 'react-i18next'
import type { ChatId } from '#shared/domain/ids.ts'
import { storedStaging, waitingEntries } from '../../../stores/staging.ts'
import { useServices } from '../../../services/use-services.ts'
import { useAppStore } from '../../../stores/use-app-store.ts'
import { Button } from '../../../ui/Button.tsx'
import { IconButton } from '../../../ui/IconButton.tsx'
import { useShowError } from '../../../ui/use-show-error.ts'
import { LiveRegion } from '../../../ui/VisuallyHidden.tsx'
import styles from './StagedBar.module.css'
import { useRemoveAll } from './use-remove-all.ts'

/** Above the composer: how many files wait to be sent or are being prepared. */
export function StagedBar({ chatId }: { chatId: ChatId }) {
  const { t } = useTranslation()
  const { attachments } = useServices()
  const showError = useShowError()
  const removeAll = useRemoveAll(chatId)
  const { waiting, sending } = useAppStore(({ staging, chats }) => {
    const { entries } = staging.get(chatId) ?? storedStaging(chats.get(chatId))
    const count = waitingEntries({ entries }).length
    return { waiting: count, sending: entries.length - count }
  })
  const show = (): void => void attachments().then((service) => service.show(chatId), showError)

  return (
    <>
      <LiveRegion>{sending > 0 ? t('attach.preparing', { count: sending }) : ''}</LiveRegion>
      {sending > 0 && (
        <div className={styles['bar']}>
          <Paperclip size={16} aria-hidden />
          <span className={styles['text']}>{t('attach.preparing', { count: sending })}</span>
        </div>
      )}
      {waiting > 0 && (
        <div className={styles['bar']}>
          <Paperclip size={16} aria-hidden />
          <span className={styles['text']}>{t('attach.waiting', { count: waiting })}</span>
          <Button variant="ghost" onClick={show}>
            {t('attach.show')}
          </Button>
          <IconButton label={t('attach.removeAll')} side="top" onClick={removeAll}>
            <X size={18} aria-hidden />
          </IconButton>
        </div>
      )}
    </>
  )
}
