/* Adds metadata to a JPEG, as a camera does. */

const ORIENTATION = 0x0112
const GPS = 0x8825

/** One entry of a directory: tag, type, count, value. All numbers are big-endian. */
function entry(tag: number, type: number, count: number, value: Buffer): Buffer {
  const head = Buffer.alloc(8)
  head.writeUInt16BE(tag, 0)
  head.writeUInt16BE(type, 2)
  head.writeUInt32BE(count, 4)
  return Buffer.concat([head, value])
}

function uint16(value: number): Buffer {
  const buffer = Buffer.alloc(4)
  buffer.writeUInt16BE(value, 0)
  return buffer
}

function uint32(value: number): Buffer {
  const buffer = Buffer.alloc(4)
  buffer.writeUInt32BE(value, 0)
  return buffer
}

/** Returns the JPEG with this orientation (1 to 8) and the latitude of a place that nobody should learn. */
export function withCameraData(jpeg: Buffer, orientation: number): Buffer {
  const header = Buffer.from('MM\0*\0\0\0\u0008', 'latin1')
  const count = uint16(2).subarray(0, 2)
  const end = uint32(0)
  const gpsAt = header.length + 2 + 2 * 12 + end.length
  const directory = [entry(ORIENTATION, 3, 1, uint16(orientation)), entry(GPS, 4, 1, uint32(gpsAt))]
  const gps = [uint16(1).subarray(0, 2), entry(1, 2, 2, Buffer.from('N\0\0\0', 'latin1')), end]
  const tiff = Buffer.concat([header, count, ...directory, end, ...gps, Buffer.from('SecretPlace')])
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff])
  const marker = Buffer.from([0xff, 0xe1, 0, 0])
  marker.writeUInt16BE(body.length + 2, 2)
  return Buffer.concat([jpeg.subarray(0, 2), marker, body, jpeg.subarray(2)])
}
