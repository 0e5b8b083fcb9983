import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire'
import { CHROME_VERSION, type Device } from './check-in.ts'
import { bytes, int32, readFields, text } from './protobuf.ts'

/* The stanzas of MCS that a receiver needs, with the fields that it needs. The numbers are those of Chromium's mcs.proto. */

/** A push, as it was encrypted for this device. */
export interface DataMessage {
  /** The same each time the push is delivered; empty: the push is not repeated. */
  persistentId: string
  category: string
  /** Headers, among them how the content is encrypted. */
  appData: ReadonlyMap<string, string>
  content: Uint8Array
}

/** Throws when the bytes are no stanza. */
export function readDataMessage(body: Uint8Array): DataMessage {
  const appData = new Map<string, string>()
  const message = { persistentId: '', category: '', appData, content: new Uint8Array(0) }
  readFields(body, {
    5: text((value) => (message.category = value)),
    7: bytes((value) => {
      let key = ''
      let content = ''
      readFields(value, { 1: text((name) => (key = name)), 2: text((value) => (content = value)) })
      appData.set(key.toLowerCase(), content)
    }),
    9: text((value) => (message.persistentId = value)),
    // A copy, so that the frame is not kept.
    21: bytes((value) => (message.content = Uint8Array.from(value))),
  })
  return message
}

/** The error code of a login response; null: the login succeeded. Throws when the bytes are no stanza. */
export function readLoginError(body: Uint8Array): number | null {
  let code: number | null = null
  readFields(body, {
    3: bytes((error) => {
      code = 0
      readFields(error, { 1: int32((value) => (code = value)) })
    }),
  })
  return code
}

const ANDROID_ID = 2
const WIFI = 1

/** `receivedIds`: persistent ids of pushes that need no repetition, although the server may not know that they have arrived. */
export function loginRequest(
  { androidId, securityToken }: Device,
  receivedIds: readonly string[],
): Uint8Array {
  const writer = new BinaryWriter()
  const setText = (field: number, value: string): BinaryWriter =>
    writer.tag(field, WireType.LengthDelimited).string(value)
  setText(1, `chrome-${CHROME_VERSION}`)
  setText(2, 'mcs.android.com')
  setText(3, androidId)
  setText(4, androidId)
  setText(5, securityToken)
  setText(6, `android-${BigInt(androidId).toString(16)}`)
  writer.tag(8, WireType.LengthDelimited).fork()
  setText(1, 'new_vc')
  setText(2, '1')
  writer.join()
  for (const id of receivedIds) setText(10, id)
  return writer
    .tag(12, WireType.Varint)
    .bool(false)
    .tag(14, WireType.Varint)
    .bool(true)
    .tag(16, WireType.Varint)
    .int32(ANDROID_ID)
    .tag(17, WireType.Varint)
    .int32(WIFI)
    .finish()
}

/** The body of a heartbeat, or of the answer to one. `received`: how many stanzas of the server have been dealt with. */
export function heartbeat(received: number): Uint8Array {
  return new BinaryWriter().tag(2, WireType.Varint).int32(received).finish()
}

const SET = 1
const STREAM_ACK = 13

/** An IqStanza that says only how many stanzas of the server have been dealt with. */
export function streamAck(received: number): Uint8Array {
  return new BinaryWriter()
    .tag(2, WireType.Varint)
    .int32(SET)
    .tag(3, WireType.LengthDelimited)
    .string('')
    .tag(7, WireType.LengthDelimited)
    .fork()
    .tag(1, WireType.Varint)
    .int32(STREAM_ACK)
    .tag(2, WireType.LengthDelimited)
    .bytes(new Uint8Array(0))
    .join()
    .tag(10, WireType.Varint)
    .int32(received)
    .finish()
}
