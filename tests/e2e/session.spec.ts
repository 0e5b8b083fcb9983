/** Restarts while the auth server fails: the person stays signed in. */
import { expect, test } from '@playwright/test'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { disableAccount } from '../../scripts/lib/emulator-rest.ts'
import { startHttpProxy, type HttpFailure, type HttpProxy } from '../support/http-proxy.ts'
import { signUp, testBackend, type Person } from '../support/people.ts'
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts'

let folder: string
let auth: HttpProxy
let wire: TcpProxy
/** Connects through both proxies. */
let ada: Person
let ben: Person

test.describe.configure({ mode: 'serial' })
test.beforeAll(async () => {
  const { firebase, emulator } = testBackend()
  auth = await startHttpProxy(emulator?.authPort ?? 0)
  wire = await startTcpProxy(emulator?.firestorePort ?? 0)
  folder = mkdtempSync(join(tmpdir(), 'perch-session-'))
  const backend = join(folder, 'backend.json')
  const ports = { authPort: auth.port, firestorePort: wire.port }
  writeFileSync(backend, JSON.stringify({ firebase, emulator: { ...emulator, ...ports } }))
  ;[ada, ben] = await Promise.all([signUp({ name: 'Ada Quill', backend }), signUp({ name: 'Ben Marsh' })])
  await ada.app.openChatWith(ben.phone, ben.name)
  await ada.app.send('Before the restart')
  await ada.app.expectTick('Before the restart', 'Delivered')
  await ben.app.openChat(ada.name)
  await expect(ben.app.status('online')).toBeVisible()
})
test.afterEach(async () => {
  auth.restore()
  wire.restore()
  expect(await ada.perch.problems()).toEqual([])
  expect(await ben.perch.problems()).toEqual([])
})
test.afterAll(async () => {
  await ada?.leave()
  await ben?.leave()
  await auth?.stop()
  await wire?.stop()
  rmSync(folder, { recursive: true, force: true })
})

const LOOKUP = '/identitytoolkit.googleapis.com/v1/accounts:lookup'
const TOKEN = '/securetoken.googleapis.com/v1/token'

/** Ends Ada's app, waits until Ben sees her offline, and starts the app again while the auth server fails. */
async function restart(how: HttpFailure, { times = Infinity, withWire = true } = {}): Promise<void> {
  await ada.quit()
  await expect(ben.app.status('online')).toBeHidden()
  if (!withWire) wire.cut()
  auth.fail(how, times)
  await ada.start()
}

/** The chat shows from disk. */
async function expectChat(): Promise<void> {
  await ada.app.openChat(ben.name)
  await expect(ada.app.bubble('Before the restart')).toBeVisible()
}

/** Ben sees Ada online, and receives what she sends. */
async function expectOnline(text: string): Promise<void> {
  await expect(ben.app.status('online')).toBeVisible()
  await ada.app.send(text)
  await ada.app.expectTick(text, 'Read')
  await expect(ben.app.bubble(text)).toHaveCount(1)
}

/**
 * Makes the stored token an expired one: the next start must request another. Firebase may store the person again at any time, so this
 * is repeated until the app quits.
 */
async function expireToken(): Promise<void> {
  await ada.app.page.evaluate(async () => {
    const settled = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result))
        request.addEventListener('error', () =>
          reject(new Error('IndexedDB failed', { cause: request.error })),
        )
      })
    const database = await settled(indexedDB.open('firebaseLocalStorageDb'))
    const expire = async (): Promise<void> => {
      const store = database
        .transaction('firebaseLocalStorage', 'readwrite')
        .objectStore('firebaseLocalStorage')
      for (const row of await settled<unknown[]>(store.getAll())) {
        const text = JSON.stringify(row).replace(/"expirationTime":\d+/u, '"expirationTime":1')
        await settled(store.put(JSON.parse(text)))
      }
    }
    await expire()
    setInterval(() => void expire(), 50)
  })
}

test('one HTTP 503 for the account lookup at start keeps the session', async () => {
  await restart('unavailable', { times: 1 })
  await expect.poll(() => auth.failed).toEqual([LOOKUP])
  await expectChat()
  await expectOnline('After one 503')
})

test('HTTP 503 for a new token at start keeps the session', async () => {
  await expireToken()
  await restart('unavailable')
  await expect.poll(() => auth.failed).toContain(TOKEN)
  await expectChat()
  await ada.app.send('Written without a token')
  await ada.app.expectTick('Written without a token', 'Sending')
  auth.restore()
  await ada.app.expectTick('Written without a token', 'Read')
  await expectOnline('After a new token')
})

for (const how of ['unavailable', 'reset'] as const) {
  test(`an outage over two starts keeps the session (${how})`, async () => {
    await restart(how, { withWire: false })
    await expect.poll(() => auth.failed).toContain(LOOKUP)
    await expectChat()
    await ada.app.send(`Written in the outage (${how})`)
    await ada.app.expectTick(`Written in the outage (${how})`, 'Sending')

    await ada.quit()
    auth.fail(how)
    await ada.start()
    await expect.poll(() => auth.failed).toContain(LOOKUP)
    await expectChat()
    await ada.app.expectTick(`Written in the outage (${how})`, 'Sending')

    auth.restore()
    wire.restore()
    await ada.app.expectTick(`Written in the outage (${how})`, 'Read')
    await expectOnline(`After the outage (${how})`)
  })
}

test('a disabled account is signed out at start', async () => {
  await ada.quit()
  await disableAccount(testBackend(), ada.phone)
  await ada.start()
  await expect(ada.app.button('Sign in with your phone number')).toBeVisible()
})
