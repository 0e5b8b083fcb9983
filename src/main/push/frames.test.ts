import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { FrameError, FrameReader, MAX_FRAME, MCS_VERSION, TAG, writeFrame, type Frame } from './frames.ts'
import { readDataMessage, readLoginError } from './stanzas.ts'

const version = Buffer.from([MCS_VERSION])

/** Reads bytes that arrive in the given parts. */
function read(bytes: Buffer, cuts: readonly number[] = []): Frame[] {
  const reader = new FrameReader()
  const ends = [...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((a, b) => a - b)
  return ends.flatMap((end, n) => reader.push(bytes.subarray(ends[n - 1] ?? 0, end)))
}

const anyFrame = fc.record({ tag: fc.integer({ min: 0, max: 255 }), body: fc.uint8Array({ maxLength: 400 }) })

describe('the frame reader', () => {
  it('reads what was written, however it is cut', () => {
    fc.assert(
      fc.property(fc.array(anyFrame, { maxLength: 8 }), fc.array(fc.nat()), (frames, cuts) => {
        const bytes = Buffer.concat([version, ...frames.map(({ tag, body }) => writeFrame(tag, body))])
        const found = read(bytes, cuts).map(({ tag, body }) => ({ tag, body: Buffer.from(body) }))
        expect(found).toEqual(frames.map(({ tag, body }) => ({ tag, body: Buffer.from(body) })))
      }),
    )
  })

  it('reads frames of every size up to the limit', () => {
    for (const size of [0, 1, 127, 128, 16_383, 16_384, MAX_FRAME]) {
      const [frame] = read(Buffer.concat([version, writeFrame(TAG.iq, Buffer.alloc(size, 7))]))
      expect([frame?.tag, frame?.body.byteLength, frame?.body.every((byte) => byte === 7)]).toEqual([
        TAG.iq,
        size,
        true,
      ])
    }
  })

  it('refuses a frame above the limit, a size that does not end, and an unknown version', () => {
    for (const bytes of [
      Buffer.concat([version, writeFrame(TAG.iq, Buffer.alloc(MAX_FRAME + 1))]),
      Buffer.from([MCS_VERSION, TAG.iq, 0xff, 0xff, 0xff, 0xff]),
      Buffer.from([MCS_VERSION, TAG.iq, 0x80, 0x80, 0x80]),
      Buffer.from([37]),
    ])
      expect(() => read(bytes)).toThrow(FrameError)
    expect(read(Buffer.from([38]))).toEqual([])
  })
})

/** Runs the garbage collector, and returns how many bytes are in use then. Buffers that are no longer used can be counted still. */
function bytesInUse(): number {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc()')
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

/** The engine frees buffers in the background, so what is kept is known only after a while. */
async function expectInUse(before: number, limit: number): Promise<void> {
  await vi.waitFor(() => expect(bytesInUse() - before).toBeLessThan(limit), { timeout: 10_000 })
}

describe('10,000 random frames', () => {
  it('never crash the readers, nor make them keep what they have read', async () => {
    const random = fc.uint8Array({ maxLength: 300 })
    // Bytes that look like fields, so that the readers get further than the first byte.
    const fields = fc
      .array(
        fc.tuple(
          fc.integer({ min: 1, max: 25 }),
          fc.constantFrom(0, 1, 2, 3, 4, 5, 6, 7),
          fc.uint8Array({ maxLength: 20 }),
        ),
        { maxLength: 6 },
      )
      .map((list) =>
        Buffer.concat(list.map(([field, type, content]) => Buffer.from([(field << 3) | type, ...content]))),
      )
    const before = bytesInUse()
    let count = 0
    fc.assert(
      fc.property(fc.oneof(random, fields), random, fc.nat(15), (body, garbage, tag) => {
        const reader = new FrameReader()
        const frames = [...reader.push(version), ...reader.push(writeFrame(tag, body))]
        for (const frame of frames) {
          count++
          for (const parse of [readDataMessage, readLoginError]) expectNoCrash(() => parse(frame.body))
        }
        expectNoCrash(() => reader.push(garbage))
      }),
      { numRuns: 10_000 },
    )
    expect(count).toBe(10_000)
    await expectInUse(before, 32 * 1024 * 1024)
  })

  it('need little memory, whatever sizes they announce', async () => {
    const before = bytesInUse()
    const readers = Array.from({ length: 10 }, () => new FrameReader())
    for (const reader of readers) {
      reader.push(version)
      for (let n = 0; n < 200; n++) reader.push(writeFrame(TAG.iq, Buffer.alloc((n * 131) % MAX_FRAME)))
      // One that never ends.
      reader.push(Buffer.from([TAG.iq, 0x80, 0x80, 0x04]))
    }
    await expectInUse(before, readers.length * MAX_FRAME + 8 * 1024 * 1024)
    // The readers are still in use here, so their memory was counted.
    expect(readers.flatMap((reader) => reader.push(Buffer.alloc(0)))).toEqual([])
  })
})

/** Only errors may be thrown, for bytes that are no message. */
function expectNoCrash(work: () => unknown): void {
  try {
    work()
  } catch (error) {
    expect(error).toBeInstanceOf(Error)
    expect(error).not.toBeInstanceOf(TypeError)
  }
}
