import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire'
import { z } from 'zod'
import { fixed64, readFields } from './protobuf.ts'
import { PushServiceError, request, type Fetch } from './request.ts'

/* Check-in gives a device its identity for MCS. It is Android's protocol, which Chrome uses too. */

/** The version of Chrome that this client says it is. The services answer to old ones too. */
export const CHROME_VERSION = '142.0.7444.59'

/** A 64-bit number, in decimal. */
const decimalSchema = z.string().regex(/^[1-9]\d{0,19}$/)

/** The identity of this device for one account. */
export const deviceSchema = z.object({ androidId: decimalSchema, securityToken: decimalSchema })
export type Device = z.infer<typeof deviceSchema>

/** Checks in as a new device, or again as the same one. Throws PushServiceError. */
export async function checkIn(
  fetch: Fetch,
  url: string,
  known: Device | null,
  signal: AbortSignal,
): Promise<Device> {
  const response = await request(fetch, 'check-in', url, {
    method: 'POST',
    headers: { 'content-type': 'application/x-protobuf' },
    body: checkInRequest(known),
    signal,
    refusal: known === null ? 'refused' : 'forgotten',
  })
  try {
    let androidId = 0n
    let securityToken = 0n
    readFields(response, {
      7: fixed64((value) => (androidId = value)),
      8: fixed64((value) => (securityToken = value)),
    })
    return deviceSchema.parse({ androidId: `${androidId}`, securityToken: `${securityToken}` })
  } catch {
    throw new PushServiceError('transient', 'check-in: not a check-in response')
  }
}

const CHROME_BROWSER = 3
const STABLE = 1
/** Of ChromeBuildProto. */
const PLATFORMS: Partial<Record<NodeJS.Platform, number>> = { win32: 1, darwin: 2, linux: 3 }

/** An AndroidCheckinRequest with the fields that Chrome sets. */
function checkInRequest(known: Device | null): Uint8Array<ArrayBuffer> {
  const writer = new BinaryWriter()
  writer
    .tag(2, WireType.Varint)
    .int64(BigInt.asIntN(64, BigInt(known?.androidId ?? 0)))
    .tag(4, WireType.LengthDelimited)
    .fork()
    .tag(12, WireType.Varint)
    .int32(CHROME_BROWSER)
    .tag(13, WireType.LengthDelimited)
    .fork()
    .tag(1, WireType.Varint)
    .int32(PLATFORMS[process.platform] ?? 3)
    .tag(2, WireType.LengthDelimited)
    .string(CHROME_VERSION)
    .tag(3, WireType.Varint)
    .int32(STABLE)
    .join()
    .join()
  if (known !== null) writer.tag(13, WireType.Bit64).fixed64(known.securityToken)
  return writer.tag(14, WireType.Varint).int32(3).tag(22, WireType.Varint).int32(0).finish()
}
