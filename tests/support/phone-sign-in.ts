import { signInWithCustomToken, type Auth } from 'firebase/auth'
import { z } from 'zod'
import type { Backend } from '../../src/shared/backend.ts'
import { PhoneAuthError, type PhoneAuth } from '../../src/renderer/data/phone-auth.ts'

const requestedSchema = z.object({ sessionInfo: z.string() })
const signedInSchema = z.object({ localId: z.string() })

/**
 * Phone sign-in for Node, where the SDK has none: the emulator's own requests make the account, a token for it signs the SDK
 * in. The account has its number, so the rules see the same as in the app.
 */
export function emulatorPhoneAuth(backend: Backend, auth: Auth): PhoneAuth {
  let session: string | undefined
  return {
    async requestCode(phone) {
      const body = { phoneNumber: phone, recaptchaToken: 'local' }
      session = requestedSchema.parse(await identity(backend, 'sendVerificationCode', body)).sessionInfo
    },
    async confirmCode(code) {
      if (session === undefined) throw new PhoneAuthError('codeExpired')
      const body = { sessionInfo: session, code }
      const { localId } = signedInSchema.parse(await identity(backend, 'signInWithPhoneNumber', body))
      await signInWithCustomToken(auth, JSON.stringify({ uid: localId }))
    },
  }
}

async function identity(backend: Backend, action: string, body: object): Promise<unknown> {
  const { emulator, firebase } = backend
  if (emulator === null) throw new Error('This is for the local backend only.')
  const url = `http://${emulator.host}:${String(emulator.authPort)}/identitytoolkit.googleapis.com/v1/accounts:${action}`
  const answer = await fetch(`${url}?key=${firebase.apiKey}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const text = await answer.text()
  if (answer.ok) return JSON.parse(text) as unknown
  throw new PhoneAuthError(text.includes('INVALID_CODE') ? 'wrongCode' : 'unexpected', { cause: text })
}
