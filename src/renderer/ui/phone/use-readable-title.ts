import { useSyncExternalStore } from 'react'
import { phoneSchema } from '#shared/domain/ids.ts'
import { loadWhenIdle } from '../lazy-part.ts'
import type { formatPhone } from './phone-number.ts'

/** Null until its code is loaded, which is too much for the first load. */
let format: typeof formatPhone | null = null
const listeners = new Set<() => void>()

loadWhenIdle(async () => {
  format = (await import('./phone-number.ts')).formatPhone
  for (const listener of listeners) listener()
})

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Returns the title of a chat. A number, which is shown while no name is known, is grouped as its country does it. */
export function useReadableTitle(title: string): string {
  const formatNow = useSyncExternalStore(subscribe, () => format)
  const phone = phoneSchema.safeParse(title)
  return formatNow !== null && phone.success ? formatNow(phone.data) : title
}
