import Copy from 'lucide-react/icons/copy'
import Download from 'lucide-react/icons/download'
import Forward from 'lucide-react/icons/forward'
import ImageIcon from 'lucide-react/icons/image'
import Info from 'lucide-react/icons/info'
import Link2 from 'lucide-react/icons/link-2'
import RotateCcw from 'lucide-react/icons/rotate-ccw'
import Trash2 from 'lucide-react/icons/trash-2'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { displayText } from '#shared/domain/display-text.ts'
import type { Message } from '#shared/messages/envelope.ts'
import { TEXT_LIMIT } from '#shared/messages/kinds/text.ts'
import { attachmentOf, copyTextOf } from '#shared/messages/body.ts'
import type { MentionName } from '#shared/messages/mentions.ts'
import { ContextMenu, type MenuEntry } from '../../ui/ContextMenu.tsx'
import { canRetry, mayForward } from './message-commands.ts'
import type { RowActions } from './use-row-actions.ts'

interface MessageContextMenuProps {
  messages: readonly Message[]
  className: string | undefined
  actions: RowActions
  /** Whether the receipts of a message can be listed. */
  hasInfo: (message: Message) => boolean
  mayDelete: (message: Message) => boolean
  mentionName: MentionName
  children: ReactNode
}

/** The message, link and selection under the pointer when the menu opened. */
interface Target {
  message: Message
  link: string | null
  selection: string
}

/** One menu shared by all rows. */
export function MessageContextMenu(props: MessageContextMenuProps) {
  const { messages, className, actions, hasInfo, mayDelete, mentionName, children } = props
  const { t } = useTranslation()
  const [target, setTarget] = useState<Target | null>(null)

  const onOpen = (element: Element): boolean => {
    const row = element.closest<HTMLElement>('[data-message-id]')
    const message = messages.find(({ id }) => id === row?.dataset['messageId'])
    if (message === undefined) return false
    const next = {
      message,
      link: element.closest('a')?.href ?? null,
      selection: selectionWithin(row),
    }
    setTarget(next)
    return entriesFor(next).length > 0
  }

  const entriesFor = ({ message, link, selection }: Target): MenuEntry[] => {
    const entries: MenuEntry[] = []
    const copy = (label: string, text: string, icon = <Copy size={16} aria-hidden />): void => {
      entries.push({ kind: 'item', label, icon, onSelect: () => actions.copy(text) })
    }
    if (selection !== '') copy(t('conversation.copySelection'), selection)
    if (link !== null) copy(t('conversation.copyLink'), link, <Link2 size={16} aria-hidden />)
    // Copies what is shown, without hidden control characters.
    const text = copyTextOf(message.body, mentionName)
    if (text !== null) copy(t('conversation.copyText'), displayText(text, TEXT_LIMIT))
    if (message.body?.kind === 'photo')
      entries.push({
        kind: 'item',
        label: t('mediaView.copyImage'),
        icon: <ImageIcon size={16} aria-hidden />,
        onSelect: () => actions.file.copyImage(message),
      })
    if (attachmentOf(message.body) !== null)
      entries.push({
        kind: 'item',
        label: t('mediaView.saveAs'),
        icon: <Download size={16} aria-hidden />,
        onSelect: () => actions.file.saveAs(message),
      })
    if (mayForward(message))
      entries.push({
        kind: 'item',
        label: t('forward.menu'),
        icon: <Forward size={16} aria-hidden />,
        onSelect: () => actions.forward(message),
      })
    if (hasInfo(message))
      entries.push({
        kind: 'item',
        label: t('conversation.info'),
        icon: <Info size={16} aria-hidden />,
        onSelect: () => actions.showInfo(message),
      })
    if (mayDelete(message))
      entries.push(
        { kind: 'separator' },
        {
          kind: 'item',
          label: t('conversation.delete'),
          icon: <Trash2 size={16} aria-hidden />,
          danger: true,
          onSelect: () => actions.askDelete(message),
        },
      )
    if (message.delivery === 'failed') {
      entries.push({ kind: 'separator' })
      if (canRetry(message))
        entries.push({
          kind: 'item',
          label: t('conversation.retry'),
          icon: <RotateCcw size={16} aria-hidden />,
          onSelect: () => actions.retry(message),
        })
      entries.push({
        kind: 'item',
        label: t('conversation.discard'),
        icon: <Trash2 size={16} aria-hidden />,
        danger: true,
        onSelect: () => actions.discard(message),
      })
    }
    return entries
  }

  return (
    <ContextMenu
      area={<div className={className} />}
      entries={target === null ? [] : entriesFor(target)}
      onOpen={onOpen}
    >
      {children}
    </ContextMenu>
  )
}

function selectionWithin(row: HTMLElement | null): string {
  const selection = window.getSelection()
  if (selection === null || row === null || !selection.containsNode(row, true)) return ''
  return selection.toString()
}
