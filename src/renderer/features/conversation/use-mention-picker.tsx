import { type ReactNode, type RefObject, Suspense, useRef, useState } from 'react'
import type { ChatId, UserId } from '#shared/domain/ids.ts'
import { useAppStore } from '../../stores/use-app-store.ts'
import { lazyPart } from '../../ui/lazy-part.ts'
import { mentionQuery, type Draft, type MentionQuery } from './mention-draft.ts'
import type { MentionOption } from './mention-options.ts'
import type { MentionPickerHandle, PickerIds } from './MentionPicker.tsx'

const MentionPicker = lazyPart(async () => (await import('./MentionPicker.tsx')).MentionPicker)

interface MentionPickerOptions {
  chatId: ChatId
  me: UserId
  draft: RefObject<Draft>
  /** Replaces the typed name by the mention. */
  onPick: (query: MentionQuery, option: MentionOption) => void
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
export function useMentionPicker({ chatId, me, draft, onPick }: MentionPickerOptions): MentionPickerPart {
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
          onPick={(option) => {
            setQuery(null)
            onPick(query, option)
          }}
          onClose={close}
          onActive={setIds}
        />
      </Suspense>
    ),
  }
}
