import { Popover } from '@base-ui/react/popover'
import clsx from 'clsx'
import Mic from 'lucide-react/icons/mic'
import SendHorizontal from 'lucide-react/icons/send-horizontal'
import Smile from 'lucide-react/icons/smile'
import {
  memo,
  type Ref,
  Suspense,
  useCallback,
  useEffect,
  useImperativeHandle,
  useRef,
  useState,
} from 'react'
import { useTranslation } from 'react-i18next'
import type { ChatId, UserId } from '#shared/domain/ids.ts'
import { fromMarkedText, toMarkedText } from '#shared/messages/mentions.ts'
import { useServices } from '../../services/use-services.ts'
import { useAppStore, useAppStoreApi } from '../../stores/use-app-store.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { lazyPart } from '../../ui/lazy-part.ts'
import { type Commands, runShortcut, shortcuts } from '../../ui/shortcuts.ts'
import { notify } from '../../ui/toasts.ts'
import { LiveRegion } from '../../ui/VisuallyHidden.tsx'
import { AttachButton, type AttachButtonHandle } from './attach/AttachButton.tsx'
import { pastedFiles } from './attach/pasted-files.ts'
import { withAllowedCaptions } from './attach/staged-changes.ts'
import { useAttach } from './attach/use-attach.ts'
import styles from './Composer.module.css'
import { composerState, returnUnsent, textBody, toggleMark } from './composer-text.ts'
import { useLinkPreview } from './link/use-link-preview.ts'
import { allowedDraft, editDraft, type Draft } from './mention-draft.ts'
import { caretOf, replaceSelection } from './text-field.ts'
import { useMentionPicker } from './use-mention-picker.tsx'
import { useMic } from './voice/use-mic.ts'

const StagingSheet = lazyPart(async () => (await import('./attach/StagingSheet.tsx')).StagingSheet)
const LinkStrip = lazyPart(async () => (await import('./link/LinkStrip.tsx')).LinkStrip)
const EmojiPicker = lazyPart(async () => (await import('./EmojiPicker.tsx')).EmojiPicker)

export interface ComposerHandle {
  focus(): void
  /** Opens the dialog for photos and videos. */
  attach(): void
  /** Inserts the marked text if the composer is empty. Always focuses the composer. */
  insertIfEmpty(marked: string): void
}

interface ComposerProps {
  ref: Ref<ComposerHandle>
  chatId: ChatId
  me: UserId
  /** Called for PageUp and PageDown, which scroll the messages. */
  onPage: (direction: 'up' | 'down') => void
}

/** The composer of one chat. It must be mounted again for another chat. The text comes back if the message cannot be queued. */
export function Composer({ ref, chatId, me, onPage }: ComposerProps) {
  const { t } = useTranslation()
  const { attachments, conversation } = useServices()
  const attach = useAttach(chatId)
  const attachButton = useRef<AttachButtonHandle>(null)
  const staging = useAppStore((state) => state.staging.get(chatId))
  const enterSends = useAppStore((state) => state.settings?.enterSends ?? true)
  const store = useAppStoreApi()
  // The service may have a newer draft than the store.
  const [draft, setDraft] = useState<Draft>(() =>
    fromMarkedText(conversation.draft(chatId) ?? store.getState().chats.get(chatId)?.draft ?? ''),
  )
  const { text } = draft
  /** The draft after changes that are not rendered yet. */
  const latest = useRef(draft)
  const textarea = useRef<HTMLTextAreaElement>(null)
  const { canSend, left } = composerState(text)
  // In the sheet the text is the caption of files.
  const link = useLinkPreview(chatId, staging?.open === true ? '' : text)

  const timesOpened = useAppStore((state) => state.navigation.timesOpened)
  const focusedFor = useRef<number>(null)
  useEffect(() => {
    if (focusedFor.current === timesOpened) return
    focusedFor.current = timesOpened
    focusAtEnd(textarea.current)
  }, [timesOpened])

  const show = (next: Draft): void => {
    latest.current = next
    setDraft(next)
  }
  const change = (next: Draft): void => {
    show(next)
    conversation.setDraft(chatId, toMarkedText(next))
  }

  const send = (): void => {
    if (!canSend) return
    const unsent = toMarkedText(draft).trim()
    const group = store.getState().chats.get(chatId)?.group ?? null
    show({ text: '', mentions: [] })
    link.sent()
    conversation.send(chatId, textBody(allowedDraft(draft, group, me), link.preview)).catch(() => {
      // Works even if another chat is open by now: the text then goes only into the draft of the chat it was written in.
      change(fromMarkedText(returnUnsent(unsent, conversation.draft(chatId) ?? '')))
      notify(t('conversation.notSaved'), 'error')
    })
    textarea.current?.focus()
  }

  const sendStaged = (): void => {
    const group = store.getState().chats.get(chatId)?.group ?? null
    const caption = allowedDraft(draft, group, me)
    show({ text: '', mentions: [] })
    attachments()
      .then((service) => {
        service.change(chatId, withAllowedCaptions(group, me))
        return service.send(chatId, caption)
      })
      .catch(() => {
        // The files are still staged. The text is their caption, or it is still the draft.
        show(fromMarkedText(conversation.draft(chatId) ?? ''))
        notify(t('attach.notSent'), 'error')
      })
    textarea.current?.focus()
  }

  useImperativeHandle(ref, () => ({
    attach: () => attachButton.current?.pick(),
    focus: () => textarea.current?.focus(),
    insertIfEmpty: (marked) => {
      if ((conversation.draft(chatId) ?? text) === '') change(fromMarkedText(marked))
      textarea.current?.focus()
    },
  }))

  const format = (mark: Parameters<typeof toggleMark>[1]) => (): void => {
    if (textarea.current === null) return
    const { value, selectionStart, selectionEnd } = textarea.current
    replaceSelection(textarea.current, toggleMark(value.slice(selectionStart, selectionEnd), mark))
  }
  const commands: Commands<'composer'> = {
    send,
    newLine: 'native',
    bold: format('*'),
    italic: format('_'),
    strike: format('~'),
    code: format('`'),
    pageFromComposer: ({ key }) => onPage(key === 'PageUp' ? 'up' : 'down'),
  }

  const insertEmoji = useCallback((emoji: string): void => {
    if (textarea.current === null) return
    replaceSelection(textarea.current, { text: emoji, selectFrom: emoji.length, selectTo: emoji.length })
  }, [])

  const { aria, picker, ...mentioning } = useMentionPicker({
    chatId,
    me,
    field: textarea,
    draft: latest,
    onChange: change,
  })

  return (
    <div className={styles['composer']}>
      <Suspense fallback={null}>
        {link.preview !== null && (
          <LinkStrip
            preview={link.preview}
            onDismiss={() => {
              link.dismiss()
              textarea.current?.focus()
            }}
          />
        )}
      </Suspense>
      {picker}
      <AttachButton ref={attachButton} onPick={attach} />
      <EmojiButton onEmoji={insertEmoji} />
      <textarea
        ref={textarea}
        className={styles['field']}
        rows={1}
        dir="auto"
        aria-label={t('conversation.message')}
        placeholder={t('conversation.message')}
        value={text}
        onChange={(event) => {
          change(editDraft(latest.current, event.target.value))
          mentioning.update(event.target.selectionEnd)
          if (event.target.value.trim() !== '') conversation.typing(chatId)
        }}
        onPaste={(event) => {
          const files = pastedFiles(event.clipboardData)
          if (files.length === 0) return
          event.preventDefault()
          attach(files)
        }}
        onSelect={({ currentTarget }) => mentioning.update(caretOf(currentTarget))}
        onBlur={() => {
          mentioning.update(null)
          void conversation.flushDrafts()
        }}
        onKeyDown={(event) => {
          if (mentioning.onKeyDown(event.nativeEvent)) event.preventDefault()
          else runShortcut(event.nativeEvent, commands, enterSends)
        }}
        {...aria}
      />
      {left !== null && <Counter left={left} />}
      {text.trim() === '' ? (
        <MicButton chatId={chatId} />
      ) : (
        <IconButton
          className={clsx(styles['send'], canSend && styles['ready'])}
          size="l"
          side="top"
          label={t('conversation.send')}
          shortcut={enterSends ? 'Enter' : 'Mod+Enter'}
          aria-disabled={!canSend}
          onClick={send}
        >
          <SendHorizontal size={18} aria-hidden />
        </IconButton>
      )}
      <Suspense fallback={null}>
        {staging?.open === true && (
          <StagingSheet
            chatId={chatId}
            me={me}
            staging={staging}
            draft={draft}
            onDraft={change}
            onSend={sendStaged}
          />
        )}
      </Suspense>
    </div>
  )
}

/** In the place of the send button while there is nothing to send. A click records, and so does holding it. */
function MicButton({ chatId }: { chatId: ChatId }) {
  const { t } = useTranslation()
  const { start, onPointerDown } = useMic(chatId)
  return (
    <IconButton
      className={styles['send']}
      size="l"
      side="top"
      label={t('voice.record')}
      shortcut={shortcuts.record.keys}
      onPointerDown={onPointerDown}
      // A pointer has started it already.
      onClick={({ detail }) => detail === 0 && start()}
    >
      <Mic size={20} aria-hidden />
    </IconButton>
  )
}

/** Shown near the limit. Announced in steps of 50 characters, and beyond the limit after every change. */
function Counter({ left }: { left: number }) {
  const { t } = useTranslation()
  const describe = (count: number): string =>
    count < 0 ? t('conversation.tooLong', { count: -count }) : t('conversation.left', { count })
  return (
    <>
      <span
        className={clsx(styles['counter'], left < 0 && styles['tooLong'])}
        title={describe(left)}
        aria-hidden
      >
        {left}
      </span>
      <LiveRegion>{describe(left < 0 ? left : Math.ceil(left / 50) * 50)}</LiveRegion>
    </>
  )
}

/** Memoized: the composer renders for every key. */
const EmojiButton = memo(function EmojiButton({ onEmoji }: { onEmoji: (emoji: string) => void }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger
        render={
          <IconButton label={t('conversation.emoji')} size="l" side="top">
            <Smile size={20} aria-hidden />
          </IconButton>
        }
      />
      <Popover.Portal>
        <Popover.Positioner className={styles['pickerPositioner']} side="top" align="start" sideOffset={10}>
          <Popover.Popup className={styles['picker']} aria-label={t('conversation.emoji')} finalFocus={false}>
            <Suspense fallback={null}>
              <EmojiPicker
                onPick={(emoji) => {
                  setOpen(false)
                  onEmoji(emoji)
                }}
              />
            </Suspense>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
})

function focusAtEnd(textarea: HTMLTextAreaElement | null): void {
  if (textarea === null) return
  textarea.focus({ preventScroll: true })
  textarea.setSelectionRange(textarea.value.length, textarea.value.length)
}
