/** Bytes of files that somebody made to harm the app that shows them. */
import { crc32, deflateSync } from 'node:zlib'

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const check = Buffer.alloc(4)
  check.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, check])
}

/** A grey PNG with these sides in its header. `rows` are stored; a decoder that believes the header allocates all of them. */
export function png(width: number, height: number, rows = height): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  // One bit per pixel, grey.
  header[8] = 1
  const data = deflateSync(Buffer.alloc((1 + Math.ceil(width / 8)) * rows), { level: 9 })
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1A\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', data),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

const script = '<script>document.title = "owned"</script>'

export const hostilePictures = {
  'a PNG that says it has 50,000 × 50,000 pixels': png(50_000, 50_000, 1),
  // 25 kB that become 800 MB.
  'a decompression bomb': png(20_000, 10_000),
  'a truncated JPEG': Buffer.from('FFD8FFE000104A46494600010100000100010000FFDB0043', 'hex'),
  'an SVG with a script': Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" onload="document.title='owned'">${script}</svg>`,
  ),
  'a page': Buffer.from(`<!doctype html>${script}`),
  'a GIF that is also a script': Buffer.from('GIF89a/*\0\0*/=1;document.title="owned"//', 'latin1'),
  'random bytes': Buffer.from(Array.from({ length: 999 }, (_, index) => (index * 7919) % 256)),
}
