import { BinaryReader, WireType } from '@bufbuild/protobuf/wire'

/** How a field of a message is read. */
export interface Field {
  type: WireType
  read: (reader: BinaryReader) => void
}

export function text(set: (value: string) => void): Field {
  return { type: WireType.LengthDelimited, read: (reader) => set(reader.string()) }
}

export function bytes(set: (value: Uint8Array) => void): Field {
  return { type: WireType.LengthDelimited, read: (reader) => set(reader.bytes()) }
}

export function int32(set: (value: number) => void): Field {
  return { type: WireType.Varint, read: (reader) => set(reader.int32()) }
}

export function fixed64(set: (value: bigint) => void): Field {
  return { type: WireType.Bit64, read: (reader) => set(BigInt(reader.fixed64())) }
}

/**
 * Reads the given fields of a message, by number, and skips all others, also those of an unexpected type. Throws when the bytes
 * are no message.
 */
export function readFields(content: Uint8Array, fields: Readonly<Record<number, Field>>): void {
  const reader = new BinaryReader(content)
  while (reader.pos < reader.len) {
    const [number, type] = reader.tag()
    const field = fields[number]
    if (field?.type === type) field.read(reader)
    else reader.skip(type, number)
  }
}
