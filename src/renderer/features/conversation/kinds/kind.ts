import type { ComponentType, ReactNode } from 'react'
import type { MessageId } from '#shared/domain/ids.ts'
import type { BodyOf, MessageKind } from '#shared/messages/kinds/index.ts'
import type { RowActions } from '../use-row-actions.ts'

export interface BodyProps<K extends MessageKind> {
  id: MessageId
  body: BodyOf<K>
  /** Time and ticks. Running text puts them into its last line with TextTail; any other body puts them below with BlockBody. */
  meta: ReactNode
  expanded: boolean
  actions: RowActions
}

/** The view of one message kind in the conversation. */
export interface KindView<K extends MessageKind> {
  Body: ComponentType<BodyProps<K>>
  /** Whether the body is shown without a bubble around it. */
  isBare(body: BodyOf<K>): boolean
  /** Estimated height of the bubble in px, before it is measured. It only affects the scroll bar. */
  estimateHeight(body: BodyOf<K>): number
}
