import type { ExportOutcome } from '#shared/bridge/media.ts'
import { savedName } from '#shared/domain/file-name.ts'
import { attachmentOf } from '#shared/messages/body.ts'
import type { Attachment } from '#shared/messages/attachment.ts'
import type { Message } from '#shared/messages/envelope.ts'
import type { MediaService, Services } from '../services.ts'

/** What the person does with the file of a message. A message without a file is ignored. */
export interface FileActions {
  download(message: Message): void
  cancelDownload(message: Message): void
  pause(message: Message): void
  resume(message: Message): void
  /** Main asks where to, and again for a program. A file that is not here is downloaded first. */
  saveAs(message: Message): void
  /** Shows in the system's file manager where the file was saved. */
  showSaved(message: Message): void
  copyImage(message: Message): void
  /** Lets the person drag the file out of the window. Call it when they begin to drag. It must be here: a drag cannot wait. */
  dragOut(message: Message): void
  /** In the system's program for it. A file that must not be opened is saved instead. */
  open(message: Message): void
}

interface FileActionOptions {
  services: Pick<Services, 'media'>
  onError: (error: unknown) => void
  /** The file is not here and cannot be downloaded now. */
  onMissing: () => void
  onCopied: () => void
  /** The file was saved. `show` opens its folder. */
  onSaved: (show: () => void) => void
  /** The file is not where it was saved any more. */
  onMoved: () => void
  /** It could run a program, so it is not dragged out. */
  onProgram: () => void
}

export function createFileActions({
  services,
  onError,
  onMissing,
  onCopied,
  onSaved,
  onMoved,
  onProgram,
}: FileActionOptions): FileActions {
  const act =
    (run: (media: MediaService, file: Attachment, message: Message) => unknown) =>
    (message: Message): void => {
      const file = attachmentOf(message.body)
      if (file === null) return
      services
        .media()
        .then((media) => run(media, file, message))
        .catch(onError)
    }

  /** Runs again after a download if the file was missing. */
  async function exported(
    media: MediaService,
    file: Attachment,
    { chatId }: Message,
    run: () => Promise<ExportOutcome>,
  ): Promise<ExportOutcome> {
    const first = await run()
    if (first !== 'missing') return first
    await media.download({ chatId }, file, { asked: true })
    const second = await run()
    if (second === 'missing') onMissing()
    return second
  }

  const showSaved = act(async (media, { sha256 }) => {
    if (!(await media.showSaved(sha256))) onMoved()
  })

  return {
    download: act((media, file, { chatId }) => media.download({ chatId }, file, { asked: true })),
    cancelDownload: act((media, { object }) => media.cancelDownload(object)),
    pause: act((media, { object }) => media.pause(object)),
    resume: act((media, { object }) => media.resume(object)),
    saveAs: act(async (media, file, message) => {
      const outcome = await exported(media, file, message, () =>
        media.saveAs(file.sha256, savedName(message)),
      )
      if (outcome === 'done') onSaved(() => showSaved(message))
    }),
    showSaved,
    copyImage: act(async (media, file, message) => {
      const outcome = await exported(media, file, message, () => media.copyImage(file.sha256, file.mime))
      if (outcome === 'done') onCopied()
    }),
    dragOut: act(async (media, file, message) => {
      const outcome = await media.dragOut(file.sha256, savedName(message))
      if (outcome === 'missing') onMissing()
      if (outcome === 'program') onProgram()
    }),
    open: act((media, file, message) =>
      exported(media, file, message, () => media.open(file.sha256, savedName(message))),
    ),
  }
}
