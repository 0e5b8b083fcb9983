import { FirebaseError } from 'firebase/app'

/** Why the wire did not do what it was asked. `offline`: it could not be reached (or not in time); asking again may help. */
export type WireFailure = 'offline' | 'denied' | 'invalid' | 'unexpected'

export class WireError extends Error {
  override readonly name = 'WireError'
  readonly failure: WireFailure
  constructor(failure: WireFailure, options?: ErrorOptions) {
    super(failure, options)
    this.failure = failure
  }
}

const failures: Readonly<Record<string, WireFailure>> = {
  unavailable: 'offline',
  'deadline-exceeded': 'offline',
  cancelled: 'offline',
  aborted: 'offline',
  'resource-exhausted': 'offline',
  unauthenticated: 'offline',
  'permission-denied': 'denied',
  // An update of a document that does not exist.
  'not-found': 'denied',
  'already-exists': 'denied',
  'failed-precondition': 'denied',
  'invalid-argument': 'invalid',
  'out-of-range': 'invalid',
}

export function toWireError(error: unknown): WireError {
  if (error instanceof WireError) return error
  const failure = error instanceof FirebaseError ? failures[error.code] : undefined
  return new WireError(failure ?? 'unexpected', { cause: error })
}

/** Settles when the server has taken a write, however long that takes; rejects with a WireError. */
export async function taken(write: () => Promise<void>): Promise<void> {
  try {
    await write()
  } catch (error) {
    throw toWireError(error)
  }
}

/** How long a request that needs an answer may take, in ms. */
const ANSWER_LIMIT_MS = 15_000

/** The answer, or a WireError: `offline` when it takes too long. What the late answer says is then ignored; `onLate` hears of it. */
export async function answered<T>(request: Promise<T>, onLate: () => void = () => undefined): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      onLate()
      reject(new WireError('offline'))
    }, ANSWER_LIMIT_MS)
  })
  try {
    return await Promise.race([request, late])
  } catch (error) {
    throw toWireError(error)
  } finally {
    clearTimeout(timer)
  }
}
