import { defineLoadedIntent, independent } from './intent.ts'
import { receiptSchema } from './receipt.ts'

/** Sends the own watermarks of a group to its members. Every member writes them, so each writes less often than in a direct chat. */
export const groupReceipt = defineLoadedIntent('groupReceipt', {
  payload: receiptSchema,
  lane: 'background',
  pacing: { gatherMs: 150, intervalMs: 10_000 },
  dependsOn: independent,
})
