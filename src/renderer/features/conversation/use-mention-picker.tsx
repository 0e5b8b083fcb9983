import { type ReactNode, type RefObject, Suspense, useRef, useState } from 'react'
import type { ChatId, UserId } from '#shared/domain/ids.ts'
import { useAppStore } from '../../stores/use-app-store.ts'
import { lazyPart } from '../../ui/lazy-part.ts'
import { addMention, mentionQuery, type Draft, type MentionQuery } from './mention-draft.ts'
import type { MentionOption } from './mention-options.ts'
import type { MentionPickerHandle, PickerIds } from './MentionPicker.tsx'
import { replaceSelection } from './text-field.ts'

const MentionPicker = lazyPart(async () => (await import('./MentionPicker.tsx')).MentionPicker)

interface MentionPickerOptions {
  chatId: ChatId
  me: UserId
  field: RefObject<HTMLTextAreaElement | null>
  /** The text of the field. */
  draft: RefObject<Draft>
  /** A mention was added. */
  onChange: (draft: Draft) => void
  /** The list takes its place above the field instead of covering what is there. */
  inFlow?: boolean
}

interface MentionPickerPart {
  /** Call it when the text or the caret may have changed. Null: the text has lost the focus. */
  update: (caret: number | null) => void
  /** Returns true if the picker has used the key. */
  onKeyDown: (event: KeyboardEvent) => boolean
  /** For the text field. */
  aria: Record<string, string | undefined>
  picker: ReactNode
}

/** Offers the members of a group while a name is typed after an `@`. */
export function useMentionPicker(options: MentionPickerOptions): MentionPickerPart {
  const { chatId, me, field, draft, onChange, inFlow = false } = options
  const isGroup = useAppStore(({ chats }) => chats.get(chatId)?.kind === 'group')
  const [query, setQuery] = useState<MentionQuery | null>(null)
  const [ids, setIds] = useState<PickerIds | null>(null)
  const handle = useRef<MentionPickerHandle>(null)
  /** The place of the `@` for which the person has closed the picker. */
  const closedAt = useRef<number>(null)

  const update = (caret: number | null): void => {
    const next = caret === null || !isGroup ? null : mentionQuery(draft.current, caret)
    if (next === null) closedAt.current = null
    const shown = next?.start === closedAt.current ? null : next
    setQuery((before) => (before?.start === shown?.start && before?.name === shown?.name ? before : shown))
  }
  const close = (): void => {
    closedAt.current = query?.start ?? null
    setQuery(null)
  }
  /** Replaces the typed name by the mention. */
  const insert = ({ start }: MentionQuery, { who, label }: MentionOption): void => {
    if (field.current === null) return
    const part = `@${label}`
    field.current.setSelectionRange(start, field.current.selectionEnd)
    // The field reports the changed text, so `draft` has it afterwards.
    replaceSelection(field.current, {
      text: `${part} `,
      selectFrom: part.length + 1,
      selectTo: part.length + 1,
    })
    onChange(addMention(draft.current, { who, start, length: part.length }))
  }
  return {
    update,
    onKeyDown(event) {
      const isPlain =
        !event.isComposing && !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey
      return isPlain && (handle.current?.onKey(event.key) ?? false)
    },
    aria: {
      'aria-autocomplete': isGroup ? 'list' : undefined,
      'aria-controls': ids?.list,
      'aria-activedescendant': ids?.option,
    },
    picker: query !== null && (
      <Suspense fallback={null}>
        <MentionPicker
          ref={handle}
          chatId={chatId}
          me={me}
          query={query.name}
          inFlow={inFlow}
          onPick={(option) => {
            setQuery(null)
            insert(query, option)
          }}
          onClose={close}
          onActive={setIds}
        />
      </Suspense>
    ),
  }
}
