import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { LockState, PinResult } from '#shared/bridge/lock.ts'
import { createAppLock, type AppLock, type TouchId } from './app-lock.ts'

const done: PinResult = { outcome: 'done', waitMs: 0 }
const wrong: PinResult = { outcome: 'wrong', waitMs: 1000 }

let hasPin: boolean
let hasPage: boolean
const send = vi.fn<(state: LockState) => void>()
const endPage = vi.fn<() => void>()
const onChange = vi.fn<() => void>()
const touchId = {
  isAvailable: vi.fn<TouchId['isAvailable']>(),
  isWanted: vi.fn<TouchId['isWanted']>(),
  prompt: vi.fn<TouchId['prompt']>(),
}
let eraseAll: (done: () => void) => Promise<void>

beforeEach(() => {
  vi.useFakeTimers()
  hasPin = true
  hasPage = true
  eraseAll = async (erased) => erased()
  for (const mock of [send, endPage, onChange, touchId.prompt]) mock.mockReset()
  touchId.isAvailable.mockReturnValue(true)
  touchId.isWanted.mockReturnValue(true)
  touchId.prompt.mockResolvedValue()
})
afterEach(() => {
  vi.useRealTimers()
})

function start(): AppLock {
  const lock = createAppLock({
    guard: {
      hasPin: () => hasPin,
      waitMs: () => 0,
      check: (pin) => Promise.resolve(pin === '2580' ? done : wrong),
      async set() {
        hasPin = true
        return Promise.resolve(done)
      },
      remove: () => Promise.resolve(done),
      drop() {
        hasPin = false
      },
      clear: () => undefined,
    },
    touchId,
    send,
    hasPage: () => hasPage,
    endPage,
    eraseAll: (erased) => eraseAll(erased),
  })
  lock.onChange(onChange)
  return lock
}

it('starts locked exactly when there is a PIN', () => {
  expect(start().isLocked()).toBe(true)
  hasPin = false
  expect(start().isLocked()).toBe(false)
})

it('unlocks with the right PIN only, and tells the page and everybody else', async () => {
  const lock = start()
  expect(await lock.handlers['lock.unlock']({ pin: '0000' })).toEqual(wrong)
  expect(lock.isLocked()).toBe(true)
  expect(onChange).not.toHaveBeenCalled()
  expect(await lock.handlers['lock.unlock']({ pin: '2580' })).toEqual(done)
  expect(lock.isLocked()).toBe(false)
  expect(send).toHaveBeenLastCalledWith({ hasPin: true, locked: false, waitMs: 0, touchId: true })
  expect(onChange).toHaveBeenCalledOnce()
})

it('does not lock without a PIN, nor twice', async () => {
  hasPin = false
  const lock = start()
  lock.lock()
  expect(lock.isLocked()).toBe(false)
  await lock.handlers['lock.setPin']({ pin: '2580', current: null })
  expect(lock.isLocked()).toBe(false)
  lock.lock()
  lock.lock()
  expect(lock.isLocked()).toBe(true)
  expect(onChange).toHaveBeenCalledTimes(2)
})

it('removes the PIN when the person signs out, but never while the app is locked', async () => {
  const lock = start()
  lock.signedOut()
  expect(hasPin).toBe(true)
  await lock.handlers['lock.unlock']({ pin: '2580' })
  lock.signedOut()
  expect([hasPin, lock.isLocked()]).toEqual([false, false])
})

it('ends a page that does not say in time that it shows nothing', async () => {
  const lock = start()
  await lock.handlers['lock.unlock']({ pin: '2580' })
  lock.lock()
  await lock.handlers['lock.covered'](undefined)
  vi.advanceTimersByTime(60_000)
  expect(endPage).not.toHaveBeenCalled()

  await lock.handlers['lock.unlock']({ pin: '2580' })
  lock.lock()
  vi.advanceTimersByTime(4999)
  expect(endPage).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1)
  expect(endPage).toHaveBeenCalledOnce()
})

it('tells a page that begins to listen, because it may have missed a change', () => {
  hasPage = false
  const lock = start()
  vi.advanceTimersByTime(60_000)
  expect(endPage).not.toHaveBeenCalled()
  hasPage = true
  lock.pageReady()
  expect(send).toHaveBeenLastCalledWith({ hasPin: true, locked: true, waitMs: 0, touchId: true })
  vi.advanceTimersByTime(5000)
  expect(endPage).toHaveBeenCalledOnce()
})

it('unlocks by a fingerprint where the Mac can ask for one and the person wants it', async () => {
  const lock = start()
  touchId.isWanted.mockReturnValue(false)
  expect(await lock.handlers['lock.unlockByTouchId'](undefined)).toBe(false)
  touchId.isWanted.mockReturnValue(true)
  touchId.isAvailable.mockReturnValue(false)
  expect(await lock.handlers['lock.unlockByTouchId'](undefined)).toBe(false)
  expect(touchId.prompt).not.toHaveBeenCalled()
  touchId.isAvailable.mockReturnValue(true)
  touchId.prompt.mockRejectedValueOnce(new Error('cancelled'))
  expect(await lock.handlers['lock.unlockByTouchId'](undefined)).toBe(false)
  expect(lock.isLocked()).toBe(true)
  expect(await lock.handlers['lock.unlockByTouchId'](undefined)).toBe(true)
  expect(lock.isLocked()).toBe(false)
})

it('removes the PIN only after everything was erased', async () => {
  const lock = start()
  eraseAll = () => Promise.reject(new Error('a file is held'))
  await expect(lock.handlers['lock.forget'](undefined)).rejects.toThrow('a file is held')
  expect([hasPin, lock.isLocked()]).toEqual([true, true])
  eraseAll = async (erased) => {
    expect(lock.isLocked()).toBe(true)
    erased()
    await Promise.resolve()
  }
  await lock.handlers['lock.forget'](undefined)
  expect([hasPin, lock.isLocked()]).toEqual([false, false])
  await expect(lock.handlers['lock.forget'](undefined)).rejects.toThrow('not locked')
})
