import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { ChatId, UserId } from '../../src/shared/domain/ids.ts'
import { photoSchema, type Photo } from '../../src/shared/domain/photo.ts'
import { storagePath, type Place } from '../../src/shared/domain/place.ts'
import {
  objectIdSchema,
  sha256Schema,
  sideSchema,
  thumbhashSchema,
  type Attachment,
} from '../../src/shared/messages/attachment.ts'
import type { KnownBody } from '../../src/shared/messages/kinds/index.ts'
import { VOICE_MIME } from '../../src/shared/messages/kinds/voice.ts'
import { root } from './paths.ts'

/* The photos, video, voice note and document of the demo chats, and the photos of the demo people. `draw-demo` makes the files. */

export const demoMediaDirectory = join(root, 'scripts/demo-media')

const pictureSchema = z.strictObject({ width: sideSchema, height: sideSchema, hash: thumbhashSchema })
const factsSchema = z.strictObject({
  /** By name. */
  photos: z.record(z.string(), pictureSchema),
  /** The small photos of the people, in base64. */
  faces: z.array(z.string()),
  /** The small photo of the group. */
  group: z.string(),
  video: pictureSchema.extend({ duration: z.number() }),
  voice: z.strictObject({ duration: z.number(), wave: z.string() }),
})
/** The properties of the drawn files that their messages contain, such as sides and duration. */
export type DemoFacts = z.infer<typeof factsSchema>

/** An object in Storage. */
export interface DemoObject {
  path: string
  bytes: Uint8Array
  type: string
  owner: UserId
}

const read = (name: string): Buffer => readFileSync(join(demoMediaDirectory, name))
const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex')
const facts = (): DemoFacts => factsSchema.parse(JSON.parse(read('facts.json').toString()))

/** Stores the bytes at a place, under a name that is always the same. */
function stored(
  place: Place,
  owner: UserId,
  bytes: Buffer,
  mime: string,
): { file: Attachment; object: DemoObject } {
  const id = objectIdSchema.parse(sha256(`${JSON.stringify(place)} ${sha256(bytes)}`).slice(0, 32))
  return {
    file: { object: id, size: bytes.length, sha256: sha256Schema.parse(sha256(bytes)), mime, enc: null },
    object: { path: storagePath(place, id), bytes, type: mime, owner },
  }
}

/** Words under a file, and the album that a picture belongs to. */
interface More {
  text?: string
  album?: string
}

interface Source {
  /** The name of the file below the directory. */
  source: string
  mime: string
  bodyOf(file: Attachment, facts: DemoFacts, more: More): KnownBody
}

const photo = (name: string): Source => ({
  source: `${name}.webp`,
  mime: 'image/webp',
  bodyOf: (file, { photos }, more) => ({
    kind: 'photo',
    file,
    ...pictureSchema.parse(photos[name]),
    ...more,
  }),
})

const sources = {
  lake: photo('lake'),
  jetty: photo('jetty'),
  cabin: photo('cabin'),
  heron: photo('heron'),
  cake: photo('cake'),
  boat: {
    source: 'boat.webm',
    mime: 'video/webm',
    bodyOf: (file, { video }, more) => ({ kind: 'video', file, ...video, ...more }),
  },
  voice: {
    source: 'voice.webm',
    mime: VOICE_MIME,
    bodyOf: (file, { voice }) => ({ kind: 'voice', file, ...voice }),
  },
  packingList: {
    source: 'packing-list.pdf',
    mime: 'application/pdf',
    bodyOf: (file, _facts, more) => ({ kind: 'file', file, name: 'Packing list.pdf', ...more }),
  },
} as const satisfies Record<string, Source>
/** The name of a file in the demo chats. */
export type DemoFile = keyof typeof sources

/** A message with a file that `owner` has sent in a chat. */
export function demoMessage(
  name: DemoFile,
  { chatId, owner, more = {} }: { chatId: ChatId; owner: UserId; more?: More },
): { body: KnownBody; object: DemoObject } {
  const { source, mime, bodyOf }: Source = sources[name]
  const { file, object } = stored({ chatId }, owner, read(source), mime)
  return { body: bodyOf(file, facts(), more), object }
}

interface OwnPhoto {
  photo: Photo
  object: DemoObject
}

function demoPhoto(place: Place, owner: UserId, name: string, small: string | undefined): OwnPhoto {
  const { file, object } = stored(place, owner, read(`${name}.jpg`), 'image/jpeg')
  const { object: id, sha256: hash, size } = file
  return { photo: photoSchema.parse({ object: id, sha256: hash, size, small }), object }
}

/** The photo of demo person `index`; null for those who have none. */
export function personPhoto(index: number, uid: UserId): OwnPhoto | null {
  const small = facts().faces[index]
  return small === undefined ? null : demoPhoto({ userId: uid }, uid, `face-${index}`, small)
}

/** The photo of a demo group that `owner` has chosen. */
export function groupPhotoOf(chatId: ChatId, owner: UserId): OwnPhoto {
  return demoPhoto({ chatId }, owner, 'group', facts().group)
}
