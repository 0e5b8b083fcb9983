import { newObjectId, type Attachment } from '#shared/messages/attachment.ts'
import type { KnownBody } from '#shared/messages/kinds/index.ts'
import { toSentText, type Mention } from '#shared/messages/mentions.ts'
import type { StagedItem } from '#shared/domain/staged.ts'

/** What is sent for a staged item: its bytes may be others than those that were picked. */
export interface Prepared {
  sha256: Attachment['sha256']
  size: number
  mime: string
  width: number
  height: number
  hash: string
}

export interface Caption {
  text: string
  mentions: readonly Mention[]
}

/** Whether the item appears as a picture or video. */
export function isPicture({ kind, asFile }: StagedItem): boolean {
  return kind !== 'file' && !asFile
}

/** Returns the id that the pictures and videos of a batch share, undefined when there is only one. */
export function albumOf(items: readonly StagedItem[]): string | undefined {
  return items.filter(isPicture).length > 1 ? newObjectId() : undefined
}

/** The body of the message for an item. */
export function stagedBody(
  item: StagedItem,
  { sha256, size, mime, ...picture }: Prepared,
  caption: Caption,
  album: string | undefined,
): KnownBody {
  const file = { object: newObjectId(), sha256, size, mime, enc: null }
  const words = caption.text.trim() === '' ? {} : toSentText(caption)
  if (!isPicture(item)) {
    const { name, cover } = item
    return { kind: 'file', file, name, ...(cover !== undefined && { cover }), ...words }
  }
  const fields = { file, ...picture, ...(album !== undefined && { album }), ...words }
  return item.kind === 'video'
    ? { kind: 'video', duration: item.duration ?? 0, ...fields }
    : { kind: 'photo', ...fields }
}
