import { expect, it } from 'vitest'
import { progressBarOf } from './taskbar-progress.ts'

const none = { value: -1, mode: 'none' }

it('shows how far everything is, and nothing while nothing moves', () => {
  for (const platform of ['win32', 'darwin', 'linux'] as const) {
    expect(progressBarOf({ share: 0.25, failed: false }, platform)).toEqual({ value: 0.25, mode: 'normal' })
    expect(progressBarOf(null, platform)).toEqual(none)
  }
})

it('shows a failure where the system can, and never as a full bar', () => {
  const failed = { share: 1, failed: true }
  expect(progressBarOf(failed, 'win32')).toEqual({ value: 1, mode: 'error' })
  expect(progressBarOf(failed, 'darwin')).toEqual(none)
  expect(progressBarOf(failed, 'linux')).toEqual(none)
})
