/** Why signing in by phone number failed. */
export type PhoneAuthFailure =
  | 'offline'
  | 'badPhone'
  | 'wrongCode'
  | 'codeExpired'
  | 'tooManyTries'
  | 'verificationCancelled'
  | 'quotaExceeded'
  | 'accountDisabled'
  | 'denied'
  | 'unexpected'

export class PhoneAuthError extends Error {
  override readonly name = 'PhoneAuthError'
  readonly failure: PhoneAuthFailure
  constructor(failure: PhoneAuthFailure, options?: ErrorOptions) {
    super(failure, options)
    this.failure = failure
  }
}
