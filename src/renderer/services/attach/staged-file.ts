import type { StagedItem } from '#shared/domain/staged.ts'
import type { Sha256 } from '#shared/messages/attachment.ts'
import type { FileProblem } from '../../stores/staging.ts'
import { isHuge, mimeOf, readProblem } from './file-problem.ts'
import { HEADER_BYTES, readImageHeader, type ImageHeader } from './image-header.ts'
import type { RenderedPhoto } from './photo-tasks.ts'
import type { VideoFacts } from './video-facts.ts'

/** A file cannot be staged. */
export class FileError extends Error {
  override readonly name = 'FileError'
  readonly problem: FileProblem
  constructor(problem: FileProblem, options?: ErrorOptions) {
    super(problem, options)
    this.problem = problem
  }
}

/** What reading a file needs. */
export interface FileReading {
  file: File
  copy(): Promise<{ sha256: Sha256; size: number }>
  /** Draws a preview. Null: the picture cannot be decoded. */
  render(source: Blob): Promise<RenderedPhoto | null>
  readVideo(sha256: Sha256): Promise<VideoFacts | null>
  /** Draws the first page of a PDF. */
  drawCover(source: Blob): Promise<string | null>
  onPreview(url: string): void
}

export type FileFacts = Pick<
  StagedItem,
  'kind' | 'sha256' | 'size' | 'mime' | 'width' | 'height' | 'hash' | 'duration' | 'cover'
> & {
  /** It has too many pixels to be decoded, so it is sent as a file. */
  isHuge: boolean
}

type Looks = Omit<FileFacts, 'sha256' | 'size' | 'isHuge'>

/** Copies a file, and finds out how it is sent. Rejects with a FileError. */
export async function readFile(reading: FileReading): Promise<FileFacts> {
  try {
    const header = await headerOf(reading.file)
    const tooLarge = header !== null && isHuge(header)
    const photo = header === null || tooLarge ? Promise.resolve(null) : photoLooks(reading, header)
    const [kept, looks, cover] = await Promise.all([reading.copy(), photo, coverOf(reading)])
    const shown = looks ?? (await videoLooks(reading, kept.sha256)) ?? fileLooks(reading.file, header, cover)
    return { ...shown, ...kept, isHuge: tooLarge }
  } catch (error) {
    throw new FileError(readProblem(error), { cause: error })
  }
}

async function headerOf(file: File): Promise<ImageHeader | null> {
  return readImageHeader(new Uint8Array(await file.slice(0, HEADER_BYTES).arrayBuffer()))
}

/** Null: it is sent as a file. Only of a GIF is the movement kept. */
async function photoLooks(reading: FileReading, header: ImageHeader): Promise<Looks | null> {
  if (header.animated && header.mime !== 'image/gif') return null
  const photo = await reading.render(reading.file)
  if (photo === null) return null
  reading.onPreview(await dataUrlOf(photo.bytes))
  return { kind: 'photo', mime: header.mime, ...photo.upright, hash: photo.hash, duration: null }
}

async function videoLooks(
  { file, readVideo, onPreview }: FileReading,
  sha256: Sha256,
): Promise<Looks | null> {
  const mime = mimeOf(file)
  const facts = mime.startsWith('video/') ? await readVideo(sha256) : null
  if (facts === null) return null
  const { preview, ...looks } = facts
  onPreview(preview)
  return { kind: 'video', mime, ...looks }
}

/** Null: it has none. A document that cannot be drawn is sent all the same. */
async function coverOf({ file, drawCover }: FileReading): Promise<string | null> {
  return mimeOf(file) === 'application/pdf' ? drawCover(file).catch(() => null) : null
}

function fileLooks(file: File, header: ImageHeader | null, cover: string | null): Looks {
  const mime = header?.mime ?? mimeOf(file)
  const none = { width: null, height: null, hash: '', duration: null }
  return { kind: 'file', mime, ...none, ...(cover !== null && { cover }) }
}

/** Returns the bytes as a data: URL. The policy of the page allows no blob: URLs. */
export function dataUrlOf(bytes: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.addEventListener('load', () => {
      if (typeof reader.result === 'string') resolve(reader.result)
    })
    reader.addEventListener('error', () => reject(reader.error ?? new Error('unreadable')))
    reader.readAsDataURL(bytes)
  })
}
