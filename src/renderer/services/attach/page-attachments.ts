import type { AttachmentsService, MediaService, Services } from '../services.ts'
import { createAttachmentsService, type AttachmentsOptions } from './attachments-service.ts'
import { createFileKeeper } from './file-keeper.ts'
import { createPdfCover } from './pdf-pages.ts'

interface PageOptions extends Pick<AttachmentsOptions, 'store' | 'conversation' | 'photos' | 'report'> {
  media: () => Promise<MediaService>
  mediaUrl: Services['mediaUrl']
}

/** The service with the files of the page. */
export function createPageAttachments({ media, mediaUrl, ...shared }: PageOptions): AttachmentsService {
  return createAttachmentsService({
    ...shared,
    files: createFileKeeper(media, mediaUrl),
    drawCover: createPdfCover(shared.photos),
  })
}
