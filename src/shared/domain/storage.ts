import { ATTACHMENT_LIMIT } from '../messages/attachment.ts'
import type { KnownBody } from '../messages/kinds/index.ts'

/** The kinds of messages that carry a file. */
export const FILE_KINDS = ['photo', 'video', 'voice', 'file'] as const satisfies readonly KnownBody['kind'][]
export type FileKind = (typeof FILE_KINDS)[number]

const MB = 1_000_000

/** How much the files of an account may take on this machine, in bytes. */
export const STORAGE_LIMITS = [500 * MB, 1000 * MB, 2000 * MB, 5000 * MB, 10_000 * MB] as const
/** Up to which size files are downloaded by themselves, in bytes. 0: never; the last one: always. */
export const AUTO_DOWNLOAD_LIMITS = [0, MB, 10 * MB, 50 * MB, ATTACHMENT_LIMIT] as const
