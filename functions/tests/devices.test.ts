import { afterAll, expect, it, vi } from 'vitest'
import { existingDocuments } from '../../scripts/lib/emulator-rest.ts'
import { deviceIdSchema } from '../../src/shared/functions.ts'
import { removeTemporaryDirectories, startSignedIn } from '../../tests/support/client.ts'
import { pushesFor } from '../../tests/support/push-recorder.ts'
import { backend, emulator } from './admin.ts'
import { hex } from './documents.ts'

afterAll(removeTemporaryDirectories)

it('a client registers its device, tests it, and removes it', async () => {
  const client = await startSignedIn({ backend }, { name: 'Ada' })
  try {
    const { devices } = client.wire()
    const [deviceId, token] = [deviceIdSchema.parse(hex()), hex()]
    const path = `users/${client.me}/devices/${deviceId}`
    await devices.write(deviceId, { token, platform: 'linux' })
    expect(await existingDocuments(backend, [path])).toEqual(new Set([path]))
    expect(await devices.test({ deviceId, nonce: 'n' })).toEqual({ outcome: 'sent' })
    expect(await pushesFor(emulator.push?.fcmPort ?? 0, token)).toHaveLength(1)
    await devices.remove(deviceId)
    expect(await existingDocuments(backend, [path])).toEqual(new Set())
    // The last test was a moment ago, until the server says that there is no such device.
    await vi.waitFor(
      () => expect(devices.test({ deviceId, nonce: 'n' })).rejects.toMatchObject({ failure: 'denied' }),
      { timeout: 30_000, interval: 500 },
    )
  } finally {
    await client.close()
  }
})
