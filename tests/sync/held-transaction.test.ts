import { expect, inject, it } from 'vitest'
import { z } from 'zod'
import type { Backend } from '#shared/backend.ts'
import type { UserId } from '#shared/domain/ids.ts'
import type { AppState } from '../../src/renderer/stores/app-store.ts'
import { chattingPair, shown, untilFlushed, untilSeen, untilSent } from './people.ts'

const transactionSchema = z.object({ transaction: z.string() })
const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url')

/** An ID token as the emulator accepts it: without a signature. */
function tokenOf(userId: UserId, { firebase: { projectId } }: Backend): string {
  const claims = {
    iss: `https://securetoken.google.com/${projectId}`,
    aud: projectId,
    sub: userId,
    user_id: userId,
    phone_number: '+16505550199',
  }
  return `${encode({ alg: 'none', typ: 'JWT' })}.${encode(claims)}.`
}

/** Reads documents in a transaction, as any client may, and leaves it open. Returns a function that ends it. */
async function holdTransaction(userId: UserId, paths: readonly string[]): Promise<() => Promise<void>> {
  const backend = inject('backend')
  const documents = `projects/${backend.firebase.projectId}/databases/(default)/documents`
  const post = async (method: string, body: object): Promise<unknown> => {
    const origin = `http://127.0.0.1:${String(backend.emulator?.firestorePort)}`
    const response = await fetch(`${origin}/v1/${documents}:${method}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${tokenOf(userId, backend)}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    expect(response.ok, method).toBe(true)
    return response.json()
  }
  const { transaction } = transactionSchema.parse(
    await post('beginTransaction', { options: { readWrite: {} } }),
  )
  await post('batchGet', { documents: paths.map((path) => `${documents}/${path}`), transaction })
  return async () => void (await post('rollback', { transaction }))
}

it('a transaction that someone leaves open delays no message', async () => {
  const { ada, ben, chatId } = await chattingPair()
  await Promise.all([untilSeen(ada), untilFlushed(ada), untilFlushed(ben), untilSent(ada)])
  const stopWatching = ben.services.people.watchPresence(ada.me)
  const isAda = (state: 'online' | 'away') => (app: AppState) => app.presences.get(ada.me)?.state === state
  await ben.until('Ada online', isAda('online'))
  // Ben may read both documents. A stranger could read only the presence.
  const release = await holdTransaction(ben.me, [`presence/${ada.me}`, `chats/${chatId}/activity/${ada.me}`])
  try {
    // The writes of these two calls hang.
    ada.emit({ account: null, name: 'power.state', payload: { state: 'idle' } })
    ada.services.conversation.typing(chatId)
    await ada.send(chatId, 'in time')
    await untilSent(ada)
    await ben.until('the message', () => shown(ben).at(-1) === 'in time')
    expect(isAda('online')(ben.store.getState())).toBe(true)
  } finally {
    await release()
  }
  await ben.until('the delayed presence', isAda('away'))
  stopWatching()
})
