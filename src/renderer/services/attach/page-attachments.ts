import type { AttachmentsService, MediaService, Services } from '../services.ts'
import { createAttachmentsService, type AttachmentsOptions } from './attachments-service.ts'
import { createFileKeeper } from './file-keeper.ts'
import { createPhotoWorkers } from './photo-workers.ts'

interface PageOptions extends Pick<AttachmentsOptions, 'store' | 'conversation' | 'report'> {
  media: () => Promise<MediaService>
  mediaUrl: Services['mediaUrl']
}

/** The service with the workers and the files of the page. */
export function createPageAttachments({ media, mediaUrl, ...shared }: PageOptions): AttachmentsService {
  return createAttachmentsService({
    ...shared,
    files: createFileKeeper(media, mediaUrl),
    photos: createPhotoWorkers(),
  })
}
