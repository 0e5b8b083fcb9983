import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { z } from 'zod'
import { startBackend } from '../../scripts/lib/backend.ts'
import { codeFor, objectsUrl, readObject, writeObject } from '../../scripts/lib/emulator-rest.ts'
import type { Backend } from '../../src/shared/backend.ts'
import { newPhone } from '../support/new-phone.ts'

const directory = mkdtempSync(join(tmpdir(), 'perch-kept-'))
afterAll(() => rmSync(directory, { recursive: true }))

async function callAuth(backend: Backend, method: string, body: object): Promise<unknown> {
  const { host, authPort } = backend.emulator ?? expect.fail('not local')
  const url = `http://${host}:${authPort}/identitytoolkit.googleapis.com/v1/accounts:${method}?key=local`
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return response.json()
}

it('the local backend keeps sessions valid after a restart', async () => {
  const phone = newPhone()
  const first = await startBackend(directory)
  const sent = await callAuth(first.backend, 'sendVerificationCode', { phoneNumber: phone })
  const { sessionInfo } = z.object({ sessionInfo: z.string() }).parse(sent)
  const code = await codeFor(first.backend, phone)
  const signedIn = await callAuth(first.backend, 'signInWithPhoneNumber', { sessionInfo, code })
  const { idToken } = z.object({ idToken: z.string() }).parse(signedIn)
  await first.save()
  await first.stop()

  const again = await startBackend(directory)
  try {
    expect(await callAuth(again.backend, 'lookup', { idToken })).toMatchObject({
      users: [{ phoneNumber: phone }],
    })
  } finally {
    await again.stop()
  }
})

it('the local backend keeps objects, their types and owners after a restart', async () => {
  const path = `chats/ada_ben/${'0f'.repeat(16)}`
  const bytes = Buffer.from([0, 255, 13, 10, 0, 1])
  const first = await startBackend(directory)
  await writeObject(first.backend, path, { bytes, type: 'image/png', owner: 'ada' })
  await first.save()
  await first.stop()

  const again = await startBackend(directory)
  try {
    expect(await readObject(again.backend, path)).toEqual(bytes)
    const url = `${objectsUrl(again.backend)}/${encodeURIComponent(path)}`
    const response = await fetch(url, { headers: { authorization: 'Bearer owner' } })
    expect(await response.json()).toMatchObject({ contentType: 'image/png', metadata: { owner: 'ada' } })
  } finally {
    await again.stop()
  }
})
