import type { Sha256 } from '#shared/messages/attachment.ts'
import { readFile } from '../media/read-file.ts'
import type { MediaService, Services } from '../services.ts'
import { readVideoFacts, type VideoFacts } from './video-facts.ts'

/** Where the bytes of staged files are kept: in main. */
export interface FileKeeper {
  /** Copies the bytes. When this resolves, they are on the disk. Rejects as `MediaService.importFile` does. */
  keep(bytes: Blob, signal?: AbortSignal): Promise<{ sha256: Sha256; size: number }>
  read(sha256: Sha256, mime: string): Promise<Blob>
  /** Null: this machine cannot play it. */
  readVideo(sha256: Sha256, mime: string): Promise<VideoFacts | null>
}

export function createFileKeeper(
  media: () => Promise<MediaService>,
  mediaUrl: Services['mediaUrl'],
): FileKeeper {
  return {
    async keep(bytes, signal) {
      const service = await media()
      return service.importFile(bytes, signal && { signal })
    },
    read: (sha256, mime) => readFile(mediaUrl, sha256, mime),
    readVideo: (sha256, mime) => readVideoFacts(mediaUrl(sha256, mime)),
  }
}
