import { expect, it } from 'vitest'
import { photo } from '#shared/domain/test-data.ts'
import { inlinePicture } from './inline-picture.ts'
import type { PhotoRenderer, PhotoTask } from './photo-tasks.ts'

const webp = Buffer.from(photo.small, 'base64')
const size = { side: 128, limit: photo.small.length }

/** Draws every picture as the small one, followed by as many bytes as the attempt has left. */
function renderer(...extra: (number | null)[]): { photos: PhotoRenderer; tasks: PhotoTask[] } {
  const tasks: PhotoTask[] = []
  const photos: PhotoRenderer = {
    render(task) {
      tasks.push(task)
      const more = extra.shift() ?? null
      if (more === null) return Promise.resolve(null)
      const bytes = Buffer.concat([webp, Buffer.alloc(more)])
      bytes.writeUInt32LE(webp.readUInt32LE(16) + more, 16)
      return Promise.resolve({
        bytes: new Blob([bytes]),
        width: 96,
        height: 96,
        hash: '',
        upright: { width: 96, height: 96 },
      })
    },
  }
  return { photos, tasks }
}

function png(width: number, height: number): Blob {
  const header = Buffer.alloc(64)
  header.write('\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR', 'latin1')
  header.writeUInt32BE(width, 16)
  header.writeUInt32BE(height, 20)
  return new Blob([header])
}

it('is drawn with less until it is short enough', async () => {
  const { photos, tasks } = renderer(500, 500, 0)
  expect(await inlinePicture(photos, png(800, 600), size)).toBe(photo.small)
  expect(tasks.map(({ longest, use }) => [longest, use])).toEqual([
    [128, 'inline'],
    [128, 'inlineLow'],
    [64, 'inlineLow'],
  ])
})

it('is none when it stays too long, or cannot be decoded', async () => {
  expect(await inlinePicture(renderer(500, 500, 500).photos, png(800, 600), size)).toBeNull()
  expect(await inlinePicture(renderer(null).photos, png(800, 600), size)).toBeNull()
})

it('decodes neither what is no picture nor what has too many pixels', async () => {
  const { photos, tasks } = renderer(0)
  expect(await inlinePicture(photos, new Blob(['<svg/>']), size)).toBeNull()
  expect(await inlinePicture(photos, png(50_000, 50_000), size)).toBeNull()
  expect(tasks).toEqual([])
})
