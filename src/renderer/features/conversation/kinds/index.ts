import type { MessageBody } from '#shared/messages/body.ts'
import type { MessageKind } from '#shared/messages/kinds/index.ts'
import type { KindView } from './kind.ts'
import { event } from './event.tsx'
import { file } from './file.tsx'
import { photo } from './photo.tsx'
import { text } from './text.tsx'
import { estimateHeight } from './text-layout.ts'
import { video } from './video.tsx'
import { voice } from './voice.tsx'

/** The registry of message kinds: one view for each. */
const views: { readonly [K in MessageKind]: KindView<K> } = { text, event, photo, video, voice, file }

export function viewOf<K extends MessageKind>(kind: K): KindView<K> {
  return views[kind]
}

/** Estimated height of a bubble in px, before it is measured. A placeholder is one line. */
export function estimateBodyHeight(body: MessageBody | null): number {
  return body === null || body.kind === 'unknown'
    ? estimateHeight('')
    : viewOf(body.kind).estimateHeight(body)
}
