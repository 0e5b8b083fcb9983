import { type ReactNode, Suspense, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { isolated } from '#shared/domain/display-text.ts'
import { mayDo } from '#shared/domain/group.ts'
import type { ChatId, UserId } from '#shared/domain/ids.ts'
import { textOf } from '#shared/messages/body.ts'
import type { Message } from '#shared/messages/envelope.ts'
import { useServices } from '../../services/use-services.ts'
import { useAppStore } from '../../stores/use-app-store.ts'
import { Button } from '../../ui/Button.tsx'
import { lazyPart } from '../../ui/lazy-part.ts'
import { useShortcuts } from '../../ui/use-shortcuts.ts'
import { useShowError } from '../../ui/use-show-error.ts'
import { FileDrop } from './attach/FileDrop.tsx'
import { StagedBar } from './attach/StagedBar.tsx'
import { useAttach } from './attach/use-attach.ts'
import { Composer, type ComposerHandle } from './Composer.tsx'
import { startsTyping } from './composer-text.ts'
import { ConversationHeader } from './ConversationHeader.tsx'
import { MessageList } from './MessageList.tsx'
import styles from './OpenChat.module.css'
import type { MessageListHandle } from './use-list-keys.ts'
import { usePeer } from './use-peer.ts'
import { useMic, useRestoredVoiceNotes } from './voice/use-mic.ts'

const VoiceBar = lazyPart(async () => (await import('./voice/VoiceBar.tsx')).VoiceBar)

interface OpenChatProps {
  chatId: ChatId
  me: UserId
}

/** An open chat: header, messages, composer. */
export function OpenChat({ chatId, me }: OpenChatProps) {
  const { t } = useTranslation()
  const services = useServices()
  const showError = useShowError()
  const isReady = useAppStore(
    ({ conversation }) => conversation?.chatId === chatId && conversation.status === 'ready',
  )
  const generation = useAppStore(({ conversation }) => conversation?.generation ?? 0)
  const isKnown = useAppStore(({ chats }) => chats.has(chatId))
  const peer = usePeer(chatId, me)
  const root = useRef<HTMLDivElement>(null)
  const composer = useRef<ComposerHandle>(null)
  const list = useRef<MessageListHandle>(null)
  const attach = useAttach(chatId)
  useTypingFocusesComposer(root, composer)
  const voiceNote = useAppStore(({ voiceNotes }) => voiceNotes.get(chatId))
  const mic = useMic(chatId)
  useRestoredVoiceNotes()
  useShortcuts({
    newest: () => list.current?.toNewest(),
    attach: () => composer.current?.attach(),
    // Only where a composer is.
    record: () => (composer.current === null ? false : mic.start()),
  })

  // The replica puts the text into its draft if that is empty. The composer may have a newer draft, so it checks its own.
  const discard = (message: Message): void => {
    services.conversation.discard(message.id).then(() => {
      const text = textOf('draftText', message.body)
      if (text !== null) composer.current?.insertIfEmpty(text)
    }, showError)
  }

  return (
    <div ref={root} className={styles['chat']}>
      <ConversationHeader chatId={chatId} me={me} peer={peer} />
      {isReady ? (
        <MessageList key={generation} ref={list} chatId={chatId} me={me} peer={peer} onDiscard={discard} />
      ) : (
        <div className={styles['blank']} />
      )}
      {peer.blocked && peer.id !== undefined ? (
        <BlockedNotice userId={peer.id} name={peer.name} />
      ) : (
        isKnown && (
          <MayWrite chatId={chatId} me={me}>
            <FileDrop
              area={root}
              label={t('attach.dropHere', { name: isolated(peer.name) })}
              onDrop={attach}
            />
            <StagedBar chatId={chatId} />
            {voiceNote === undefined ? (
              <Composer
                ref={composer}
                chatId={chatId}
                me={me}
                onPage={(direction) => list.current?.page(direction)}
              />
            ) : (
              <Suspense fallback={null}>
                <VoiceBar chatId={chatId} note={voiceNote} />
              </Suspense>
            )}
          </MayWrite>
        )
      )}
    </div>
  )
}

/** Shows the children where this person may write. Otherwise explains why not. */
function MayWrite({ chatId, me, children }: OpenChatProps & { children: ReactNode }) {
  const { t } = useTranslation()
  const services = useServices()
  const showError = useShowError()
  const { former, allowed } = useAppStore(({ chats }) => {
    const chat = chats.get(chatId)
    const group = chat?.group ?? null
    return { former: chat?.former === true, allowed: group === null || mayDo(group, 'post', me) }
  })
  if (former)
    return (
      <div className={styles['blocked']}>
        <p className={styles['blockedText']}>{t('conversation.former')}</p>
        <Button onClick={() => void services.chats.deleteFormer(chatId).catch(showError)}>
          {t('conversation.deleteFormer')}
        </Button>
      </div>
    )
  if (!allowed)
    return (
      <div className={styles['blocked']}>
        <p className={styles['blockedText']}>{t('conversation.adminsOnly')}</p>
      </div>
    )
  return children
}

function BlockedNotice({ userId, name }: { userId: UserId; name: string }) {
  const { t } = useTranslation()
  const services = useServices()
  const showError = useShowError()
  // <bdi> keeps the name from changing the direction of the sentence.
  const [before, after] = t('conversation.blocked', { name: '\0' }).split('\0')
  return (
    <div className={styles['blocked']}>
      <p className={styles['blockedText']}>
        {before}
        <bdi>{name}</bdi>
        {after}
      </p>
      <Button
        onClick={() =>
          void services.outbox.add({ kind: 'block', payload: { userId, blocked: false } }).catch(showError)
        }
      >
        {t('conversation.unblock')}
      </Button>
    </div>
  )
}

/** Elements that handle typing themselves. */
const TYPING_TARGETS =
  'input, textarea, select, [contenteditable], [role="menu"], [role="dialog"], [role="alertdialog"], [role="listbox"]'

/** Moves the focus to the composer when the person types in the chat or while nothing is focused. */
function useTypingFocusesComposer(
  root: React.RefObject<HTMLElement | null>,
  composer: React.RefObject<ComposerHandle | null>,
): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || !startsTyping(event) || !(event.target instanceof Element)) return
      if (event.target.closest(TYPING_TARGETS) !== null) return
      if (event.target === document.body || root.current?.contains(event.target) === true)
        composer.current?.focus()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [root, composer])
}
