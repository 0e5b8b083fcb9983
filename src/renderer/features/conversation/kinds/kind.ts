import type { ComponentType, ReactNode } from 'react'
import type { Sender } from '#shared/messages/describe-body.ts'
import type { Message } from '#shared/messages/envelope.ts'
import type { BodyOf, MessageKind } from '#shared/messages/kinds/index.ts'
import type { RowActions } from '../use-row-actions.ts'

/** What is around a body: a bubble, a bubble with a narrow margin, nothing, or a pill in the middle of the list. */
export type Frame = 'bubble' | 'picture' | 'bare' | 'pill'

export interface BodyProps<K extends MessageKind> {
  message: Message
  body: BodyOf<K>
  /** Time and ticks. Running text puts them into its last line with TextTail; any other body puts them below with BlockBody. */
  meta: ReactNode
  sender: Sender
  expanded: boolean
  actions: RowActions
}

/** The view of one message kind in the conversation. */
export interface KindView<K extends MessageKind> {
  Body: ComponentType<BodyProps<K>>
  frame(body: BodyOf<K>): Frame
  /** Estimated height of the bubble in px, before it is measured. The first paint and the scroll bar depend on it. */
  estimateHeight(body: BodyOf<K>): number
}
