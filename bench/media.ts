import type { Page } from 'playwright-core'
import { directChatId, type ChatId, type UserId } from '../src/shared/domain/ids.ts'
import { newObjectId, sha256Schema } from '../src/shared/messages/attachment.ts'
import type { Person } from '../tests/support/people.ts'
import { bridgeOf } from '../tests/support/remote-bridge.ts'
import { tokenOf } from '../tests/rules/tokens.ts'
import { demoPerson } from '../scripts/lib/demo.ts'
import { launchPage, reseed, withDemoPeople, type BenchContext } from './context.ts'
import { median, ms, type Figure } from './figures.ts'

const PHOTOS = 30
/** 12 megapixels. */
const SIDES = { width: 4000, height: 3000 }
const UPLOAD_MB = 32
const ROUNDS = 5
const TYPE = 'application/zip'

/** Measures from the drop of photos to their previews, and an upload against one by the bare SDK, in turn. */
export async function benchMedia(context: BenchContext): Promise<Figure[]> {
  const [me, peer] = await reseed(context, { people: 3, chats: 2, messages: 24 })
  if (me === undefined || peer === undefined) throw new Error('Too few people.')
  return withDemoPeople(context, [0], async (person) => {
    await person.app.openChat(demoPerson(1).displayName)
    await person.app.composer.waitFor()
    const { first, all } = await person.app.page.evaluate(dropPhotos, { count: PHOTOS, ...SIDES })
    return [
      {
        name: `drop of ${String(PHOTOS)} photos of 12 megapixels → all previews`,
        value: all,
        unit: 'ms',
        budget: null,
        detail: `the first after ${ms(first)}`,
      },
      await uploads(context, person, me, directChatId(me, peer)),
    ]
  })
}

/** Runs in the page: drops photos on the composer. Returns when the first and when all previews were shown, in ms from the drop. */
async function dropPhotos({
  count,
  width,
  height,
}: {
  count: number
  width: number
  height: number
}): Promise<{ first: number; all: number }> {
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('2d')
  const composer = document.querySelector('textarea')
  if (context === null || composer === null) throw new Error('There is no canvas or no composer.')
  for (let dot = 0; dot < 4000; dot += 1) {
    context.fillStyle = `hsl(${String((dot * 47) % 360)} 60% ${String(20 + (dot % 60))}%)`
    context.fillRect((dot * 197) % width, (dot * 89) % height, 240, 180)
  }
  const photo = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 })
  const data = new DataTransfer()
  // Bytes after the end of a JPEG are ignored. They make each file another one.
  for (let n = 0; n < count; n++)
    data.items.add(new File([photo, String(n)], `photo-${String(n)}.jpg`, { type: photo.type }))
  const dropped = performance.now()
  const init = { bubbles: true, cancelable: true, dataTransfer: data }
  composer.dispatchEvent(new DragEvent('drop', init))
  let first = Number.NaN
  return new Promise((done) => {
    const look = (): void => {
      const shown = [
        ...document.querySelectorAll<HTMLImageElement>('[role="dialog"] [data-tile] img'),
      ].filter(({ complete, naturalWidth }) => complete && naturalWidth > 0).length
      const now = performance.now() - dropped
      if (shown > 0 && Number.isNaN(first)) first = now
      if (shown >= count) done({ first, all: now })
      else requestAnimationFrame(look)
    }
    look()
  })
}

async function uploads(context: BenchContext, person: Person, me: UserId, chatId: ChatId): Promise<Figure> {
  const bare = await launchPage(context, 'bare-sdk.html')
  try {
    await bare.page.waitForFunction(() => 'benchBare' in window)
    await bare.page.evaluate(([backend, uid, chat]) => window.benchBare.start(backend, uid, chat), [
      context.backend,
      me,
      chatId,
    ] as const)
    const times = { app: [] as number[], bare: [] as number[] }
    // The first round fills caches and does not count.
    for (let round = 0; round <= ROUNDS; round++) {
      const app = await uploadByApp(person.app.page, me, chatId)
      const sdk = await bare.page.evaluate((call) => window.benchBare.upload(...call), [
        me,
        `chats/${chatId}/${newObjectId()}`,
        UPLOAD_MB,
      ] as const)
      if (round === 0) continue
      times.app.push(app)
      times.bare.push(sdk)
    }
    return {
      name: `upload of ${String(UPLOAD_MB)} MB, p50, over uploadBytesResumable`,
      value: median(times.app) / median(times.bare),
      unit: '×',
      // A throughput of at least 0.9 of the SDK's.
      budget: 1 / 0.9,
      detail: `${ms(median(times.app))} against ${ms(median(times.bare))}`,
    }
  } finally {
    await bare.close()
  }
}

/** Returns the duration of the upload of a new file, in ms. The import before it does not count. */
async function uploadByApp(page: Page, me: UserId, chatId: ChatId): Promise<number> {
  const sha256 = sha256Schema.parse(await page.evaluate(importRandom, [me, UPLOAD_MB] as const))
  const bridge = await bridgeOf(page)
  const { phone } = demoPerson(0)
  const started = performance.now()
  const { outcome } = await bridge.call('media.upload', {
    place: { chatId },
    object: newObjectId(),
    sha256,
    mime: TYPE,
    token: tokenOf(me, { phone_number: phone }),
  })
  if (outcome !== 'done') throw new Error(`The upload ended with "${outcome}".`)
  return performance.now() - started
}

/** Runs in the page: imports random bytes. Returns their SHA-256. */
async function importRandom([account, megabytes]: readonly [UserId, number]): Promise<unknown> {
  const { perch } = window
  if (perch === undefined) throw new Error('The page has no bridge.')
  const call = async (method: string, args: unknown): Promise<object> => {
    const answer: unknown = await perch.call(account, method, args)
    const value: unknown = typeof answer === 'object' && answer !== null && Reflect.get(answer, 'value')
    return typeof value === 'object' && value !== null ? value : {}
  }
  const MB = 1024 * 1024
  const begun = await call('media.begin', { size: megabytes * MB })
  for (let n = 0; n < megabytes; n++) {
    const bytes = new Uint8Array(MB)
    for (let at = 0; at < MB; at += 65_536) crypto.getRandomValues(bytes.subarray(at, at + 65_536))
    await call('media.append', { ...begun, bytes })
  }
  return Reflect.get(await call('media.finish', begun), 'sha256')
}
