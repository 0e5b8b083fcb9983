import { neverHeld, retry, type IntentWriter } from './intent.ts'

export const block: IntentWriter<'block'> = {
  ...neverHeld,
  async write({ wire, onBlocked }, { userId, blocked }) {
    await wire.owner.write(['blocked', userId], { blocked })
    if (blocked) onBlocked()
  },
  onDenied: retry,
}
