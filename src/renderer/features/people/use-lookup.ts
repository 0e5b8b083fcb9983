import { useEffect, useEffectEvent, useRef, useState } from 'react'
import type { Phone } from '#shared/domain/ids.ts'
import type { FindResult } from '../../services/services.ts'
import { useServices } from '../../services/use-services.ts'
import { useAppStore } from '../../stores/use-app-store.ts'
import { errorKey } from '../../ui/use-show-error.ts'

export type Lookup =
  | { kind: 'idle' }
  | { kind: 'busy'; phone: Phone }
  | { kind: 'done'; phone: Phone; result: FindResult }
  | { kind: 'failed'; key: ReturnType<typeof errorKey> }

interface UseLookup {
  lookup: Lookup
  /** Looks up a number. Null: it can't be a number, which is shown as an error. */
  find: (phone: Phone | null) => void
  /** Call it when the number has changed. */
  reset: () => void
}

/** Looks up one exact number. A number from a link is passed to `onLink` and looked up immediately. Null: links are not for here. */
export function useLookup(onLink: ((phone: Phone) => void) | null): UseLookup {
  const { app, people } = useServices()
  const [lookup, setLookup] = useState<Lookup>({ kind: 'idle' })
  const latest = useRef<Phone | null>(null)
  const linked = useAppStore((state) => (onLink === null ? null : state.navigation.lookupPhone))

  const find = async (phone: Phone): Promise<void> => {
    latest.current = phone
    setLookup({ kind: 'busy', phone })
    const next = await people.findByPhone(phone).then(
      (result): Lookup => ({ kind: 'done', phone, result }),
      (error: unknown): Lookup => ({ kind: 'failed', key: errorKey(error) }),
    )
    // Ignores the result if the number has changed in the meantime.
    if (latest.current === phone) setLookup(next)
  }

  const findLink = useEffectEvent((phone: Phone) => {
    app.navigate({ lookupPhone: null })
    onLink?.(phone)
    void find(phone)
  })
  useEffect(() => {
    // oxlint-disable-next-line react/set-state-in-effect -- a link is an event from outside, and its search shows as busy at once
    if (linked !== null) findLink(linked)
  }, [linked])

  return {
    lookup,
    find(phone) {
      if (phone === null) setLookup({ kind: 'failed', key: 'errors.badPhone' })
      else void find(phone)
    },
    reset() {
      latest.current = null
      setLookup({ kind: 'idle' })
    },
  }
}
