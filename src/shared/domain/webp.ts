/** Length of the file's header, and of a chunk's: its name and its length. */
const FILE_HEADER = 12
const CHUNK_HEADER = 8

/** Returns a lossy WebP file of the simple format: the chunk with the pixels. The colour profile, a sixth of a small file, is left out. */
export function onlyPixels(file: Uint8Array): Uint8Array<ArrayBuffer> {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  for (let at = FILE_HEADER; at + CHUNK_HEADER <= file.length;) {
    const length = view.getUint32(at + 4, true)
    // A chunk of odd length is followed by a byte of padding.
    const end = at + CHUNK_HEADER + length + (length % 2)
    if (nameAt(file, at) === 'VP8 ') return withHeader(file.subarray(at, end))
    at = end
  }
  throw new Error('Not a lossy WebP file')
}

function nameAt(file: Uint8Array, at: number): string {
  return String.fromCharCode(...file.subarray(at, at + 4))
}

function withHeader(chunk: Uint8Array): Uint8Array<ArrayBuffer> {
  const file = new Uint8Array(FILE_HEADER + chunk.length)
  file.set(new TextEncoder().encode('RIFF....WEBP'))
  new DataView(file.buffer).setUint32(4, file.length - CHUNK_HEADER, true)
  file.set(chunk, FILE_HEADER)
  return file
}
