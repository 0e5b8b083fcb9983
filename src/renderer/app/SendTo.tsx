import Search from 'lucide-react/icons/search'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { mayPost, peerOf, type Chat } from '#shared/domain/chat.ts'
import { chatTitle, displayLine, isolated } from '#shared/domain/display-text.ts'
import type { ChatId, UserId } from '#shared/domain/ids.ts'
import { NAME_LIMIT } from '#shared/domain/person.ts'
import { findChats } from '../features/chats/chat-list.ts'
import { RefusedFiles } from '../features/conversation/attach/RefusedFiles.tsx'
import { RowButton, type RowProps } from '../features/people/RowButton.tsx'
import type { RefusedFile } from '../stores/staging.ts'
import { useAppStore } from '../stores/use-app-store.ts'
import { useChatPicture } from '../stores/use-picture.ts'
import { Avatar } from '../ui/Avatar.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { TextField } from '../ui/TextField.tsx'
import { useRowFocus } from '../ui/use-row-focus.ts'
import styles from './SendTo.module.css'

/** Whoever has more chats types a part of the name. */
const SHOWN = 50

interface SendToProps {
  me: UserId
  files: readonly File[]
  refused: readonly RefusedFile[]
  onPick: (chatId: ChatId) => void
  onClose: () => void
}

/** Lets the person choose the chat for files that came without one. Choosing sends nothing: it stages them there. */
export function SendTo({ me, files, refused, onPick, onClose }: SendToProps) {
  const { t } = useTranslation()
  const field = useRef<HTMLInputElement>(null)
  const list = useRef<HTMLUListElement>(null)
  const [query, setQuery] = useState('')
  const found = useChats(me, query)
  const [focusId, setFocusId] = useState<ChatId | null>(null)
  const ids = found.map(({ id }) => id)
  const activeIndex = Math.max(0, focusId === null ? 0 : ids.indexOf(focusId))
  const rowAt = (index: number): HTMLElement | null =>
    list.current?.querySelector<HTMLElement>(`[data-row-id="${ids[index] ?? ''}"]`) ?? null
  const onKeyDown = useRowFocus({
    ids,
    activeIndex,
    setFocusId,
    list,
    reveal: (index) => rowAt(index)?.scrollIntoView({ block: 'nearest' }),
    onLeaveUp: () => field.current?.focus(),
  })

  if (files.length === 0)
    return (
      <Dialog open onClose={onClose} title={t('attach.nothing')} closeLabel={t('app.close')}>
        <RefusedFiles refused={refused} />
      </Dialog>
    )
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('attach.sendTo', { count: files.length })}
      closeLabel={t('app.close')}
      initialFocus={field}
    >
      <div className={styles['content']}>
        <RefusedFiles refused={refused} />
        <TextField
          ref={field}
          label={t('chats.filter')}
          hideLabel
          type="search"
          dir={query === '' ? undefined : 'auto'}
          placeholder={t('chats.filter')}
          autoComplete="off"
          maxLength={100}
          icon={<Search size={16} aria-hidden />}
          value={query}
          onValueChange={setQuery}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing) return
            if (event.key === 'ArrowDown') rowAt(activeIndex)?.focus()
            else if (event.key === 'Enter' && query !== '') rowAt(0)?.click()
            else return
            event.preventDefault()
          }}
        />
        <ul ref={list} className={styles['chats']} aria-label={t('chats.list')}>
          {found.map((chat, index) => (
            <li key={chat.id} className={styles['chat']}>
              <ChatRow
                chat={chat}
                me={me}
                rowId={chat.id}
                active={index === activeIndex}
                onClick={() => onPick(chat.id)}
                onKeyDown={onKeyDown}
                onFocus={() => setFocusId(chat.id)}
              />
            </li>
          ))}
          {found.length === 0 && (
            <li className={styles['none']}>
              {query === ''
                ? t('chats.noMatch')
                : t('chats.noMatchText', { query: isolated(displayLine(query, NAME_LIMIT)) })}
            </li>
          )}
        </ul>
      </div>
    </Dialog>
  )
}

/** The chats in which the person may write, first those of the list, then those of the archive. */
function useChats(me: UserId, query: string): Chat[] {
  const chats = useAppStore((state) => state.chats)
  const people = useAppStore((state) => state.people)
  return [false, true]
    .flatMap((archived) => findChats(chats, people, me, query, archived))
    .filter((chat) => mayPost(chat, people, me))
    .slice(0, SHOWN)
}

function ChatRow({ chat, me, ...row }: { chat: Chat; me: UserId } & RowProps) {
  const { t } = useTranslation()
  const title = useAppStore(({ people }) => chatTitle(chat, people, me))
  const picture = useChatPicture(chat.id, me)
  return (
    <RowButton
      {...row}
      icon={<Avatar id={peerOf(chat, me) ?? chat.id} name={title} size="s" picture={picture} />}
    >
      <bdi className={styles['name']}>{title || t('app.unknownPerson')}</bdi>
    </RowButton>
  )
}
