import { useEffect, useEffectEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { mayPost } from '#shared/domain/chat.ts'
import type { ChatId, UserId } from '#shared/domain/ids.ts'
import { chatIdOf } from '../features/chats/chat-focus.ts'
import { useServices } from '../services/use-services.ts'
import { useAppStoreApi } from '../stores/use-app-store.ts'
import { filesOf, hasFiles, type DroppedFile } from '../ui/dropped-files.ts'
import { notify } from '../ui/toasts.ts'
import { useShowError } from '../ui/use-show-error.ts'

/** The row that files are dragged over has this attribute. */
const OVER = 'data-drop'

/**
 * Lets files be dropped on the rows of the chat list: this opens the chat with the files staged. Anywhere else where nothing
 * takes them, the drop is refused; without this the window would open the file.
 */
export function FileDrops({ me }: { me: UserId }) {
  const { t } = useTranslation()
  const { attachments, conversation } = useServices()
  const store = useAppStoreApi()
  const showError = useShowError()

  const stage = async (chatId: ChatId, files: readonly DroppedFile[]): Promise<void> => {
    const { chats, people } = store.getState()
    const chat = chats.get(chatId)
    if (chat === undefined || !mayPost(chat, people, me)) {
      notify(t('attach.notAllowed'), 'error')
      return
    }
    await conversation.open(chatId)
    const service = await attachments()
    service.add(chatId, files)
  }
  const drop = useEffectEvent((chatId: ChatId, files: readonly DroppedFile[]) => {
    stage(chatId, files).catch(showError)
  })

  useEffect(() => {
    const mark = (row: Element | null): void => {
      for (const marked of document.querySelectorAll(`[${OVER}]`)) marked.removeAttribute(OVER)
      row?.setAttribute(OVER, '')
    }
    const onDragOver = (event: DragEvent): void => {
      const row = rowOf(event)
      mark(event.defaultPrevented ? null : row)
      if (event.defaultPrevented || !hasFiles(event.dataTransfer)) return
      event.preventDefault()
      event.dataTransfer.dropEffect = row === null ? 'none' : 'copy'
    }
    const onDragLeave = ({ relatedTarget }: DragEvent): void => {
      // The pointer has left the window.
      if (relatedTarget === null) mark(null)
    }
    const onDrop = (event: DragEvent): void => {
      const chatId = chatIdOf(rowOf(event))
      mark(null)
      if (event.defaultPrevented || !hasFiles(event.dataTransfer)) return
      event.preventDefault()
      if (chatId !== null) drop(chatId, filesOf(event.dataTransfer))
    }
    window.addEventListener('dragover', onDragOver)
    window.addEventListener('dragleave', onDragLeave)
    window.addEventListener('drop', onDrop)
    return () => {
      window.removeEventListener('dragover', onDragOver)
      window.removeEventListener('dragleave', onDragLeave)
      window.removeEventListener('drop', onDrop)
    }
  }, [])
  return null
}

function rowOf({ target }: DragEvent): Element | null {
  return target instanceof Element ? target.closest('[data-chat-id]') : null
}
