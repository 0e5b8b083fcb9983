import { beforeEach, expect, it } from 'vitest'
import { chatId, me, photo } from '#shared/domain/test-data.ts'
import { phoneSchema } from '#shared/domain/ids.ts'
import { BridgeError, type AccountBridge } from '../../platform/bridge.ts'
import { createAppStore, type AppStore } from '../../stores/app-store.ts'
import type { PhotoRenderer } from '../attach/photo-tasks.ts'
import type { CurrentAccount } from '../session/account-session.ts'
import { LinkPreviews } from './link-previews.ts'

const text = 'See https://example.org/a'
const url = 'https://example.org/a'
const png = Uint8Array.from(
  atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='),
  (char) => char.charCodeAt(0),
)

let store: AppStore
let calls: unknown[]
let reports: string[]
let answer: () => Promise<unknown>
let previews: LinkPreviews

beforeEach(() => {
  ;[calls, reports] = [[], []]
  answer = () => Promise.resolve({ title: 'T', description: 'D', image: null })
  store = createAppStore()
  store.setState({ session: { phase: 'ready', me, phone: phoneSchema.parse('+15550100') } })
  const photos: PhotoRenderer = {
    render: () =>
      Promise.resolve({
        bytes: new Blob([Buffer.from(photo.small, 'base64')]),
        width: 96,
        height: 96,
        hash: '',
        upright: { width: 1, height: 1 },
      }),
  }
  const replica = {
    call(method: string, args: unknown) {
      calls.push([method, args])
      return answer()
    },
  }
  previews = new LinkPreviews({
    store,
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only the replica's calls are used
    account: (() => ({ replica: replica as unknown as AccountBridge })) as CurrentAccount,
    photos,
    report: (event) => reports.push(event),
  })
})

it('has the texts of the page and its picture, drawn again', async () => {
  answer = () => Promise.resolve({ title: 'T', description: 'D', image: png })
  expect(await previews.find(chatId, text)).toEqual({ url, title: 'T', description: 'D', image: photo.small })
  expect(calls).toEqual([['preview.fetch', { url }]])
})

it('is loaded once, also when the text changes around it', async () => {
  await Promise.all([previews.find(chatId, text), previews.find(chatId, `${text} and more`)])
  expect((await previews.find(chatId, text))?.title).toBe('T')
  expect(calls.length).toBe(1)
})

it('is not loaded for a text without a written address', async () => {
  expect(await previews.find(chatId, 'See notes.md')).toBeNull()
  expect(calls).toEqual([])
})

it('stays away after it was removed, until the draft is sent', async () => {
  const found = await previews.find(chatId, text)
  if (found === null) throw new Error('no preview')
  previews.dismiss(chatId, found)
  expect(await previews.find(chatId, text)).toBeNull()
  expect(await previews.find(chatId, 'https://example.org/b')).not.toBeNull()
  previews.sent(chatId)
  expect(await previews.find(chatId, text)).toEqual(found)
})

it('is tried again after a failure, and one that main refuses is not reported', async () => {
  answer = () => Promise.reject(new BridgeError({ code: 'refused', message: '' }))
  expect(await previews.find(chatId, text)).toBeNull()
  expect(reports).toEqual([])
  answer = () => Promise.reject(new BridgeError({ code: 'internal', message: '' }))
  expect(await previews.find(chatId, text)).toBeNull()
  expect(reports).toEqual(['links.preview'])
  answer = () => Promise.resolve(null)
  expect(await previews.find(chatId, text)).toBeNull()
  expect(await previews.find(chatId, text)).toBeNull()
  expect(calls.length).toBe(3)
})

it('is tried again for the next draft when the page could not be loaded', async () => {
  answer = () => Promise.resolve(null)
  expect(await previews.find(chatId, text)).toBeNull()
  answer = () => Promise.resolve({ title: 'T', description: 'D', image: null })
  expect(await previews.find(chatId, text)).toBeNull()
  previews.sent(chatId)
  expect((await previews.find(chatId, text))?.title).toBe('T')
})

it('is forgotten when the person signs out', async () => {
  await previews.find(chatId, text)
  store.setState({ session: { phase: 'signedOut' } })
  await previews.find(chatId, text)
  expect(calls.length).toBe(2)
})
