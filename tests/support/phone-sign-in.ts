import { signInWithCustomToken, type Auth } from 'firebase/auth'
import { z } from 'zod'
import type { Backend } from '../../src/shared/backend.ts'
import type { PhoneAuth } from '../../src/renderer/data/phone-auth.ts'
import { PhoneAuthError } from '../../src/renderer/data/phone-auth-error.ts'

const codeRequestSchema = z.object({ sessionInfo: z.string() })
const signedInSchema = z.object({ localId: z.string() })

/**
 * Phone sign-in for Node, where the SDK does not support it. Requests to the emulator create the account, and a custom token
 * signs the SDK in. The account has its phone number, so the rules see the same as in the app.
 */
export function emulatorPhoneAuth(backend: Backend, auth: Auth): PhoneAuth {
  let session: string | undefined
  return {
    async requestCode(phone) {
      const body = { phoneNumber: phone, recaptchaToken: 'local' }
      session = codeRequestSchema.parse(
        await callAuthEmulator(backend, 'sendVerificationCode', body),
      ).sessionInfo
    },
    async confirmCode(code) {
      if (session === undefined) throw new PhoneAuthError('codeExpired')
      const body = { sessionInfo: session, code }
      const { localId } = signedInSchema.parse(await callAuthEmulator(backend, 'signInWithPhoneNumber', body))
      await signInWithCustomToken(auth, JSON.stringify({ uid: localId }))
    },
  }
}

async function callAuthEmulator(backend: Backend, action: string, body: object): Promise<unknown> {
  const { emulator, firebase } = backend
  if (emulator === null) throw new Error('This is for the local backend only.')
  const url = `http://${emulator.host}:${String(emulator.authPort)}/identitytoolkit.googleapis.com/v1/accounts:${action}`
  const response = await fetch(`${url}?key=${firebase.apiKey}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const text = await response.text()
  if (response.ok) return JSON.parse(text) as unknown
  throw new PhoneAuthError(text.includes('INVALID_CODE') ? 'wrongCode' : 'unexpected', { cause: text })
}
