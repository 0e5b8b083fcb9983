import AtSign from 'lucide-react/icons/at-sign'
import clsx from 'clsx'
import { type Ref, useEffect, useId, useImperativeHandle, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChatId, UserId } from '#shared/domain/ids.ts'
import { EVERYONE } from '#shared/messages/mentions.ts'
import { useAppStore } from '../../stores/use-app-store.ts'
import { LiveRegion } from '../../ui/VisuallyHidden.tsx'
import { mentionOptions, type MentionOption } from './mention-options.ts'
import styles from './MentionPicker.module.css'
import { PersonAvatar } from './PersonAvatar.tsx'

export interface MentionPickerHandle {
  /** Handles a key that was pressed in the text. Returns false when the picker does not use it. */
  onKey: (key: string) => boolean
}

/** The ids of the list and of its active option, for the text field that controls them. */
export interface PickerIds {
  list: string
  option: string
}

interface MentionPickerProps {
  ref: Ref<MentionPickerHandle>
  chatId: ChatId
  me: UserId
  /** The start of a name. */
  query: string
  /** See useMentionPicker. */
  inFlow: boolean
  onPick: (option: MentionOption) => void
  onClose: () => void
  /** Null: nobody has such a name, and nothing is shown. */
  onActive: (ids: PickerIds | null) => void
}

/** The members of the group with such a name, in a list above the text. The focus stays in the text. */
export function MentionPicker(props: MentionPickerProps) {
  const { ref, query, inFlow, onPick, onClose, onActive } = props
  const { t } = useTranslation()
  const options = useOptions(props)
  const listId = useId()
  const [active, setActive] = useState({ query, index: 0 })
  // Another query starts at its first option.
  const index = active.query === query ? Math.min(active.index, options.length - 1) : 0
  const optionId = `${listId}-${String(index)}`
  const isEmpty = options.length === 0

  useEffect(() => {
    onActive(isEmpty ? null : { list: listId, option: optionId })
  }, [onActive, isEmpty, listId, optionId])
  useEffect(() => () => onActive(null), [onActive])

  const pick = (option: MentionOption | undefined): void => {
    if (option !== undefined) onPick(option)
  }
  const move = (step: number): void =>
    setActive({ query, index: (index + step + options.length) % options.length })
  const keys: Readonly<Record<string, () => void>> = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Enter: () => pick(options[index]),
    Tab: () => pick(options[index]),
    Escape: onClose,
  }
  useImperativeHandle(ref, () => ({
    onKey: (key) => {
      const run = isEmpty || !Object.hasOwn(keys, key) ? undefined : keys[key]
      run?.()
      return run !== undefined
    },
  }))

  if (isEmpty) return null
  return (
    <>
      <div
        id={listId}
        className={clsx(styles['list'], !inFlow && styles['above'])}
        role="listbox"
        aria-label={t('mention.pick')}
      >
        {options.map((option, at) => (
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the text field handles the keys
          <div
            key={option.who}
            id={`${listId}-${String(at)}`}
            className={clsx(styles['option'], at === index && styles['active'])}
            role="option"
            tabIndex={-1}
            aria-selected={at === index}
            // The focus stays in the text.
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => onPick(option)}
            onPointerMove={() => at !== index && setActive({ query, index: at })}
          >
            <OptionText option={option} />
          </div>
        ))}
      </div>
      <LiveRegion>{t('mention.found', { count: options.length })}</LiveRegion>
    </>
  )
}

function OptionText({ option: { who, name, label } }: { option: MentionOption }) {
  const { t } = useTranslation()
  if (who === EVERYONE)
    return (
      <>
        <span className={styles['everyone']} aria-hidden>
          <AtSign size={16} />
        </span>
        <span className={styles['name']}>{name}</span>
        <span className={styles['hint']}>{t('mention.everyoneHint')}</span>
      </>
    )
  return (
    <>
      <PersonAvatar id={who} name={name} size="xxs" />
      <bdi className={styles['name']}>{name}</bdi>
      {label !== name && <bdi className={styles['hint']}>{label}</bdi>}
    </>
  )
}

function useOptions({ chatId, me, query }: MentionPickerProps): MentionOption[] {
  const { t, i18n } = useTranslation()
  const chat = useAppStore(({ chats }) => chats.get(chatId))
  const people = useAppStore((state) => state.people)
  return useMemo(() => {
    if (chat === undefined) return []
    const { memberIds, group } = chat
    const words = { unknown: t('app.unknownPerson'), everyone: t('mention.everyone') }
    return mentionOptions({ memberIds, group, people, me, words, locale: i18n.language }, query)
  }, [chat, people, me, query, t, i18n.language])
}
