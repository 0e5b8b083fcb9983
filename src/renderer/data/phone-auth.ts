import {
  signInWithPhoneNumber,
  type ApplicationVerifier,
  type Auth,
  type ConfirmationResult,
} from 'firebase/auth'
import type { Phone } from '#shared/domain/ids.ts'
import { PhoneAuthError, type PhoneAuthFailure } from './phone-auth-error.ts'
import { firebaseCode, withTimeout, WireError } from './wire-error.ts'

const failures: Readonly<Record<string, PhoneAuthFailure>> = {
  'auth/network-request-failed': 'offline',
  'auth/timeout': 'offline',
  'auth/invalid-phone-number': 'badPhone',
  'auth/missing-phone-number': 'badPhone',
  'auth/invalid-verification-code': 'wrongCode',
  'auth/missing-verification-code': 'wrongCode',
  'auth/code-expired': 'codeExpired',
  'auth/invalid-verification-id': 'codeExpired',
  'auth/missing-verification-id': 'codeExpired',
  'auth/too-many-requests': 'tooManyTries',
  'auth/captcha-check-failed': 'verificationCancelled',
  'auth/invalid-app-credential': 'verificationCancelled',
  'auth/missing-app-credential': 'verificationCancelled',
  'auth/invalid-recaptcha-token': 'verificationCancelled',
  'auth/missing-recaptcha-token': 'verificationCancelled',
  'auth/quota-exceeded': 'quotaExceeded',
  'auth/billing-not-enabled': 'quotaExceeded',
  'auth/user-disabled': 'accountDisabled',
  'auth/operation-not-allowed': 'denied',
  'auth/admin-restricted-operation': 'denied',
  'auth/unauthorized-domain': 'denied',
}

export function phoneAuthFailure(error: unknown): PhoneAuthFailure {
  if (error instanceof PhoneAuthError) return error.failure
  if (error instanceof WireError && error.failure === 'offline') return 'offline'
  return failures[firebaseCode(error) ?? ''] ?? 'unexpected'
}

/** Signing in by phone number. Both methods reject with a PhoneAuthError. A success changes the auth state. */
export interface PhoneAuth {
  /** Sends a code; only the newest request can be confirmed. */
  requestCode(phone: Phone): Promise<void>
  confirmCode(code: string): Promise<void>
}

/**
 * `solve` resolves with the reCAPTCHA's token, however long the person takes. The SDK's own verifier cannot be used: it refuses
 * pages that are not served by http.
 */
export function createPhoneAuth(auth: Auth, solve: () => Promise<string>): PhoneAuth {
  let newest: Promise<ConfirmationResult> | undefined
  return {
    async requestCode(phone) {
      const token = await solve()
      const request = signInWithPhoneNumber(auth, phone, verifier(token))
      newest = request
      await awaitResponse(request)
    },
    async confirmCode(code) {
      if (newest === undefined) throw new PhoneAuthError('codeExpired')
      const requested = newest
      await awaitResponse(requested.then((request) => request.confirm(code)))
    },
  }
}

function verifier(token: string): ApplicationVerifier {
  // `_reset` is not in the public type, but the SDK calls it.
  const solved = { type: 'recaptcha', verify: () => Promise.resolve(token), _reset: () => undefined }
  return solved
}

async function awaitResponse(request: Promise<unknown>): Promise<void> {
  try {
    await withTimeout(request)
  } catch (error) {
    const cause = error instanceof WireError && error.cause !== undefined ? error.cause : error
    throw new PhoneAuthError(phoneAuthFailure(cause), { cause })
  }
}
