import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { rgbaToThumbHash } from 'thumbhash'
import { FULL_SIDE, SMALL_SIDE } from '../src/shared/domain/photo.ts'
import { onlyPixels } from '../src/shared/domain/webp.ts'
import { durationOf, waveOf } from '../src/shared/domain/wave.ts'
import { ensureChromium } from './lib/chromium.ts'
import { runCommand } from './lib/command.ts'
import { note, step } from './lib/console.ts'
import { demoMediaDirectory, type DemoFacts } from './lib/demo-media.ts'
import { faces, groupPhoto, photos } from './lib/demo-pictures.ts'

const help = `
node scripts/run.mjs draw-demo

Draws the photos, the video, the voice note and the document of the demo chats into scripts/demo-media/, and writes what messages
say about them into facts.json. Run it after changing scripts/lib/demo-pictures.ts and commit the files.
`

/** Longest side of the picture that a thumbhash is made from, in pixels. */
const HASH_SIDE = 100
/** Loudness of the voice note: one hexadecimal digit for each tenth of a second. */
const LEVELS = '0258aca7414799b83003579bdb852002468b9742026adec8531003688641025797300'
const VIDEO = { width: 640, height: 360, duration: 3000 }

/** The document. */
const packingList = `<meta charset="utf-8"><style>body { font: 20px sans-serif; margin: 60px } li { margin: 12px 0 }</style>
  <h1>Packing list</h1><p>Lake weekend, Friday to Sunday</p>
  <ul><li>Sleeping bag</li><li>Swimming things, also if it rains</li><li>Warm jumper for the evenings</li><li>Torch</li>
  <li>Fishing rods (Ada)</li><li>The big pot (Chloe)</li><li>Marshmallows (Emma)</li></ul>`

await runCommand(help, async () => {
  mkdirSync(demoMediaDirectory, { recursive: true })
  const browser = await chromium.launch({
    executablePath: await ensureChromium(),
    args: ['--autoplay-policy=no-user-gesture-required'],
  })
  try {
    const page = await browser.newPage()
    await page.setContent('<title>Drawing</title>')
    step('Drawing the photos')
    const facts: DemoFacts = {
      photos: {},
      faces: [],
      group: '',
      video: { ...VIDEO, hash: '' },
      voice: voiceFacts(),
    }
    for (const [name, { svg, width, height }] of Object.entries(photos)) {
      save(`${name}.webp`, await draw(page, { svg, width, height, type: 'image/webp' }))
      facts.photos[name] = { width, height, hash: await hashOf(page, { svg, width, height }) }
    }
    for (const [index, { svg }] of faces.entries())
      facts.faces.push(await portrait(page, `face-${index}`, svg))
    facts.group = await portrait(page, 'group', groupPhoto.svg)
    step('Recording the video and the voice note')
    const film = photos.lake
    facts.video.hash = await hashOf(page, { svg: film.svg, width: VIDEO.width, height: VIDEO.height })
    save('boat.webm', await recordVideo(page, film.svg))
    save('voice.webm', await recordVoice(page))
    await page.setContent(packingList)
    save('packing-list.pdf', await page.pdf({ format: 'A4' }))
    save('facts.json', Buffer.from(`${JSON.stringify(facts, null, 2)}\n`))
  } finally {
    await browser.close()
  }
  return 0
})

function save(name: string, bytes: Buffer): void {
  writeFileSync(join(demoMediaDirectory, name), bytes)
  note(`${name}: ${bytes.length} bytes`)
}

function voiceFacts(): DemoFacts['voice'] {
  return { duration: durationOf(LEVELS), wave: waveOf(LEVELS) }
}

/** Saves the full photo of a person or group, and returns the small one in base64. */
async function portrait(page: Page, name: string, svg: string): Promise<string> {
  save(`${name}.jpg`, await draw(page, { svg, width: FULL_SIDE, height: FULL_SIDE, type: 'image/jpeg' }))
  const small = await draw(page, { svg, width: SMALL_SIDE, height: SMALL_SIDE, type: 'image/webp' })
  return Buffer.from(onlyPixels(small)).toString('base64')
}

interface Drawing {
  svg: string
  width: number
  height: number
}

/** Returns the picture as a file. */
async function draw(page: Page, drawing: Drawing & { type: string }): Promise<Buffer> {
  const url = await page.evaluate(async ({ svg, width, height, type }) => {
    const image = new Image()
    image.src = `data:image/svg+xml,${encodeURIComponent(svg)}`
    await image.decode()
    const canvas = document.createElement('canvas')
    Object.assign(canvas, { width, height })
    canvas.getContext('2d')?.drawImage(image, 0, 0, width, height)
    return canvas.toDataURL(type, 0.8)
  }, drawing)
  return bytesOf(url)
}

/** Returns the picture's thumbhash in base64. */
async function hashOf(page: Page, { svg, width, height }: Drawing): Promise<string> {
  const scale = HASH_SIDE / Math.max(width, height)
  const size = { width: Math.round(width * scale), height: Math.round(height * scale) }
  const pixels = await page.evaluate(
    async ({ source, side }) => {
      const image = new Image()
      image.src = `data:image/svg+xml,${encodeURIComponent(source)}`
      await image.decode()
      const context = new OffscreenCanvas(side.width, side.height).getContext('2d')
      context?.drawImage(image, 0, 0, side.width, side.height)
      return [...(context?.getImageData(0, 0, side.width, side.height).data ?? [])]
    },
    { source: svg, side: size },
  )
  return Buffer.from(rgbaToThumbHash(size.width, size.height, pixels)).toString('base64')
}

/** A slow walk of the camera over the picture. */
async function recordVideo(page: Page, svg: string): Promise<Buffer> {
  const bytes = await page.evaluate(
    async ({ source, video: { width, height, duration } }) => {
      const image = new Image()
      image.src = `data:image/svg+xml,${encodeURIComponent(source)}`
      await image.decode()
      const canvas = document.createElement('canvas')
      Object.assign(canvas, { width, height })
      const context = canvas.getContext('2d')
      const recorder = new MediaRecorder(canvas.captureStream(20), {
        mimeType: 'video/webm;codecs=vp9',
        videoBitsPerSecond: 120_000,
      })
      const parts: Blob[] = []
      recorder.addEventListener('dataavailable', ({ data }) => parts.push(data))
      const stopped = new Promise((resolve) => recorder.addEventListener('stop', resolve))
      recorder.start()
      const start = performance.now()
      for (let at = 0; at < duration; at = performance.now() - start) {
        const x = (at / duration) * 300
        context?.drawImage(image, x, 220, 800, 450, 0, 0, width, height)
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
      recorder.stop()
      await stopped
      return [...new Uint8Array(await new Blob(parts).arrayBuffer())]
    },
    { source: svg, video: VIDEO },
  )
  return Buffer.from(bytes)
}

/** Someone hums, as loud as LEVELS says. */
async function recordVoice(page: Page): Promise<Buffer> {
  const bytes = await page.evaluate(async (levels) => {
    const context = new AudioContext()
    await context.resume()
    const destination = context.createMediaStreamDestination()
    const gain = new GainNode(context, { gain: 0 })
    const hum = new OscillatorNode(context, { type: 'triangle', frequency: 196 })
    hum.connect(gain).connect(destination)
    const begin = context.currentTime + 0.1
    for (const [index, level] of levels.split('').entries()) {
      const at = begin + index / 10
      gain.gain.linearRampToValueAtTime((Number.parseInt(level, 16) / 15) ** 2 * 0.5, at)
      hum.frequency.linearRampToValueAtTime(160 + ((index * 29) % 7) * 16, at)
    }
    const recorder = new MediaRecorder(destination.stream, {
      mimeType: 'audio/webm;codecs=opus',
      audioBitsPerSecond: 24_000,
    })
    const parts: Blob[] = []
    recorder.addEventListener('dataavailable', ({ data }) => parts.push(data))
    const stopped = new Promise((resolve) => recorder.addEventListener('stop', resolve))
    hum.start()
    recorder.start()
    await new Promise((resolve) => setTimeout(resolve, levels.length * 100 + 100))
    recorder.stop()
    await stopped
    return [...new Uint8Array(await new Blob(parts).arrayBuffer())]
  }, LEVELS)
  return Buffer.from(bytes)
}

/** The bytes of a data: URL. */
function bytesOf(url: string): Buffer {
  return Buffer.from(url.slice(url.indexOf(',') + 1), 'base64')
}
