import type { IntentLoader } from './intent.ts'
import { receipt } from './receipt.ts'

/** Like the receipt of a direct chat: only the pace and the way to the wire differ. */
export const groupReceipt: IntentLoader<'groupReceipt'> = receipt
