/** A local backend with functions and the FCM emulator, and the app in the tray with them. */
import { expect } from '@playwright/test'
import { writeFileSync } from 'node:fs'
import { startTemporaryBackend } from '../../scripts/lib/backend.ts'
import { startFcmEmulator, type FcmEmulator } from '../../scripts/lib/fcm/emulator.ts'
import { readBackend } from '../../src/main/backend.ts'
import type { Person } from './people.ts'
import { bridgeOf } from './remote-bridge.ts'

export interface PushBackend {
  fcm: FcmEmulator
  configFile: string
  stop(): Promise<void>
}

/** Starts it, and makes it the backend of this process. `pace` divides the times of the tray: at 60, a minute is a second. */
export async function startPushBackend(pace: number): Promise<PushBackend> {
  const fcm = await startFcmEmulator()
  const { configFile, stop } = await startTemporaryBackend({ push: fcm })
  const backend = readBackend(configFile)
  if (backend.emulator?.push === undefined) throw new Error('The backend has no push.')
  const push = { ...backend.emulator.push, pace }
  writeFileSync(configFile, JSON.stringify({ ...backend, emulator: { ...backend.emulator, push } }))
  process.env['PERCH_BACKEND'] = configFile
  return { fcm, configFile, stop }
}

/** Resolves when the app has proved that pushes arrive. The first call of a function takes seconds. */
export async function untilPushed(person: Person): Promise<void> {
  const bridge = await bridgeOf(person.app.page)
  await expect
    .poll(async () => (await bridge.call('push.status')).test?.roundTrip ?? null, { timeout: 120_000 })
    .not.toBeNull()
}

/** Resolves when the app, in the tray, has no page any more. */
export async function untilReleased(person: Person): Promise<void> {
  await expect.poll(() => person.perch.app.windows().length, { timeout: 90_000 }).toBe(0)
}
