import { isWaiting } from '../outbox-rows.ts'
import { writeBlock } from '../people.ts'
import type { ApplyItem } from './collection.ts'

export const blocks: ApplyItem<'blocks'> = (context, block) => {
  if (!isWaiting(context, 'block', block.userId)) writeBlock(context, block)
}
