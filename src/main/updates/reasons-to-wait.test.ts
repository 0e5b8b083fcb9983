import fc from 'fast-check'
import { expect, it } from 'vitest'
import { IDLE_MS, reasonsToWait, type RunningApp } from './reasons-to-wait.ts'

const quiet: RunningApp = {
  isUploading: () => false,
  isCapturing: () => false,
  isVisible: () => false,
  idleMs: () => IDLE_MS,
  hasUnsent: () => Promise.resolve(false),
}
const asked = (change: Partial<RunningApp>) => reasonsToWait({ ...quiet, ...change }, 1).ifAsked()
const unasked = (change: Partial<RunningApp>) => reasonsToWait({ ...quiet, ...change }, 1).ifUnasked()

it('nothing is waited for in the tray when nobody is there and nothing is unsent', async () => {
  await expect(unasked({})).resolves.toBeNull()
})

it('each reason is named', async () => {
  await expect(unasked({ isUploading: () => true })).resolves.toBe('upload')
  await expect(unasked({ isCapturing: () => true })).resolves.toBe('recording')
  await expect(unasked({ isVisible: () => true })).resolves.toBe('window')
  await expect(unasked({ idleMs: () => IDLE_MS - 1 })).resolves.toBe('active')
  await expect(unasked({ hasUnsent: () => Promise.resolve(true) })).resolves.toBe('unsent')
})

it('the person’s own wish waits for uploads and recordings, and for nothing else', async () => {
  await expect(asked({ isUploading: () => true })).resolves.toBe('upload')
  await expect(asked({ isCapturing: () => true })).resolves.toBe('recording')
  await expect(
    asked({ isVisible: () => true, idleMs: () => 0, hasUnsent: () => Promise.resolve(true) }),
  ).resolves.toBeNull()
})

it('what cannot be found out is waited for', async () => {
  await expect(unasked({ hasUnsent: () => Promise.reject(new Error('no account')) })).resolves.toBe('unsent')
})

it('an installation that nobody asks for never comes before one that somebody asks for', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.boolean(),
      fc.boolean(),
      fc.boolean(),
      fc.nat(2 * IDLE_MS),
      fc.boolean(),
      async (uploading, capturing, visible, idle, unsent) => {
        const running: RunningApp = {
          isUploading: () => uploading,
          isCapturing: () => capturing,
          isVisible: () => visible,
          idleMs: () => idle,
          hasUnsent: () => Promise.resolve(unsent),
        }
        const reasons = reasonsToWait(running, 1)
        const mayUnasked = (await reasons.ifUnasked()) === null
        expect(mayUnasked).toBe(!uploading && !capturing && !visible && idle >= IDLE_MS && !unsent)
        if (mayUnasked) expect(await reasons.ifAsked()).toBeNull()
      },
    ),
  )
})
