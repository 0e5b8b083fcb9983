/** Why a request failed. `offline`: the server could not be reached, or not in time; a retry may help. */
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

/**
 * Returns the code of an error of the SDK, undefined for any other error. It does not use the SDK's class, so that the first
 * load does not contain the SDK.
 */
export function firebaseCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || error.name !== 'FirebaseError' || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}

export function toWireError(error: unknown): WireError {
  if (error instanceof WireError) return error
  return new WireError(failureOf(firebaseCode(error) ?? ''), { cause: error })
}

/** What a status code of Firebase means, e.g. `not-found`. */
export function failureOf(code: string): WireFailure {
  return failures[code] ?? 'unexpected'
}

/** Resolves when the server has accepted a write, however long that takes. Rejects with a WireError. */
export async function accepted(write: () => Promise<void>): Promise<void> {
  try {
    await write()
  } catch (error) {
    throw toWireError(error)
  }
}

/** Timeout of a request that needs a response, in ms. */
const RESPONSE_TIMEOUT_MS = 15_000

/**
 * Waits for a response. Rejects with a WireError. After the timeout, calls `onTimeout`, rejects with `offline` and ignores a later
 * response.
 */
export async function withTimeout<T>(
  request: Promise<T>,
  onTimeout: () => void = () => undefined,
): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      onTimeout()
      reject(new WireError('offline'))
    }, RESPONSE_TIMEOUT_MS)
  })
  try {
    return await Promise.race([request, timeout])
  } catch (error) {
    throw toWireError(error)
  } finally {
    clearTimeout(timer)
  }
}
