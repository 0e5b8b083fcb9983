/*
 * The framing of MCS, the protocol by which Google delivers pushes. Each side sends one byte with its version, then frames: a
 * byte with the kind of stanza, the size as a varint, and the stanza, which is a protobuf message.
 */

export const MCS_VERSION = 41
/** Google's own servers send 38. */
const OLDEST_VERSION = 38

export const TAG = {
  heartbeatPing: 0,
  heartbeatAck: 1,
  loginRequest: 2,
  loginResponse: 3,
  close: 4,
  iq: 7,
  dataMessage: 8,
  streamError: 10,
} as const

/** Bytes. A push has at most 4 KiB of data. */
export const MAX_FRAME = 64 * 1024
/** Bytes of the varint of MAX_FRAME. */
const MAX_SIZE_BYTES = 3

export interface Frame {
  tag: number
  body: Uint8Array
}

/** The bytes are not MCS. Nothing after them can be understood. */
export class FrameError extends Error {
  override readonly name = 'FrameError'
}

export function writeFrame(tag: number, body: Uint8Array): Buffer {
  const head = [tag]
  let rest = body.byteLength
  for (; rest > 0x7f; rest >>>= 7) head.push((rest & 0x7f) | 0x80)
  head.push(rest)
  return Buffer.concat([Buffer.from(head), body])
}

/** Reads the frames of one direction of a connection. It never holds more than one incomplete frame. */
export class FrameReader {
  #next: 'version' | 'tag' | 'size' | 'body' = 'version'
  #tag = 0
  #size = 0
  #sizeBytes = 0
  #body = new Uint8Array(0)
  #filled = 0

  /** Returns the frames that these bytes complete. Throws FrameError. */
  push(chunk: Uint8Array): Frame[] {
    const frames: Frame[] = []
    for (let at = 0; at < chunk.byteLength;) {
      if (this.#next === 'body') {
        const part = chunk.subarray(at, at + this.#size - this.#filled)
        this.#body.set(part, this.#filled)
        this.#filled += part.byteLength
        at += part.byteLength
      } else {
        this.#readHead(chunk[at] ?? 0)
        at++
      }
      if (this.#next === 'body' && this.#filled === this.#size) {
        frames.push({ tag: this.#tag, body: this.#body })
        this.#next = 'tag'
      }
    }
    return frames
  }

  #readHead(byte: number): void {
    if (this.#next === 'version') {
      if (byte < OLDEST_VERSION) throw new FrameError(`unknown version ${byte}`)
      this.#next = 'tag'
    } else if (this.#next === 'tag') {
      this.#tag = byte
      this.#size = 0
      this.#sizeBytes = 0
      this.#next = 'size'
    } else {
      this.#size |= (byte & 0x7f) << (7 * this.#sizeBytes++)
      if (this.#size > MAX_FRAME) throw new FrameError(`a frame of ${this.#size} bytes`)
      if (byte > 0x7f) {
        if (this.#sizeBytes === MAX_SIZE_BYTES) throw new FrameError('a size that does not end')
        return
      }
      this.#body = new Uint8Array(this.#size)
      this.#filled = 0
      this.#next = 'body'
    }
  }
}
