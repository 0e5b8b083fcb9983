import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { connectDirectly } from '../../../src/main/network/tunnel.ts'
import { createReceiver, type PushState, type Receiver } from '../../../src/main/push/receiver.ts'
import { TAG, writeFrame } from '../../../src/main/push/frames.ts'
import type { Backend } from '../../../src/shared/backend.ts'
import { ada, chatId, me, messageId } from '../../../src/shared/domain/test-data.ts'
import type { Push } from '../../../src/shared/push.ts'
import { createCertificate } from './certificate.ts'
import { startFcmEmulator, type FcmEmulator } from './emulator.ts'
import { dataMessage } from './send.ts'

let directory: string
let fcm: FcmEmulator
let receivers: Receiver[]
/** What the receivers have reported. */
let pushes: Push[]
let states: [state: PushState, token: string | null][]
let logged: string[]
let onPush: (push: Push) => void

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'perch-push-'))
  fcm = await startFcmEmulator()
  receivers = []
  pushes = []
  states = []
  logged = []
  onPush = (push) => pushes.push(push)
})
afterEach(async () => {
  for (const receiver of receivers) receiver.stop()
  await fcm.stop()
  rmSync(directory, { recursive: true, force: true })
})

function backend({ ca = fcm.ca } = {}): Backend {
  return {
    firebase: {
      apiKey: 'local',
      authDomain: 'demo-perch.firebaseapp.com',
      projectId: 'demo-perch',
      storageBucket: 'demo-perch.firebasestorage.app',
      appId: '1:1:web:local',
      messagingSenderId: '1',
    },
    emulator: {
      host: '127.0.0.1',
      authPort: 1,
      firestorePort: 1,
      storagePort: 1,
      push: { functionsPort: 1, fcmPort: fcm.fcmPort, mcsPort: fcm.mcsPort, ca },
    },
  }
}

/** Turns bits around, so that the tests notice what is written unencrypted. */
const secrets = {
  encrypt: (text: string) => Buffer.from(Buffer.from(text).map((byte) => byte ^ 0xff)),
  decrypt: (bytes: Buffer) => Buffer.from(bytes.map((byte) => byte ^ 0xff)).toString(),
}

type Options = Parameters<typeof createReceiver>[0]

/** A receiver with short pauses, started for `me`. */
function receive({ timing = {}, ...options }: Partial<Options> = {}): Receiver {
  const receiver = createReceiver({
    backend: backend(),
    directory,
    secrets,
    fetch,
    connect: connectDirectly,
    log: (_, ...details) => logged.push(details.join(' ')),
    onPush: (push) => onPush(push),
    onChange: (state, token) => states.push([state, token]),
    timing: { pause: 5, maxPause: 20, ...timing },
    ...options,
  })
  if (receiver === null) throw new Error('no push')
  receivers.push(receiver)
  receiver.start(me)
  return receiver
}

async function untilState(receiver: Receiver, state: PushState): Promise<void> {
  await vi.waitFor(() => expect(receiver.state()).toBe(state), { timeout: 30_000, interval: 2 })
}

async function until(condition: () => void): Promise<void> {
  await vi.waitFor(condition, { timeout: 30_000, interval: 2 })
}

async function connected(options?: Partial<Options>): Promise<{ receiver: Receiver; token: string }> {
  const receiver = receive(options)
  await untilState(receiver, 'connected')
  return { receiver, token: receiver.token() ?? '' }
}

function push(n: number): Push & { type: 'message' } {
  return { type: 'message', account: me, chatId, messageId: messageId(n), mentioned: '0' }
}

async function send(token: string, data: Record<string, string>): Promise<Response> {
  const url = `http://127.0.0.1:${fcm.fcmPort}/v1/projects/demo-perch/messages:send`
  return fetch(url, { method: 'POST', body: JSON.stringify({ message: { token, data } }) })
}

async function expectPushes(...numbers: number[]): Promise<void> {
  await until(() => expect(pushes).toEqual(numbers.map((n) => push(n))))
}

describe('registration', () => {
  it('takes all steps, and the push arrives', async () => {
    const { receiver, token } = await connected()
    expect(states).toEqual([
      ['registering', null],
      ['connecting', token],
      ['connected', token],
    ])
    expect((await send(token, push(1))).status).toBe(200)
    await expectPushes(1)
    await until(() => expect(fcm.unacknowledged()).toBe(0))
    receiver.stop()
    expect([receiver.state(), receiver.token(), states.at(-1)]).toEqual(['off', null, ['off', null]])
  })

  it('is kept over restarts, encrypted', async () => {
    const first = await connected()
    first.receiver.stop()
    const second = await connected()
    expect(second.token).toBe(first.token)
    expect(states.filter(([state]) => state === 'registering')).toHaveLength(1)
    for (const file of readdirSync(directory))
      expect(readFileSync(join(directory, file), 'utf8')).not.toContain(first.token)
  })

  it('is made anew for another project, and when the file is damaged', async () => {
    const first = await connected()
    first.receiver.stop()
    const other = backend()
    other.firebase.apiKey = 'other'
    const second = await connected({ backend: other })
    expect(second.token).not.toBe(first.token)
    second.receiver.stop()
    const third = await connected({ secrets: { ...secrets, decrypt: () => 'x' } })
    expect(third.token).not.toBe(second.token)
    expect(logged).toContain('push credentials are damaged ')
  })

  it('works when nothing can be written', async () => {
    const encrypt = (): never => {
      throw new Error('no key store')
    }
    const { token } = await connected({ secrets: { ...secrets, encrypt } })
    await send(token, push(1))
    await expectPushes(1)
  })

  it('is repeated after PHONE_REGISTRATION_ERROR, as the same device', async () => {
    fcm.faults.phoneErrors = 3
    await connected()
    expect(states.filter(([state]) => state === 'waiting')).toHaveLength(3)
    expect(logged.filter((line) => line.includes('PHONE_REGISTRATION_ERROR'))).toHaveLength(3)
    expect(fcm.logins).toHaveLength(1)
  })

  it('is repeated when the services are unavailable or not there', async () => {
    fcm.faults.unavailable = true
    let failures = 0
    const receiver = receive({
      fetch: async (url, init) => {
        if (failures++ < 2) throw new TypeError('fetch failed')
        return fetch(url, init)
      },
    })
    await until(() => expect(failures).toBeGreaterThan(4))
    fcm.faults.unavailable = false
    await untilState(receiver, 'connected')
  })

  it('is not repeated when the project is refused', async () => {
    fcm.faults.refuse = true
    const receiver = receive()
    await untilState(receiver, 'refused')
    fcm.faults.refuse = false
    receiver.wake()
    receiver.start(me)
    expect(receiver.state()).toBe('refused')
    receiver.stop()
    receiver.start(me)
    await untilState(receiver, 'connected')
  })

  it('is made anew when MCS knows the device no more', async () => {
    const first = await connected()
    first.receiver.stop()
    await fcm.stop()
    fcm = await startFcmEmulator()
    const second = await connected()
    expect(second.token).not.toBe(first.token)
    expect(logged).toContain('push connection ended login: error 401')
  })

  it('survives a restart of the emulator with a file', async () => {
    const stateFile = join(directory, 'fcm.json')
    await fcm.stop()
    fcm = await startFcmEmulator({ stateFile })
    const first = await connected()
    first.receiver.stop()
    await fcm.stop()
    fcm = await startFcmEmulator({ stateFile })
    expect((await connected()).token).toBe(first.token)
  })
})

describe('renewal', () => {
  it('keeps the token, with a new auth token of the installation', async () => {
    const file = join(directory, `${me}.credentials`)
    const WEEK = 7 * 86_400_000
    const first = await connected()
    first.receiver.stop()
    const before = readFileSync(file)
    const asked: string[] = []
    const { receiver, token } = await connected({
      fetch: (url, init) => {
        asked.push(`${init.method} ${new URL(url).pathname.replace(/^\/v1\/projects\/demo-perch/, '')}`)
        return fetch(url, init)
      },
      now: () => Date.now() + WEEK,
    })
    await until(() => expect(readFileSync(file).equals(before)).toBe(false))
    expect(asked).toEqual([
      'POST /checkin',
      expect.stringMatching(/^POST \/installations\/[\w-]{22}\/authTokens:generate$/),
      `PATCH /registrations/${encodeURIComponent(token)}`,
    ])
    expect([token, receiver.state()]).toEqual([first.token, 'connected'])
    receiver.stop()
    asked.length = 0
    const second = await connected({ now: () => Date.now() + WEEK + 86_400_000 })
    expect([second.token, asked]).toEqual([first.token, []])
  })

  it('does not bring back credentials that the server has rejected meanwhile', async () => {
    let release: () => void = () => undefined
    const held = new Promise<void>((done) => (release = done))
    let renewals = 0
    const receiver = receive({
      timing: { renewal: 50 },
      async fetch(url, init) {
        const response = await fetch(url, init)
        if (init.method === 'PATCH' && ++renewals === 1) await held
        return response
      },
    })
    await untilState(receiver, 'connected')
    const first = receiver.token()
    await until(() => expect(renewals).toBe(1))
    Object.assign(fcm.faults, { rejectLogins: true, cut: 1 })
    await send(first ?? '', push(1))
    await until(() => expect(logged).toContain('push connection ended login: error 401'))
    Object.assign(fcm.faults, { rejectLogins: false, cut: 0 })
    await until(() => expect([first, null]).not.toContain(receiver.token()))
    await untilState(receiver, 'connected')
    const second = receiver.token()
    release()
    // The next one begins when this one has ended.
    await until(() => expect(renewals).toBeGreaterThan(1))
    expect(receiver.token()).toBe(second)
  })

  it('registers anew when the token is dead', async () => {
    const first = await connected()
    fcm.expire(first.token)
    expect((await send(first.token, push(1))).status).toBe(404)
    first.receiver.stop()
    const receiver = receive({ timing: { renewal: 0 } })
    await until(() => expect([first.token, null]).not.toContain(receiver.token()))
    await untilState(receiver, 'connected')
  })

  it('is tried again later while the services are unavailable; pushes arrive meanwhile', async () => {
    const { token } = await connected({ timing: { renewal: 50, renewalRetry: 5 } })
    fcm.faults.unavailable = true
    await until(() =>
      expect(logged.filter((line) => line.startsWith('push renewal')).length).toBeGreaterThan(2),
    )
    fcm.faults.unavailable = false
    await send(token, push(1))
    await expectPushes(1)
    expect(states.filter(([state]) => state === 'registering')).toHaveLength(1)
  })
})

describe('delivery', () => {
  it('brings what was sent while the receiver was off, in order', async () => {
    const { receiver, token } = await connected()
    receiver.stop()
    for (const n of [1, 2, 3]) await send(token, push(n))
    await connected()
    await expectPushes(1, 2, 3)
  })

  it('survives cuts without losing or doubling a push', async () => {
    const { token } = await connected()
    fcm.faults.cut = 0.5
    const numbers = Array.from({ length: 40 }, (_, n) => n)
    for (const n of numbers) await send(token, push(n))
    await until(() => expect(pushes).toHaveLength(40))
    fcm.faults.cut = 0
    await until(() => expect(fcm.unacknowledged()).toBe(0))
    expect(new Set(pushes.map((push) => JSON.stringify(push)))).toHaveLength(40)
    expect(fcm.logins.length).toBeGreaterThan(1)
  })

  it('shows a push once that comes twice, or again after a restart', async () => {
    const { receiver, token } = await connected()
    fcm.faults.duplicate = 1
    await send(token, push(1))
    await until(() => expect(fcm.unacknowledged()).toBe(0))
    // Handled and remembered, but the acknowledgement is lost with the connection.
    onPush = (push) => {
      pushes.push(push)
      fcm.cutAll()
    }
    await send(token, push(2))
    await until(() => expect(pushes).toHaveLength(2))
    receiver.stop()
    await connected()
    await send(token, push(3))
    await expectPushes(1, 2, 3)
    expect(fcm.logins.at(-1)?.receivedIds).toHaveLength(2)
  })

  it('comes late and in another order', async () => {
    const { token } = await connected()
    Object.assign(fcm.faults, { delayMs: 20, reorder: 1 })
    await send(token, push(1))
    await send(token, push(2))
    await expectPushes(2, 1)
    await send(token, push(3))
    await expectPushes(2, 1, 3)
  })

  it('does not bring what FCM loses', async () => {
    const { token } = await connected()
    fcm.faults.lose = 1
    await send(token, push(1))
    fcm.faults.lose = 0
    await send(token, push(2))
    await expectPushes(2)
  })

  it('acknowledges a push only after it was handled', async () => {
    const { token } = await connected()
    let waiting = 0
    onPush = () => (waiting = fcm.unacknowledged())
    await send(token, push(1))
    await until(() => expect(fcm.unacknowledged()).toBe(0))
    expect(waiting).toBe(1)
  })

  it('acknowledges and drops what cannot be used', async () => {
    const { token } = await connected()
    fcm.deliver(token, { data: { type: 'later', account: me } })
    fcm.deliver(token, { data: { ...push(1), chatId: '../x' } })
    fcm.deliver(token, { data: { ...push(1), account: ada } })
    fcm.deliver(token, {})
    onPush = () => {
      throw new Error('a defect of the app')
    }
    await send(token, push(1))
    await until(() => expect(fcm.unacknowledged()).toBe(0))
    const headers = { 'crypto-key': 'dh=AAAA', encryption: 'salt=AAAA' }
    fcm.write(writeFrame(TAG.dataMessage, dataMessage('1', headers, Buffer.from('zz'))))
    fcm.write(writeFrame(TAG.dataMessage, dataMessage('2', {}, Buffer.alloc(0))))
    fcm.write(writeFrame(TAG.dataMessage, Buffer.from([0xff])))
    fcm.write(writeFrame(TAG.dataMessage, dataMessage('x'.repeat(501), {}, Buffer.alloc(0))))
    fcm.write(writeFrame(200, Buffer.from('a stanza of later versions')))
    onPush = (push) => pushes.push(push)
    await send(token, { ...push(2), later: 'x' })
    await expectPushes(2)
    expect(fcm.logins).toHaveLength(1)
    expect(logged.toSorted()).toEqual([
      'a push could not be handled Error: a defect of the app',
      'push dropped for another account',
      ...Array.from({ length: 3 }, () => 'push dropped not a push that this version knows'),
      ...Array.from({ length: 2 }, () => 'push dropped not encrypted for this device'),
      ...['push dropped unreadable', 'push dropped unreadable'],
    ])
  })

  it('goes on after 10,000 random stanzas', async () => {
    const { token } = await connected()
    const body = fc.uint8Array({ maxLength: 60 })
    const stanza = (...tags: number[]) =>
      fc.tuple(fc.constantFrom(...tags), body).map(([tag, bytes]) => writeFrame(tag, bytes))
    const { close, streamError } = TAG
    const harmless = Array.from({ length: 16 }, (_, tag) => tag).filter(
      (tag) => tag !== close && tag !== streamError,
    )
    const many = fc.array(stanza(...harmless), { minLength: 199, maxLength: 199 })
    const last = fc.oneof(stanza(close, streamError), fc.constant(Buffer.alloc(9, 0xff)))
    for (const [frames, end] of fc.sample(fc.tuple(many, last), 50)) {
      const logins = fcm.logins.length
      fcm.write(Buffer.concat([...frames, end]))
      await until(() => expect([fcm.logins.length, states.at(-1)?.[0]]).toEqual([logins + 1, 'connected']))
    }
    await send(token, push(1))
    await expectPushes(1)
    expect(logged.filter((line) => !/^push (dropped|connection ended)/.test(line))).toEqual([])
    expect(states.at(-1)).toEqual(['connected', token])
  })

  it('is of one account', async () => {
    const { receiver, token } = await connected()
    receiver.start(ada)
    await untilState(receiver, 'connected')
    expect(receiver.token()).not.toBe(token)
    await send(token, push(1))
    receiver.start(me)
    await expectPushes(1)
    expect(receiver.token()).toBe(token)
  })
})

describe('the connection', () => {
  it('is refused with another certificate than the configured one, whatever the environment says', async () => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0')
    receive({ backend: backend({ ca: createCertificate().cert }) })
    await until(() => expect(logged.length).toBeGreaterThan(2))
    vi.unstubAllEnvs()
    expect(new Set(logged)).toEqual(new Set(['push connection ended DEPTH_ZERO_SELF_SIGNED_CERT']))
    expect([fcm.logins, states.some(([state]) => state === 'connected')]).toEqual([[], false])
  })

  it('is refused with a certificate for another name', async () => {
    await fcm.stop()
    fcm = await startFcmEmulator({ certificate: createCertificate(['evil.example']) })
    receive()
    await until(() => expect(logged.length).toBeGreaterThan(2))
    expect(logged[0]).toBe('push connection ended ERR_TLS_CERT_ALTNAME_INVALID')
    expect(fcm.logins).toEqual([])
  })

  it('is left when the server is silent', async () => {
    const { receiver, token } = await connected({ timing: { heartbeat: 10, ack: 10, login: 50 } })
    fcm.faults.silent = true
    await until(() => expect(logged).toContain('push connection ended silent'))
    await until(() => expect(logged).toContain('push connection ended no response to the login'))
    fcm.faults.silent = false
    await send(token, push(1))
    await expectPushes(1)
    expect(receiver.state()).toBe('connected')
  })

  it('is checked after sleep, and tried at once', async () => {
    const { receiver } = await connected({ timing: { ack: 10, pause: 600_000, maxPause: 600_000 } })
    receiver.wake()
    expect(receiver.state()).toBe('connected')
    fcm.faults.silent = true
    receiver.wake()
    await untilState(receiver, 'waiting')
    fcm.faults.silent = false
    receiver.wake()
    await untilState(receiver, 'connected')
  })

  it('begins again at once when the machine uses another proxy', async () => {
    const ways: string[] = []
    let isClosed = false
    const { receiver } = await connected({
      connect(target, signal) {
        ways.push(`${target.host} ${String(target.proxyPort)}`)
        return isClosed ? Promise.reject(new Error('the proxy is down')) : connectDirectly(target, signal)
      },
      timing: { pause: 600_000, maxPause: 600_000 },
    })
    isClosed = true
    receiver.reconnect()
    await untilState(receiver, 'waiting')
    // Nothing went another way.
    expect(fcm.logins).toHaveLength(1)
    isClosed = false
    receiver.reconnect()
    await untilState(receiver, 'connected')
    expect(fcm.logins).toHaveLength(2)
    expect(ways).toEqual(Array(3).fill(`127.0.0.1 ${fcm.mcsPort}`))
  })

  it('is left although it is checked again and again', async () => {
    const { receiver } = await connected({ timing: { ack: 30 } })
    fcm.faults.silent = true
    const timer = setInterval(() => receiver.wake(), 5)
    await until(() => expect(logged).toContain('push connection ended silent'))
    clearInterval(timer)
  })

  it('waits longer after each login that is rejected, although each registration succeeds', async () => {
    fcm.faults.rejectLogins = true
    const timer = vi.spyOn(globalThis, 'setTimeout')
    receive({ timing: { pause: 4, maxPause: 64 }, random: () => 1 })
    const rejected = 'push connection ended login: error 401'
    await until(() => expect(logged.filter((line) => line === rejected).length).toBeGreaterThan(4))
    const pauses = timer.mock.calls.map(([, ms]) => ms)
    timer.mockRestore()
    for (const pause of [4, 8, 16, 32]) expect(pauses).toContain(pause)
  })

  it('waits longer after each failure, up to a limit', async () => {
    const pauses: number[] = []
    const timer = vi.spyOn(globalThis, 'setTimeout')
    const timing = { pause: 4, maxPause: 20, login: 77_777 }
    const receiver = receive({ backend: backend({ ca: createCertificate().cert }), timing, random: () => 1 })
    await until(() => expect(logged.length).toBeGreaterThan(4))
    for (const [, ms] of timer.mock.calls) if (ms !== undefined && ms >= 4 && ms <= 20) pauses.push(ms)
    timer.mockRestore()
    expect(receiver.state()).not.toBe('connected')
    expect(pauses.filter((ms) => [4, 8, 16, 20].includes(ms)).slice(0, 5)).toEqual([4, 8, 16, 20, 20])
  })
})

describe('signing out', () => {
  it('deletes the credentials and ends the registration', async () => {
    const { receiver, token } = await connected()
    await send(token, push(1))
    await expectPushes(1)
    await until(() => expect(fcm.unacknowledged()).toBe(0))
    expect(readdirSync(directory)).toHaveLength(2)
    await receiver.forget(me)
    expect(receiver.state()).toBe('off')
    expect(readdirSync(directory)).toEqual([])
    expect((await send(token, push(2))).status).toBe(404)
  })

  it('works without the services, without credentials, and for an account that does not run', async () => {
    const { receiver } = await connected()
    fcm.faults.unavailable = true
    receiver.start(ada)
    await receiver.forget(me)
    await receiver.forget(me)
    expect(existsSync(join(directory, `${me}.credentials`))).toBe(false)
    expect(receiver.state()).not.toBe('off')
  })
})

describe('a project without push', () => {
  it('has no receiver', () => {
    const connect = connectDirectly
    const options = {
      directory,
      secrets,
      fetch,
      connect,
      log: () => undefined,
      onPush,
      onChange: () => undefined,
    }
    const { messagingSenderId: _, ...firebase } = backend().firebase
    expect(createReceiver({ ...options, backend: { ...backend(), firebase } })).toBeNull()
    const { push: __, ...emulator } = backend().emulator ?? {
      host: '127.0.0.1',
      authPort: 1,
      firestorePort: 1,
      storagePort: 1,
    }
    expect(createReceiver({ ...options, backend: { ...backend(), emulator } })).toBeNull()
    expect(createReceiver({ ...options, backend: { ...backend(), emulator: null } })).not.toBeNull()
  })
})
