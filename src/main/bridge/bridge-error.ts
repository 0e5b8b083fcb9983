import type { BridgeFailure } from '#shared/bridge/contract.ts'

/** A failure that the renderer may learn about. Handlers throw it; any other error becomes `internal`. */
export class BridgeError extends Error {
  override readonly name = 'BridgeError'
  readonly code: BridgeFailure['code']

  constructor(code: BridgeFailure['code'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
