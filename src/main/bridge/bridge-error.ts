import type { BridgeFailure } from '#shared/bridge/contract.ts'

/** What a handler throws to answer a failure that the renderer may know of. Anything else is answered as `internal`. */
export class BridgeError extends Error {
  override readonly name = 'BridgeError'
  readonly code: BridgeFailure['code']

  constructor(code: BridgeFailure['code'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
