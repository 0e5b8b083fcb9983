import { describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { codeFor, existingDocuments, updateDocument } from '../../scripts/lib/emulator-rest.ts'
import { directChatId, userIdSchema, type UserId } from '../../src/shared/domain/ids.ts'
import { FUNCTIONS_REGION } from '../../src/shared/functions.ts'
import { pushSchema } from '../../src/shared/push.ts'
import { newPhone } from '../../tests/support/new-phone.ts'
import { pushesFor, type SentPush } from '../../tests/support/push-recorder.ts'
import { backend, emulator } from './admin.ts'
import { chat, device, hex, message, newMessageId, newUserId, text, write } from './documents.ts'

/* The functions as they are deployed, run by the Functions emulator. */

const fcmPort = emulator.push?.fcmPort ?? 0
const functionsPort = emulator.push?.functionsPort ?? 0

/** Waits until FCM has got this many pushes for a token. */
function sentTo(token: string, count: number): Promise<SentPush[]> {
  return vi.waitUntil(
    async () => {
      const sent = await pushesFor(fcmPort, token)
      return sent.length >= count ? sent : undefined
    },
    { timeout: 30_000, interval: 50 },
  )
}

describe('onMessageCreated', () => {
  it('sends the push of a message that was written, in the form of FCM', async () => {
    const [ada, ben] = [newUserId(), newUserId()]
    const chatId = directChatId(ada, ben)
    const token = hex()
    await write(chat(chatId, [ada, ben]), device(ben, token))
    const ids = [newMessageId(), newMessageId()]
    for (const id of ids) {
      await write({ path: `chats/${chatId}/messages/${id}`, fields: message(ada, text('Hello')) })
    }
    const sent = await sentTo(token, 2)
    expect(sent.map(({ data }) => pushSchema.parse(data))).toEqual(
      expect.arrayContaining(
        ids.map((messageId) => ({ type: 'message', account: ben, chatId, messageId, mentioned: '0' })),
      ),
    )
    expect(sent[0]?.webpush.headers).toEqual({ TTL: '86400', Urgency: 'high' })
    expect(JSON.stringify(sent)).not.toContain('Hello')
  })

  it('removes a device that FCM does not know, and keeps one for which FCM failed', async () => {
    const [ada, ben] = [newUserId(), newUserId()]
    const chatId = directChatId(ada, ben)
    const [gone, kept, alive] = [
      device(ben, `dead${hex()}`),
      device(ben, `broken${hex()}`),
      device(ben, hex()),
    ]
    await write(chat(chatId, [ada, ben]), gone, kept, alive)
    await write({ path: `chats/${chatId}/messages/${newMessageId()}`, fields: message(ada, text('Hello')) })
    const left = (): Promise<Set<string>> => existingDocuments(backend, [gone.path, kept.path, alive.path])
    await vi.waitUntil(async () => !(await left()).has(gone.path), { timeout: 30_000, interval: 50 })
    expect(await left()).toEqual(new Set([kept.path, alive.path]))
  })
})

describe('onMessageUpdated', () => {
  it('notes the object of a message that was deleted for everyone', async () => {
    const [ada, ben] = [newUserId(), newUserId()]
    const chatId = directChatId(ada, ben)
    const object = hex()
    const path = `chats/${chatId}/messages/${newMessageId()}`
    await write({ path, fields: message(ada, { kind: 'photo', file: { object } }) })
    await updateDocument(backend, path, { body: null, deletedAt: new Date() })
    const note = `removals/${chatId}:${object}`
    await vi.waitFor(async () => expect(await existingDocuments(backend, [note])).toEqual(new Set([note])), {
      timeout: 30_000,
      interval: 50,
    })
  })
})

async function callAuth(method: string, body: object): Promise<unknown> {
  const url = `http://${emulator.host}:${emulator.authPort}/identitytoolkit.googleapis.com/v1/accounts:${method}?key=local`
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
  return response.json()
}

async function signUp(): Promise<{ userId: UserId; idToken: string }> {
  const phone = newPhone()
  const sent = await callAuth('sendVerificationCode', { phoneNumber: phone })
  const { sessionInfo } = z.object({ sessionInfo: z.string() }).parse(sent)
  const code = await codeFor(backend, phone)
  const signedIn = await callAuth('signInWithPhoneNumber', { sessionInfo, code })
  const { idToken, localId } = z.object({ idToken: z.string(), localId: userIdSchema }).parse(signedIn)
  return { userId: localId, idToken }
}

async function testPush(data: unknown, idToken?: string): Promise<unknown> {
  const url = `http://${emulator.host}:${functionsPort}/${backend.firebase.projectId}/${FUNCTIONS_REGION}/testPush`
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(idToken !== undefined && { authorization: `Bearer ${idToken}` }),
    },
    body: JSON.stringify({ data }),
  })
  return response.json()
}
const refused = (status: string): unknown => ({ error: expect.objectContaining({ status }) })

describe('testPush', () => {
  it('sends to the caller’s own device, once in a while', async () => {
    const { userId, idToken } = await signUp()
    const [deviceId, token] = [hex(), hex()]
    await write(device(userId, token, deviceId))
    expect(await testPush({ deviceId, nonce: 'n1' }, idToken)).toEqual({ result: { outcome: 'sent' } })
    expect((await sentTo(token, 1)).map(({ data }) => pushSchema.parse(data))).toEqual([
      { type: 'test', account: userId, nonce: 'n1' },
    ])
  })

  it('refuses who is not signed in, or without a number', async () => {
    expect(await testPush({ deviceId: hex(), nonce: 'n' })).toEqual(refused('UNAUTHENTICATED'))
    const signedUp = await callAuth('signUp', { email: `${hex()}@example.com`, password: 'secret' })
    const { idToken } = z.object({ idToken: z.string() }).parse(signedUp)
    expect(await testPush({ deviceId: hex(), nonce: 'n' }, idToken)).toEqual(refused('UNAUTHENTICATED'))
  })

  it('sends to no device of another person', async () => {
    const [own, other] = [await signUp(), newUserId()]
    const [deviceId, token] = [hex(), hex()]
    await write(device(other, token, deviceId))
    expect(await testPush({ deviceId, nonce: 'n' }, own.idToken)).toEqual(refused('NOT_FOUND'))
    expect(await pushesFor(fcmPort, token)).toEqual([])
  })

  it('refuses an argument of another form', async () => {
    const { idToken } = await signUp()
    for (const wrong of [null, 'x', {}, { deviceId: 'x', nonce: 'n' }, { deviceId: hex(), nonce: ' ' }]) {
      expect(await testPush(wrong, idToken)).toEqual(refused('INVALID_ARGUMENT'))
    }
  })
})
