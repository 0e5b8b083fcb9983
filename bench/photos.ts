import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Page } from 'playwright-core'
import { directChatId, messageIdSchema, type UserId } from '#shared/domain/ids.ts'
import { newObjectId, sha256Schema, type Attachment } from '#shared/messages/attachment.ts'
import { toRawBody } from '#shared/messages/body.ts'
import type { WireMessage } from '#shared/messages/envelope.ts'
import { ensureChromium } from '../scripts/lib/chromium.ts'
import type { Person } from '../tests/support/people.ts'
import { heapOf, injectProbe, reseed, withDemoPeople, type BenchContext } from './context.ts'
import { median, ms, scrollFigure, type Figure } from './figures.ts'
import { addStoredChat } from './long-chat.ts'

const PHOTOS = 5000
/** Different files. More of them would show the same: the page keeps few decoded ones. */
const FILES = 200
const SIZE = { width: 1600, height: 1200 }
/** Messages that the app loads at a time. */
const PAGE = 60
const OPENINGS = 9
/** px per frame. */
const SCROLL_STEP = 300

/** Measures a chat of 5,000 photos whose files are on the machine: scrolling through it, and the memory of the page afterwards. */
export async function benchPhotos(context: BenchContext): Promise<Figure[]> {
  const [me, , peer] = await reseed(context, { people: 3, chats: 1, messages: 24 })
  if (me === undefined || peer === undefined) throw new Error('Too few people.')
  return withDemoPeople(context, [0], async (person) => {
    await person.app.chatRow('Ben Demo').waitFor()
    await person.quit()
    const files = await addFiles(person, me)
    await addStoredChat(context, person, { me, peer, files, messages: photosOf(files, me, peer) })
    await person.start()
    await injectProbe(context, person.app.page)
    const before = await heapOf(person.app.page)
    await person.app.chatRow('Chloe Demo').click()
    await person.app.page.getByRole('log').waitFor()
    await person.app.page.evaluate((pages) => window.benchProbe.loadOlder(pages), PHOTOS / PAGE)
    const scrolled = await person.app.page.evaluate(
      (step) => window.benchProbe.scrollDown('messages', step),
      SCROLL_STEP,
    )
    const after = await heapOf(person.app.page)
    const opened = await openViewer(person.app.page)
    return [
      scrollFigure('5,000 photos', scrolled),
      {
        name: 'viewer: click → full photo painted, from the cache, p50',
        value: median(opened),
        unit: 'ms',
        budget: 100,
        detail: opened.map((each) => ms(each)).join(', '),
      },
      {
        name: 'JavaScript heap of the page after that',
        value: after,
        unit: 'MB',
        budget: 100,
        detail: `${before.toFixed(0)} MB before`,
      },
    ]
  })
}

/** Opens some photos, one after the other. Returns the times. The first opening loads the viewer and does not count. */
async function openViewer(page: Page): Promise<number[]> {
  const times: number[] = []
  for (let n = 1; n <= OPENINGS + 1; n++) {
    const photo = page
      .getByRole('log')
      .getByRole('button', { name: /^Open photo/u })
      .nth(-n)
    await photo.scrollIntoViewIfNeeded()
    await page.evaluate(() => window.benchProbe.atRest())
    // The page observes before the click: a message from Node that arrives late would be measured as the app's time.
    const shown = page.evaluate(() => window.benchProbe.pictureShown())
    await photo.click()
    times.push(await shown)
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  }
  return times.slice(1)
}

/** Writes photos into the account's media folder, as an earlier download would have. */
async function addFiles({ userData }: Person, me: UserId): Promise<Attachment[]> {
  const folder = join(userData, 'media', me)
  return (await drawnPhotos()).map((bytes) => {
    const sha256 = sha256Schema.parse(createHash('sha256').update(bytes).digest('hex'))
    mkdirSync(join(folder, sha256.slice(0, 2)), { recursive: true })
    writeFileSync(join(folder, sha256.slice(0, 2), sha256), bytes)
    return { object: newObjectId(), size: bytes.length, sha256, mime: 'image/jpeg', enc: null }
  })
}

/** JPEGs of the size that the app sends, each another picture. */
async function drawnPhotos(): Promise<Buffer[]> {
  const browser = await chromium.launch({ executablePath: await ensureChromium() })
  try {
    const page = await browser.newPage()
    const encoded = await page.evaluate(
      ({ count, width, height }) => {
        const canvas = document.createElement('canvas')
        canvas.width = width
        canvas.height = height
        const context = canvas.getContext('2d')
        if (context === null) throw new Error('There is no canvas.')
        return Array.from({ length: count }, (_, n) => {
          for (let dot = 0; dot < 400; dot += 1) {
            context.fillStyle = `hsl(${String((n * 47 + dot * 11) % 360)} 60% ${String(20 + (dot % 60))}%)`
            context.fillRect((dot * 197 + n * 31) % width, (dot * 89 + n * 17) % height, 240, 180)
          }
          return canvas.toDataURL('image/jpeg', 0.85).split(',')[1] ?? ''
        })
      },
      { count: FILES, ...SIZE },
    )
    return encoded.map((base64) => Buffer.from(base64, 'base64'))
  } finally {
    await browser.close()
  }
}

/** A photo per minute, some of them in albums of four. */
function photosOf(files: readonly Attachment[], me: UserId, peer: UserId): WireMessage[] {
  const now = Date.now()
  return Array.from({ length: PHOTOS }, (_, n) => {
    const at = now - (PHOTOS - n) * 60_000
    const file = files[n % files.length]
    const isInAlbum = n % 12 < 4
    const album = {
      album: Math.floor(n / 12)
        .toString(16)
        .padStart(32, '0'),
    }
    return {
      id: messageIdSchema.parse(`bench-photo-${String(n).padStart(8, '0')}`),
      chatId: directChatId(me, peer),
      senderId: Math.floor(n / 12) % 2 === 0 ? me : peer,
      sentAt: at,
      updatedAt: at,
      seq: n,
      body: toRawBody({ kind: 'photo', file, ...SIZE, hash: '', ...(isInAlbum ? album : {}) }),
      editedAt: null,
      deletedAt: null,
    }
  })
}
