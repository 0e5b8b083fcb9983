import type { Sha256 } from '#shared/messages/attachment.ts'
import type { Services } from '../services.ts'

/** Reads the bytes of a file of this machine. Large ones stay on the disk until they are used. */
export async function readFile(mediaUrl: Services['mediaUrl'], sha256: Sha256, mime: string): Promise<Blob> {
  const response = await fetch(mediaUrl(sha256, mime))
  if (!response.ok) throw new Error(`a file is missing: ${String(response.status)}`)
  return response.blob()
}
