import { useEffect } from 'react'
import type { Attachment } from '#shared/messages/attachment.ts'
import type { Message } from '#shared/messages/envelope.ts'
import { isMetered } from '../../platform/metered.ts'
import { useAppStore } from '../../stores/use-app-store.ts'
import { useServices } from '../use-services.ts'
import { fileStatus, type FileStatus } from './file-status.ts'
import { useFileHere } from './use-file-here.ts'

interface MessageFile {
  status: FileStatus
  /** For `src`; null while the file is not here. The type must be that of a picture, video or sound. */
  url: string | null
}

interface FileOptions {
  /** Files up to this size, in bytes, are downloaded by themselves. Not over a metered connection. */
  autoUpTo: number
  /** Whether the file can be seen now. Only then is it downloaded by itself. */
  inView: boolean
}

/** Follows the file of a message, and downloads it by itself where the options say so. */
export function useMessageFile(
  message: Message,
  file: Attachment,
  { autoUpTo, inView }: FileOptions,
): MessageFile {
  const services = useServices()
  const here = useFileHere(file.sha256)
  const transfer = useAppStore(({ transfers }) => transfers.get(file.object))
  const isOnline = useAppStore(({ connection }) => connection === 'online')
  const status = fileStatus(message, file.size, here, transfer)

  const isWanted = inView && isOnline && status.kind === 'remote' && file.size <= autoUpTo
  const { chatId } = message
  useEffect(() => {
    if (!isWanted || isMetered()) return
    services.media().then(
      (media) => media.download({ chatId }, file),
      (error: unknown) => services.app.report('media.load', error),
    )
  }, [isWanted, services, chatId, file])

  return { status, url: here === true ? services.mediaUrl(file.sha256, file.mime) : null }
}
