import type { OwnerRepository } from '../../data/owner-repository.ts'
import type { AppStore } from '../../stores/app-store.ts'

/** An answer that took longer says too little about the clock. */
const MAX_ROUND_TRIP_MS = 4000

/** The present by the server's clock, in ms, as far as it is known. */
export function serverNow(store: AppStore): number {
  return Date.now() + store.getState().clockOffset
}

/** Measures the offset between the clocks; false when the answer was too slow to be of use. Rejects with a WireError. */
export async function measureClock(owner: OwnerRepository, store: AppStore): Promise<boolean> {
  const reading = await owner.readClock()
  if (reading === undefined || reading.after - reading.before > MAX_ROUND_TRIP_MS) return false
  const clockOffset = Math.round(reading.server - (reading.before + reading.after) / 2)
  store.setState({ clockOffset })
  return true
}
