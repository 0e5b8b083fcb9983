import { PhoneAuthError } from '../../data/phone-auth-error.ts'
import { WireError } from '../../data/wire-error.ts'
import { BridgeError } from '../../platform/bridge.ts'
import { AppError, type AppErrorCode } from '../services.ts'

/** Converts any error to the one that a feature receives. */
export function toAppError(error: unknown): AppError {
  return error instanceof AppError ? error : new AppError(codeOf(error), { cause: error })
}

function codeOf(error: unknown): AppErrorCode {
  if (error instanceof PhoneAuthError) return error.failure
  if (error instanceof WireError) return error.failure === 'invalid' ? 'unexpected' : error.failure
  if (!(error instanceof BridgeError)) return 'unexpected'
  switch (error.code) {
    case 'cancelled':
      return 'verificationCancelled'
    case 'full':
      return 'diskFull'
    case 'store':
    case 'no-account':
      return 'storage'
    default:
      return 'unexpected'
  }
}

/** Runs an action of a feature. Rejects with an AppError and nothing else. */
export async function attempt<T>(action: () => Promise<T>): Promise<T> {
  try {
    return await action()
  } catch (error) {
    throw toAppError(error)
  }
}
