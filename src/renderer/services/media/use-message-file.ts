import { useEffect } from 'react'
import { FILE_KINDS } from '#shared/domain/storage.ts'
import type { Attachment } from '#shared/messages/attachment.ts'
import { attachmentOf } from '#shared/messages/body.ts'
import type { Message } from '#shared/messages/envelope.ts'
import { defaultSettings, type Settings } from '#shared/settings.ts'
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
  /** `settings`: files are downloaded by themselves as the person has set it. `shown`: each is. Neither does over a metered connection, unless the person has set it. */
  auto: 'settings' | 'shown'
  /** Whether the file can be seen now. Only then is it downloaded by itself. */
  inView: boolean
}

/** Follows the file of a message, and downloads it by itself where the options say so. */
export function useMessageFile(
  message: Message,
  file: Attachment,
  { auto, inView }: FileOptions,
): MessageFile {
  const services = useServices()
  const here = useFileHere(file.sha256)
  const transfer = useAppStore(({ transfers }) => transfers.get(file.object))
  const mayLoad = useAppStore(
    ({ connection, settings }) =>
      connection === 'online' && mayDownload(message, auto, settings ?? defaultSettings),
  )

  const isWanted = inView && mayLoad && here === false
  const { chatId } = message
  useEffect(() => {
    if (!isWanted) return undefined
    let end: (() => void) | null = null
    let isOver = false
    services.media().then(
      (media) => {
        if (!isOver) end = media.want({ chatId }, file)
      },
      (error: unknown) => services.app.report('media.load', error),
    )
    return () => {
      isOver = true
      end?.()
    }
  }, [isWanted, services, chatId, file])

  return {
    status: fileStatus(message, file.size, here, transfer),
    url: here === true ? services.mediaUrl(file.sha256, file.mime) : null,
  }
}

function mayDownload(
  { body, delivery }: Message,
  auto: FileOptions['auto'],
  { autoDownload, autoDownloadMetered }: Settings,
): boolean {
  const kind = FILE_KINDS.find((known) => known === body?.kind)
  const size = attachmentOf(body)?.size
  if (kind === undefined || size === undefined || delivery === 'queued') return false
  return (auto === 'shown' || size <= autoDownload[kind]) && (autoDownloadMetered || !isMetered())
}
