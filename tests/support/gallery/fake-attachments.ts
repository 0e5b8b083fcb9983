import type { Sha256 } from '#shared/messages/attachment.ts'
import { createAttachmentsService } from '../../../src/renderer/services/attach/attachments-service.ts'
import { createPdfCover } from '../../../src/renderer/services/attach/pdf-pages.ts'
import { createPhotoWorkers } from '../../../src/renderer/services/attach/photo-workers.ts'
import type {
  AttachmentsService,
  ConversationService,
  MediaService,
} from '../../../src/renderer/services/services.ts'
import type { AppStore } from '../../../src/renderer/stores/app-store.ts'

interface FakeAttachmentsOptions {
  store: AppStore
  conversation: ConversationService
  media: MediaService
  report: (event: string, error: unknown) => void
}

/** The app's own service and workers. Only the bytes stay in the page: a spec can compare what is sent with what was picked. */
export function fakeAttachments({ media, ...options }: FakeAttachmentsOptions): {
  service: AttachmentsService
  bytes: ReadonlyMap<Sha256, Blob>
} {
  const bytes = new Map<Sha256, Blob>()
  const photos = createPhotoWorkers()
  const service = createAttachmentsService({
    ...options,
    photos,
    drawCover: createPdfCover(photos),
    files: {
      async keep(file, signal) {
        const kept = await media.importFile(file, signal && { signal })
        bytes.set(kept.sha256, file)
        return kept
      },
      async read(sha256) {
        const file = bytes.get(sha256)
        if (file === undefined) throw new Error('no such file')
        return Promise.resolve(file)
      },
      readVideo: () => Promise.resolve(null),
    },
  })
  return { service, bytes }
}
