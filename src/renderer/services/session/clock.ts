import type { OwnerRepository } from '../../data/owner-repository.ts'
import type { AppStore } from '../../stores/app-store.ts'

/** A response that takes longer is too inaccurate for measuring the clock. */
const MAX_ROUND_TRIP_MS = 4000

/** Returns the server's current time in ms, as far as the offset is known. */
export function serverNow(store: AppStore): number {
  return Date.now() + store.getState().clockOffset
}

/** Measures the clock offset and stores it. Returns false when there was no usable response. Rejects with a WireError. */
export async function measureClock(owner: OwnerRepository, store: AppStore): Promise<boolean> {
  const reading = await owner.readClock()
  if (reading === undefined || reading.after - reading.before > MAX_ROUND_TRIP_MS) return false
  const clockOffset = Math.round(reading.server - (reading.before + reading.after) / 2)
  store.setState({ clockOffset })
  return true
}
