import { FirebaseError } from 'firebase/app'
import { AuthErrorCodes } from 'firebase/auth'
import { expect, it } from 'vitest'
import { phoneAuthFailure } from './phone-auth.ts'
import type { PhoneAuthFailure } from './phone-auth-error.ts'
import { WireError } from './wire-error.ts'

it.each<[string, PhoneAuthFailure]>([
  [AuthErrorCodes.NETWORK_REQUEST_FAILED, 'offline'],
  [AuthErrorCodes.TIMEOUT, 'offline'],
  [AuthErrorCodes.INVALID_PHONE_NUMBER, 'badPhone'],
  [AuthErrorCodes.MISSING_PHONE_NUMBER, 'badPhone'],
  [AuthErrorCodes.INVALID_CODE, 'wrongCode'],
  [AuthErrorCodes.MISSING_CODE, 'wrongCode'],
  [AuthErrorCodes.CODE_EXPIRED, 'codeExpired'],
  [AuthErrorCodes.INVALID_SESSION_INFO, 'codeExpired'],
  [AuthErrorCodes.MISSING_SESSION_INFO, 'codeExpired'],
  [AuthErrorCodes.TOO_MANY_ATTEMPTS_TRY_LATER, 'tooManyTries'],
  [AuthErrorCodes.CAPTCHA_CHECK_FAILED, 'verificationCancelled'],
  [AuthErrorCodes.INVALID_APP_CREDENTIAL, 'verificationCancelled'],
  [AuthErrorCodes.MISSING_APP_CREDENTIAL, 'verificationCancelled'],
  [AuthErrorCodes.INVALID_RECAPTCHA_TOKEN, 'verificationCancelled'],
  [AuthErrorCodes.MISSING_RECAPTCHA_TOKEN, 'verificationCancelled'],
  [AuthErrorCodes.QUOTA_EXCEEDED, 'quotaExceeded'],
  [AuthErrorCodes.USER_DISABLED, 'accountDisabled'],
  [AuthErrorCodes.OPERATION_NOT_ALLOWED, 'denied'],
  [AuthErrorCodes.ADMIN_ONLY_OPERATION, 'denied'],
  [AuthErrorCodes.INTERNAL_ERROR, 'unexpected'],
])('converts %s to %s', (code, failure) => {
  expect(phoneAuthFailure(new FirebaseError(code, ''))).toBe(failure)
})

it('converts a request without a response to offline, and any other error to unexpected', () => {
  expect(phoneAuthFailure(new WireError('offline'))).toBe('offline')
  expect(phoneAuthFailure(new TypeError('what'))).toBe('unexpected')
})
