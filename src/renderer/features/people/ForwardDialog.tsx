import Search from 'lucide-react/icons/search'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { peerOf, type Chat } from '#shared/domain/chat.ts'
import { chatTitle } from '#shared/domain/display-text.ts'
import type { ChatId, UserId } from '#shared/domain/ids.ts'
import { attachmentOf } from '#shared/messages/body.ts'
import type { Message } from '#shared/messages/envelope.ts'
import { forwardMessage } from '../../services/conversation/forward-message.ts'
import { useServices } from '../../services/use-services.ts'
import { useAppStore } from '../../stores/use-app-store.ts'
import { useChatPicture } from '../../stores/use-picture.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { useReadableTitle } from '../../ui/phone/use-readable-title.ts'
import { runShortcut, type Commands } from '../../ui/shortcuts.ts'
import { TextField } from '../../ui/TextField.tsx'
import { notify } from '../../ui/toasts.ts'
import { useRowFocus } from '../../ui/use-row-focus.ts'
import { errorKey } from '../../ui/use-show-error.ts'
import { nameOfChat } from '../../ui/wording.ts'
import { forwardTargets } from './forward-targets.ts'
import styles from './ForwardDialog.module.css'
import { RowButton, type RowProps } from './RowButton.tsx'
import rowStyles from './RowButton.module.css'

const MAX_PICKED = 5
/** More chats are found by typing. */
const MAX_SHOWN = 50

type Key = ReturnType<typeof errorKey> | 'forward.missing'

/** Sends a copy of a message to other chats. */
export function ForwardDialog({ me, message }: { me: UserId; message: Message }) {
  const { t } = useTranslation()
  const services = useServices()
  const [picked, setPicked] = useState<readonly ChatId[]>([])
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<Key | null>(null)
  const field = useRef<HTMLInputElement>(null)
  /** Closing the dialog stops what is not sent yet. */
  const isOpen = useRef(true)
  const hasFile = attachmentOf(message.body) !== null

  const close = (): void => services.app.navigate({ forwarded: null })
  useEffect(() => {
    isOpen.current = true
    const unsubscribe = services.chats.onDeleted(message.chatId, (ids) => {
      if (ids.has(message.id)) services.app.navigate({ forwarded: null })
    })
    return () => {
      isOpen.current = false
      unsubscribe()
    }
  }, [services, message])
  const toggle = (id: ChatId): void => {
    if (picked.includes(id)) setPicked(picked.filter((other) => other !== id))
    else if (picked.length < MAX_PICKED) setPicked([...picked, id])
  }
  const send = async (): Promise<void> => {
    setBusy(true)
    setError(null)
    try {
      const isSent = await forwardMessage(services, message, {
        chatIds: picked,
        isWanted: () => isOpen.current,
        onSent: (chatId) => setPicked((before) => before.filter((other) => other !== chatId)),
      })
      if (!isOpen.current) return
      if (!isSent) return setError('forward.missing')
      notify(t('forward.done'))
      close()
    } catch (failure) {
      setError(errorKey(failure))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog open onClose={close} title={t('forward.title')} closeLabel={t('app.close')} initialFocus={field}>
      <Targets me={me} field={field} picked={picked} onToggle={toggle} />
      <p className={styles['count']} aria-live="polite">
        {isBusy && hasFile
          ? t('forward.fetching')
          : t('forward.count', { count: picked.length, limit: MAX_PICKED })}
      </p>
      {error !== null && (
        <p role="alert" className={styles['error']}>
          {t(error)}
        </p>
      )}
      <div className={styles['actions']}>
        <Button onClick={close}>{t('app.cancel')}</Button>
        <Button variant="primary" inactive={isBusy || picked.length === 0} onClick={() => void send()}>
          {t('forward.send')}
        </Button>
      </div>
    </Dialog>
  )
}

interface TargetsProps {
  me: UserId
  field: React.RefObject<HTMLInputElement | null>
  picked: readonly ChatId[]
  onToggle: (id: ChatId) => void
}

/** A field, and the chats that it finds. One of them is in the tab order. */
function Targets({ me, field, picked, onToggle }: TargetsProps) {
  const { t } = useTranslation()
  const { chats, people } = useAppStore((state) => ({ chats: state.chats, people: state.people }))
  const [query, setQuery] = useState('')
  const [focusId, setFocusId] = useState<ChatId | null>(null)
  const list = useRef<HTMLUListElement>(null)
  const found = useMemo(() => forwardTargets({ chats, people, me }, query), [chats, people, me, query])
  const shown = found.slice(0, MAX_SHOWN)
  const ids = shown.map(({ id }) => id)
  const activeIndex = Math.max(0, focusId === null ? 0 : ids.indexOf(focusId))
  const rowAt = (index: number): HTMLElement | null =>
    list.current?.querySelector<HTMLElement>(`[data-row-id="${ids[index]}"]`) ?? null
  const onKeyDown = useRowFocus({
    ids,
    activeIndex,
    setFocusId,
    list,
    reveal: (index) => rowAt(index)?.scrollIntoView({ block: 'nearest' }),
    onLeaveUp: () => field.current?.focus(),
  })
  const commands: Commands<'search'> = {
    firstResult: () => rowAt(0)?.click(),
    toResults: () => rowAt(activeIndex)?.focus(),
    clearSearch() {
      if (query === '') return false
      setQuery('')
      return true
    },
  }
  return (
    <>
      <TextField
        ref={field}
        label={t('forward.find')}
        hideLabel
        type="search"
        dir={query === '' ? undefined : 'auto'}
        placeholder={t('forward.find')}
        autoComplete="off"
        maxLength={100}
        icon={<Search size={16} aria-hidden />}
        value={query}
        onValueChange={setQuery}
        onKeyDown={(event) => {
          runShortcut(event.nativeEvent, commands)
          // Escape has cleared the field, and must not close the dialog too.
          if (event.defaultPrevented) event.stopPropagation()
        }}
      />
      <ul ref={list} className={styles['results']} aria-label={t('forward.chats')}>
        {shown.map((chat, index) => (
          <li key={chat.id} className={styles['item']}>
            <Target
              me={me}
              chat={chat}
              rowId={chat.id}
              active={index === activeIndex}
              pressed={picked.includes(chat.id)}
              onClick={() => onToggle(chat.id)}
              onKeyDown={onKeyDown}
              onFocus={() => setFocusId(chat.id)}
            />
          </li>
        ))}
        {shown.length === 0 && <li className={styles['none']}>{t('forward.none')}</li>}
        {found.length > shown.length && <li className={styles['none']}>{t('forward.more')}</li>}
      </ul>
    </>
  )
}

function Target({ me, chat, ...row }: RowProps & { me: UserId; chat: Chat }) {
  const { t } = useTranslation()
  const title = useAppStore(({ people }) => chatTitle(chat, people, me))
  const picture = useChatPicture(chat.id, me)
  const readable = useReadableTitle(title)
  return (
    <RowButton
      {...row}
      icon={<Avatar id={peerOf(chat, me) ?? chat.id} name={title} size="s" picture={picture} />}
    >
      <bdi className={rowStyles['name']}>{nameOfChat(t, { kind: chat.kind, title: readable })}</bdi>
    </RowButton>
  )
}
