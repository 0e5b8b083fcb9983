import { crc32 } from 'node:zlib'

/** Returns a zip archive with one uncompressed file, for a jar that holds only a manifest. */
export function zipOne(name: string, content: Buffer): Buffer {
  const nameBytes = Buffer.from(name)
  const sums = Buffer.alloc(12)
  sums.writeUInt32LE(crc32(content), 0)
  sums.writeUInt32LE(content.length, 4)
  sums.writeUInt32LE(content.length, 8)
  // Version 1.0, no flags, uncompressed. The fixed date 1980-01-01 makes the bytes depend only on the content.
  const traits = Buffer.from([10, 0, 0, 0, 0, 0, 0, 0, 0x21, 0])
  const nameLength = Buffer.alloc(4)
  nameLength.writeUInt16LE(nameBytes.length, 0)
  const local = Buffer.concat([Buffer.from('PK\x03\x04'), traits, sums, nameLength, nameBytes, content])
  const entry = Buffer.concat([
    Buffer.from('PK\x01\x02'),
    Buffer.from([10, 0]),
    traits,
    sums,
    nameLength,
    Buffer.alloc(14),
    nameBytes,
  ])
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(entry.length, 12)
  end.writeUInt32LE(local.length, 16)
  return Buffer.concat([local, entry, end])
}
