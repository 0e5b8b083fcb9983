import { useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { peerOf } from '#shared/domain/chat.ts'
import { displaySize } from '#shared/domain/display-size.ts'
import { isolated } from '#shared/domain/display-text.ts'
import type { ChatId, UserId } from '#shared/domain/ids.ts'
import type { StorageUsage } from '../../../services/services.ts'
import { useServices } from '../../../services/use-services.ts'
import { useAppStore, useAppStoreApi } from '../../../stores/use-app-store.ts'
import { useChatTitle } from '../../../stores/use-chat-title.ts'
import { useChatPicture } from '../../../stores/use-picture.ts'
import { Avatar } from '../../../ui/Avatar.tsx'
import { Button } from '../../../ui/Button.tsx'
import { ConfirmDialog } from '../../../ui/Dialog.tsx'
import { ChatFiles } from './ChatFiles.tsx'
import { useReadableTitle } from '../../../ui/phone/use-readable-title.ts'
import { nameOfChat } from '../../../ui/wording.ts'
import styles from './Storage.module.css'
import { useFree } from './use-free.ts'
import { useLoaded } from './use-loaded.ts'

const PAGE = 50

interface StorageChatsProps {
  me: UserId
  /** The list is loaded again when this changes. */
  usage: StorageUsage | null
  onFreed: () => void
}

/** The chats with files on this computer, the largest first. */
export function StorageChats({ me, usage, onFreed }: StorageChatsProps) {
  const { t } = useTranslation()
  const { storage } = useServices()
  const [limit, setLimit] = useState(PAGE)
  const { value, reload } = useLoaded(
    useCallback(async () => (await storage()).chats(limit), [storage, limit]),
  )
  useEffect(reload, [usage, reload])
  const free = useFree(onFreed)
  const [shown, setShown] = useState<ChatId | null>(null)
  const [asked, setAsked] = useState<ChatId | null>(null)
  const store = useAppStoreApi()
  const clear = (chatId: ChatId): void => {
    // The files of a group that this person has left cannot be downloaded again.
    if (store.getState().chats.get(chatId)?.former === true) setAsked(chatId)
    else free(chatId)
  }
  return (
    <section className={styles['part']} aria-labelledby="storage-chats">
      <h3 id="storage-chats" className={styles['heading']}>
        {t('storage.chats')}
      </h3>
      {value?.chats.length === 0 && <p className={styles['note']}>{t('storage.noChats')}</p>}
      <ul>
        {value?.chats.map(({ chatId, size, files }) => (
          <ChatItem
            key={chatId}
            chatId={chatId}
            me={me}
            size={size}
            files={files}
            onShow={() => setShown(chatId)}
            onClear={() => clear(chatId)}
          />
        ))}
      </ul>
      {value?.hasMore === true && (
        <div className={styles['more']}>
          <Button onClick={() => setLimit(limit + PAGE)}>{t('storage.more')}</Button>
        </div>
      )}
      {shown !== null && <ChatFiles chatId={shown} me={me} onClose={() => setShown(null)} />}
      <ConfirmDialog
        open={asked !== null}
        onClose={() => setAsked(null)}
        onConfirm={() => free(asked, true)}
        title={t('storage.formerTitle')}
        text={t('storage.formerText')}
        confirmLabel={t('storage.formerClear')}
        cancelLabel={t('app.cancel')}
        danger
      />
    </section>
  )
}

interface ChatItemProps {
  chatId: ChatId
  me: UserId
  size: number
  files: number
  onShow: () => void
  onClear: () => void
}

function ChatItem({ chatId, me, size, files, onShow, onClear }: ChatItemProps) {
  const { t, i18n } = useTranslation()
  const { kind, title } = useChatTitle(chatId, me)
  const name = nameOfChat(t, { kind, title: useReadableTitle(title) })
  const peer = useAppStore(({ chats }) => {
    const chat = chats.get(chatId)
    return chat && peerOf(chat, me)
  })
  const picture = useChatPicture(chatId, me)
  return (
    <li className={styles['chat']}>
      <button type="button" className={styles['open']} onClick={onShow}>
        <Avatar id={peer ?? chatId} name={title} size="s" picture={picture} />
        <span className={styles['texts']}>
          <bdi className={styles['name']}>{name}</bdi>
          <span className={styles['hint']}>
            {t('storage.inChat', { count: files, size: displaySize(size, i18n.language) })}
          </span>
        </span>
      </button>
      <Button aria-label={t('storage.clearOf', { name: isolated(name) })} onClick={onClear}>
        {t('storage.clear')}
      </Button>
    </li>
  )
}
