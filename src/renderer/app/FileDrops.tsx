import { useEffect, useEffectEvent } from 'react'
import type { ChatId, UserId } from '#shared/domain/ids.ts'
import { chatIdOf } from '../features/chats/chat-focus.ts'
import { filesOf, hasFiles, type DroppedFile } from '../ui/dropped-files.ts'
import { useStageFiles } from './use-stage-files.ts'

/** The row that files are dragged over has this attribute. */
const OVER = 'data-drop'

/**
 * Lets files be dropped on the rows of the chat list: this opens the chat with the files staged. Anywhere else where nothing
 * takes them, the drop is refused; without this the window would open the file.
 */
export function FileDrops({ me }: { me: UserId }) {
  const stage = useStageFiles(me)
  const drop = useEffectEvent((chatId: ChatId, files: readonly DroppedFile[]) => {
    stage(chatId, files)
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
