import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { displaySize } from '#shared/domain/display-size.ts'
import { momentText } from '#shared/domain/display-time.ts'
import type { ChatId, UserId } from '#shared/domain/ids.ts'
import { FILE_KINDS } from '#shared/domain/storage.ts'
import { attachmentOf } from '#shared/messages/body.ts'
import type { StorageFiles } from '../../../services/services.ts'
import { useServices } from '../../../services/use-services.ts'
import { useAppStore } from '../../../stores/use-app-store.ts'
import { useChatTitle } from '../../../stores/use-chat-title.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { FileName } from '../../../ui/media/FileName.tsx'
import { useNow } from '../../../ui/use-now.ts'
import { useShowError } from '../../../ui/use-show-error.ts'
import { useReadableTitle } from '../../../ui/phone/use-readable-title.ts'
import { nameOfChat } from '../../../ui/wording.ts'
import styles from './Storage.module.css'
import { useLoaded } from './use-loaded.ts'

const PAGE = 50

interface ChatFilesProps {
  chatId: ChatId
  me: UserId
  onClose: () => void
}

/** The files of a chat on this computer, the largest first. Each can be kept: then nothing frees its space. */
export function ChatFiles({ chatId, me, onClose }: ChatFilesProps) {
  const { t } = useTranslation()
  const { storage, media } = useServices()
  const showError = useShowError()
  const { kind, title } = useChatTitle(chatId, me)
  const name = nameOfChat(t, { kind, title: useReadableTitle(title) })
  const [limit, setLimit] = useState(PAGE)
  const { value, failed, reload } = useLoaded(
    useCallback(async () => (await storage()).files(chatId, limit), [storage, chatId, limit]),
  )
  const keep = (file: KeptFile): void => {
    const attachment = attachmentOf(file.message.body)
    if (attachment === null) return
    media()
      .then((service) => service.keep(attachment.sha256, !file.kept))
      .then(reload)
      .catch(showError)
  }
  return (
    <Dialog open onClose={onClose} title={name} closeLabel={t('app.close')}>
      <p className={styles['hint']}>{t('storage.keepHint')}</p>
      {failed && (
        <div role="alert" className={styles['note']}>
          {t('storage.loadFailed')}
          <Button onClick={reload}>{t('app.tryAgain')}</Button>
        </div>
      )}
      {value?.files.length === 0 && <p className={styles['note']}>{t('storage.noFiles')}</p>}
      <ul className={styles['fileList']}>
        {value?.files.map((file) => (
          <FileItem key={file.message.id} file={file} onKeep={() => keep(file)} />
        ))}
      </ul>
      {value?.hasMore === true && (
        <div className={styles['more']}>
          <Button onClick={() => setLimit(limit + PAGE)}>{t('storage.more')}</Button>
        </div>
      )}
    </Dialog>
  )
}

type KeptFile = StorageFiles['files'][number]

function FileItem({ file: { message, size, kept }, onKeep }: { file: KeptFile; onKeep: () => void }) {
  const { t, i18n } = useTranslation()
  const now = useNow()
  const clockOffset = useAppStore((state) => state.clockOffset)
  const { body, sentAt } = message
  const kind = t(`message.${FILE_KINDS.find((known) => known === body?.kind) ?? 'file'}`)
  const time = momentText(sentAt === null ? now : sentAt - clockOffset, { now, locale: i18n.language })
  const what = body?.kind === 'file' ? <FileName name={body.name} fallback={kind} /> : kind
  return (
    <li className={styles['fileRow']}>
      <span className={styles['texts']} id={`kept-${message.id}`}>
        {what}
        <span className={styles['hint']}>
          {displaySize(size, i18n.language)} · <time>{time}</time>
        </span>
      </span>
      <Button
        variant={kept ? 'primary' : 'secondary'}
        aria-pressed={kept}
        aria-describedby={`kept-${message.id}`}
        onClick={onKeep}
      >
        {t('storage.keep')}
      </Button>
    </li>
  )
}
