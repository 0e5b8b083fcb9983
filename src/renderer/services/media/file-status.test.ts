import { expect, it } from 'vitest'
import { fileStatus } from './file-status.ts'

const received = { delivery: 'sent' } as const
const own = { delivery: 'queued' } as const

it('offers a file that is not here, and waits while that is not known', () => {
  expect(fileStatus(received, 9, undefined, undefined)).toEqual({ kind: 'ready' })
  expect(fileStatus(received, 9, false, undefined)).toEqual({ kind: 'remote' })
  expect(fileStatus(received, 9, true, undefined)).toEqual({ kind: 'ready' })
})

it('shows a download, and whether trying again can help after it failed', () => {
  const running = { state: 'running', done: 3, size: 9 } as const
  expect(fileStatus(received, 9, false, running)).toEqual({ kind: 'downloading', done: 3, size: 9 })
  const failed = (failure: 'offline' | 'full' | 'denied' | 'gone' | 'damaged') =>
    fileStatus(received, 9, false, { state: 'failed', failure }).kind
  expect(failed('offline')).toBe('failed')
  expect(failed('full')).toBe('failed')
  expect(failed('denied')).toBe('gone')
  expect(failed('gone')).toBe('gone')
  expect(failed('damaged')).toBe('gone')
})

it('shows the file when it is here, although an earlier download failed', () => {
  expect(fileStatus(received, 9, true, { state: 'failed', failure: 'offline' })).toEqual({ kind: 'ready' })
})

it('shows an own file as uploading until its message is sent', () => {
  expect(fileStatus(own, 9, true, undefined)).toEqual({
    kind: 'uploading',
    state: 'waiting',
    done: 0,
    size: 9,
  })
  expect(fileStatus(own, 9, true, { state: 'paused', done: 4, size: 9 })).toEqual({
    kind: 'uploading',
    state: 'paused',
    done: 4,
    size: 9,
  })
  expect(fileStatus({ delivery: 'failed' }, 9, true, undefined)).toEqual({ kind: 'ready' })
})
