/** The app in the tray without its page: pushes through the functions and the FCM emulator. */
import { expect, test } from '@playwright/test'
import { writeFileSync } from 'node:fs'
import { readBackend } from '../../src/main/backend.ts'
import { startTemporaryBackend, type RunningBackend } from '../../scripts/lib/backend.ts'
import { startFcmEmulator, type FcmEmulator } from '../../scripts/lib/fcm/emulator.ts'
import { signUp, type Person } from '../support/people.ts'
import { bridgeOf } from '../support/remote-bridge.ts'

/** A minute is a second. */
const PACE = 60

let fcm: FcmEmulator
let backend: RunningBackend
let ada: Person
let ben: Person

test.describe.configure({ mode: 'serial' })
test.beforeAll(async () => {
  test.setTimeout(180_000)
  fcm = await startFcmEmulator()
  backend = await startTemporaryBackend({ push: fcm })
  const config = readBackend(backend.configFile)
  const push = config.emulator?.push
  if (config.emulator === null || push === undefined) throw new Error('The backend has no push.')
  const paced = { ...config, emulator: { ...config.emulator, push: { ...push, pace: PACE } } }
  writeFileSync(backend.configFile, JSON.stringify(paced))
  process.env['PERCH_BACKEND'] = backend.configFile
  ;[ada, ben] = await Promise.all([signUp({ name: 'Ada Quill' }), signUp({ name: 'Ben Marsh' })])
  await ada.app.openChatWith(ben.phone, ben.name)
  await ada.app.send('Hello')
  await ben.app.openChat('Ada Quill')
})
test.afterAll(async () => {
  await ada?.leave()
  await ben?.leave()
  await backend?.stop()
})

const pagesOf = (person: Person): number => person.perch.app.windows().length

async function untilPushed(person: Person): Promise<void> {
  const bridge = await bridgeOf(person.app.page)
  await expect
    .poll(async () => (await bridge.call('push.status')).test?.roundTrip ?? null, { timeout: 60_000 })
    .not.toBeNull()
}

async function untilReleased(person: Person): Promise<void> {
  await expect.poll(() => pagesOf(person), { timeout: 60_000 }).toBe(0)
}

test('the page is released in the tray, and a push brings the message and one notification', async () => {
  await untilPushed(ben)
  const before = (await ben.perch.notifications()).length
  await ben.perch.window.close()
  await untilReleased(ben)
  await ada.app.send('Are you asleep?')
  await expect
    .poll(async () => (await ben.perch.notifications()).slice(before), { timeout: 30_000 })
    .toMatchObject([{ body: 'Are you asleep?' }])
  await ada.app.expectTick('Are you asleep?', 'Delivered')
  await untilReleased(ben)
  expect((await ben.perch.notifications()).slice(before)).toHaveLength(1)
})
