import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Backend } from '#shared/backend.ts'
import { checkIn } from './check-in.ts'
import { pushHosts } from './hosts.ts'
import { register } from './registration.ts'
import { PushServiceError, request, type Fetch } from './request.ts'

const backend: Backend = {
  firebase: {
    apiKey: 'key',
    authDomain: 'p.firebaseapp.com',
    projectId: 'p',
    storageBucket: 'p.firebasestorage.app',
    appId: '1:1:web:1',
    messagingSenderId: '1',
    vapidKey: 'B'.repeat(87),
  },
  emulator: null,
}
const { signal } = new AbortController()

function services(fetch: Fetch): Parameters<typeof register>[0] {
  const hosts = pushHosts(backend)
  if (hosts === null) throw new Error('no hosts')
  return { fetch, hosts, firebase: backend.firebase, now: () => 0, signal }
}

const device = { androidId: '1', securityToken: '2' }

async function reasonOf(work: Promise<unknown>): Promise<string> {
  try {
    await work
    return 'none'
  } catch (error) {
    return error instanceof PushServiceError ? error.reason : `${String(error)}`
  }
}

describe('the services of Google', () => {
  it('are asked over https, with the key of the project', async () => {
    const asked: [string, string][] = []
    const answers = [
      'token=gcm',
      JSON.stringify({ fid: 'f', refreshToken: 'r', authToken: { token: 'a', expiresIn: '604800s' } }),
      JSON.stringify({ token: 'fcm' }),
    ]
    const registration = await register(
      services((url, { body }) => {
        asked.push([url, String(body)])
        return Promise.resolve(new Response(answers[asked.length - 1]))
      }),
      device,
    )
    expect(registration).toMatchObject({
      token: 'fcm',
      gcmToken: 'gcm',
      installation: { fid: 'f', expiresAt: 604_800_000 },
    })
    expect(asked.map(([url]) => url)).toEqual([
      'https://android.clients.google.com/c2dm/register3',
      'https://firebaseinstallations.googleapis.com/v1/projects/p/installations',
      'https://fcmregistrations.googleapis.com/v1/projects/p/registrations',
    ])
    expect(new URLSearchParams(asked[0]?.[1]).get('sender')).toBe(backend.firebase.vapidKey)
    expect(JSON.parse(asked[2]?.[1] ?? '')).toEqual({
      web: {
        applicationPubKey: backend.firebase.vapidKey,
        auth: registration.keys.authSecret,
        endpoint: 'https://fcm.googleapis.com/fcm/send/gcm',
        p256dh: registration.keys.publicKey,
      },
    })
  })

  it.each([
    ['Error=PHONE_REGISTRATION_ERROR', 200, 'transient'],
    ['Error=INVALID_SENDER', 200, 'refused'],
    ['Error=AUTHENTICATION_FAILED', 200, 'forgotten'],
    ['Error=toString', 200, 'transient'],
    ['', 200, 'transient'],
    ['', 401, 'forgotten'],
    ['', 503, 'transient'],
  ])('mean by %j with status %d of register3: %s', async (body, status, reason) => {
    expect(
      await reasonOf(
        register(
          services(() => Promise.resolve(new Response(body, { status }))),
          device,
        ),
      ),
    ).toBe(reason)
  })

  it.each([
    [400, 'refused'],
    [403, 'refused'],
    [404, 'refused'],
    [429, 'transient'],
    [500, 'transient'],
  ])('mean by status %d of Firebase: %s', async (status, reason) => {
    const fetch: Fetch = (url) =>
      Promise.resolve(url.endsWith('register3') ? new Response('token=x') : new Response('', { status }))
    expect(await reasonOf(register(services(fetch), device))).toBe(reason)
  })

  it('cannot crash the receiver, whatever they answer', async () => {
    const answer = fc.oneof(
      fc.uint8Array({ maxLength: 100 }),
      fc.json().map((text) => Buffer.from(text)),
      fc.constant(Buffer.from('token=x')),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(answer, { minLength: 1, maxLength: 3 }), async (answers) => {
        let n = 0
        const fetch: Fetch = () =>
          Promise.resolve(new Response(Buffer.from(answers[n++ % answers.length] ?? [])))
        expect(await reasonOf(register(services(fetch), device))).not.toMatch(/Error/)
        expect(await reasonOf(checkIn(fetch, 'x', null, signal))).not.toMatch(/Error/)
      }),
      { numRuns: 500 },
    )
  })

  it('may answer 1 MiB, not more', async () => {
    const answer =
      (size: number): Fetch =>
      () =>
        Promise.resolve(new Response(Buffer.alloc(size)))
    expect(await request(answer(1024 * 1024), 'test', 'x', { signal })).toHaveLength(1024 * 1024)
    expect(await reasonOf(request(answer(1024 * 1024 + 1), 'test', 'x', { signal }))).toBe('transient')
  })
})
