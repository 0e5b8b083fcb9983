import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startFcmEmulator, type FcmEmulator } from './emulator.ts'

let fcm: FcmEmulator
beforeEach(async () => {
  fcm = await startFcmEmulator()
})
afterEach(() => fcm.stop())

async function post(
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<[number, unknown]> {
  const url = `http://127.0.0.1:${fcm.fcmPort}${path}`
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
  return [response.status, await response.json()]
}

const send = '/v1/projects/p/messages:send'

/** The answer of the v1 API to a send that fails. */
function failed(code: number, errorCode: string): [number, unknown] {
  return [
    code,
    { error: expect.objectContaining({ code, details: [expect.objectContaining({ errorCode })] }) },
  ]
}

describe('sending', () => {
  it('to a dead token fails as UNREGISTERED', async () => {
    expect(await post(send, { message: { token: 'dead', data: {} } })).toEqual(failed(404, 'UNREGISTERED'))
  })

  it('of anything but strings, of too much, and to nobody is refused', async () => {
    for (const message of [
      { token: 'x', data: { n: 1 } },
      { token: 'x', data: { text: 'x'.repeat(4096) } },
      { data: {} },
      { token: '' },
    ])
      expect(await post(send, { message })).toEqual(failed(400, 'INVALID_ARGUMENT'))
    expect((await post(send, 'x'))[0]).toBe(400)
  })
})

describe('the services', () => {
  it('know their callers', async () => {
    const registration = '/v1/projects/p/registrations'
    expect((await post(registration, {}, { 'x-goog-firebase-installations-auth': 'FIS x' }))[0]).toBe(401)
    expect((await post('/v1/projects/p/installations', {}))[0]).toBe(403)
    expect((await post('/v1/projects/p/installations', {}, { 'x-goog-api-key': 'k' }))[0]).toBe(400)
    expect((await post('/v1/projects/p/installations/x/authTokens:generate', {}))[0]).toBe(404)
    expect((await post('/nothing', {}))[0]).toBe(404)
  })
})

describe('faults', () => {
  it('are changed one by one, in process and over http', async () => {
    expect(await post('/faults', { lose: 0.5, silent: true })).toEqual([
      200,
      { ...fcm.faults, lose: 0.5, silent: true },
    ])
    expect(fcm.faults).toMatchObject({ lose: 0.5, silent: true, cut: 0 })
    fcm.faults.unavailable = true
    expect((await post(send, {}))[0]).toBe(503)
    expect((await post('/faults', { unavailable: false }))[0]).toBe(200)
    for (const wrong of [{ lose: 2 }, { later: 1 }, []]) expect((await post('/faults', wrong))[0]).toBe(400)
    expect(fcm.faults.unavailable).toBe(false)
  })
})
