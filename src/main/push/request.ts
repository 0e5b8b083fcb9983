/** Bytes. Check-in answers with the settings of Android, some 100 kB. */
const MAX_RESPONSE = 1024 * 1024
const TIMEOUT_MS = 30_000

export type Fetch = (url: string, init: RequestInit) => Promise<Response>

/**
 * `transient`: worth a retry. `forgotten`: the services do not know the device any more; it has to register again. `refused`: the
 * project or its configuration does not allow it, so a retry would be refused too.
 * The message is safe to log: it has no content of the response.
 */
export class PushServiceError extends Error {
  override readonly name = 'PushServiceError'
  readonly reason: 'transient' | 'forgotten' | 'refused'
  constructor(reason: PushServiceError['reason'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.reason = reason
  }
}

/** What a service answers to a project or device that it does not know or that may not use it, or to a wrong key. */
const REFUSALS: readonly number[] = [400, 401, 403, 404]

interface Options extends RequestInit {
  signal: AbortSignal
  /** What a refusal means. */
  refusal?: 'forgotten' | 'refused'
}

/** Sends a request and returns the body of a successful response. Throws PushServiceError. */
export async function request(
  fetch: Fetch,
  step: string,
  url: string,
  { refusal = 'refused', ...init }: Options,
): Promise<Buffer> {
  try {
    const signal = AbortSignal.any([init.signal, AbortSignal.timeout(TIMEOUT_MS)])
    const response = await fetch(url, { ...init, signal, redirect: 'error', credentials: 'omit' })
    const body = await readBody(response)
    if (response.ok) return body
    const reason = REFUSALS.includes(response.status) ? refusal : 'transient'
    throw new PushServiceError(reason, `${step}: status ${response.status}`)
  } catch (error) {
    if (error instanceof PushServiceError) throw error
    throw new PushServiceError('transient', `${step}: no response`, { cause: error })
  }
}

async function readBody(response: Response): Promise<Buffer> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of response.body ?? []) {
    size += part.byteLength
    if (size > MAX_RESPONSE) throw new Error('the response is too long')
    parts.push(part)
  }
  return Buffer.concat(parts)
}
