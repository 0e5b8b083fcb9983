import { z } from 'zod'
import type { Backend } from '../../src/shared/backend.ts'

/*
 * The emulators' REST API with the owner's token, which bypasses the rules. For seeding, tests and benchmarks of the local
 * backend.
 */

/** The Firestore values that Perch's documents use. A `Date` is a timestamp. */
export type FieldValue =
  string | number | boolean | null | Date | FieldValue[] | { [name: string]: FieldValue }
export type Fields = Record<string, FieldValue>

export interface DocumentWrite {
  /** Relative to the database's root, e.g. `users/x`. */
  path: string
  fields: Fields
}

const verificationCodesSchema = z.object({
  verificationCodes: z
    .array(z.object({ phoneNumber: z.string(), sessionInfo: z.string(), code: z.string() }))
    .default([]),
})
export type VerificationCode = z.infer<typeof verificationCodesSchema>['verificationCodes'][number]

const accountsSchema = z.object({ users: z.array(z.object({ localId: z.string() })).default([]) })
const batchCreateSchema = z.object({ error: z.array(z.unknown()).default([]) })
const batchGetSchema = z.array(z.object({ found: z.object({ name: z.string() }).optional() }))

/** A Firestore value in the REST format. Exactly one field is set. */
const wireValueSchema = z.object({
  stringValue: z.string().optional(),
  timestampValue: z.string().optional(),
  integerValue: z.string().optional(),
  doubleValue: z.number().optional(),
  booleanValue: z.boolean().optional(),
  get mapValue() {
    return z.object({ fields: z.record(z.string(), wireValueSchema).default({}) }).optional()
  },
  get arrayValue() {
    return z.object({ values: z.array(wireValueSchema).default([]) }).optional()
  },
})
type WireValue = z.infer<typeof wireValueSchema>

const pageSchema = z.object({
  documents: z
    .array(z.object({ name: z.string(), fields: z.record(z.string(), wireValueSchema).default({}) }))
    .default([]),
  nextPageToken: z.string().optional(),
})

/** Returns the unused sign-in codes, oldest first. */
export async function verificationCodes(backend: Backend): Promise<VerificationCode[]> {
  const url = `${authOrigin(backend)}/emulator/v1/projects/${backend.firebase.projectId}/verificationCodes`
  return verificationCodesSchema.parse(await request(url, 'GET')).verificationCodes
}

/** Returns the latest sign-in code for a number. */
export async function codeFor(backend: Backend, phone: string): Promise<string> {
  const sent = (await verificationCodes(backend)).findLast(({ phoneNumber }) => phoneNumber === phone)
  if (sent === undefined) throw new Error(`No code was sent to ${phone}.`)
  return sent.code
}

/** Creates accounts that sign in by phone number. Overwrites existing ones with the same ids. */
export async function createAccounts(
  backend: Backend,
  accounts: readonly { id: string; phone: string; displayName: string }[],
): Promise<void> {
  const url = `${authOrigin(backend)}/identitytoolkit.googleapis.com/v1/projects/${backend.firebase.projectId}/accounts:batchCreate`
  for (const chunk of chunksOf(accounts, 500)) {
    const users = chunk.map(({ id, phone, displayName }) => ({
      localId: id,
      phoneNumber: phone,
      displayName,
    }))
    const response = batchCreateSchema.parse(await request(url, 'POST', { users, allowOverwrite: true }))
    if (response.error.length > 0) throw new Error(`Accounts were refused: ${JSON.stringify(response.error)}`)
  }
}

/** Disables the account with this number, as the console of a project does. */
export async function disableAccount(backend: Backend, phone: string): Promise<void> {
  const url = `${authOrigin(backend)}/identitytoolkit.googleapis.com/v1/projects/${backend.firebase.projectId}/accounts`
  const { users } = accountsSchema.parse(await request(`${url}:lookup`, 'POST', { phoneNumber: [phone] }))
  const [user] = users
  if (user === undefined) throw new Error(`There is no account with the number ${phone}.`)
  await request(`${url}:update`, 'POST', { localId: user.localId, disableUser: true })
}

/** Returns the paths of those documents that exist. */
export async function existingDocuments(backend: Backend, paths: readonly string[]): Promise<Set<string>> {
  const existing = new Set<string>()
  for (const chunk of chunksOf(paths, 500)) {
    const response = await request(`${documentsUrl(backend)}:batchGet`, 'POST', {
      documents: chunk.map((path) => documentName(backend, path)),
      mask: { fieldPaths: ['__name__'] },
    })
    for (const { found } of batchGetSchema.parse(response)) {
      if (found !== undefined) existing.add(found.name.slice(documentName(backend, '').length))
    }
  }
  return existing
}

/** Writes whole documents in order, in commits of up to 400. Only each commit is atomic. */
export async function writeDocuments(backend: Backend, writes: readonly DocumentWrite[]): Promise<void> {
  for (const chunk of chunksOf(writes, 400)) {
    await request(`${documentsUrl(backend)}:commit`, 'POST', {
      writes: chunk.map(({ path, fields }) => ({
        update: { name: documentName(backend, path), fields: encodeFields(fields) },
      })),
    })
  }
}

/** Changes some fields of a document. */
export async function updateDocument(backend: Backend, path: string, fields: Fields): Promise<void> {
  await request(`${documentsUrl(backend)}:commit`, 'POST', {
    writes: [
      {
        update: { name: documentName(backend, path), fields: encodeFields(fields) },
        updateMask: { fieldPaths: Object.keys(fields) },
      },
    ],
  })
}

/** Returns the documents of a collection, ordered by id. */
export async function readCollection(
  backend: Backend,
  path: string,
): Promise<{ id: string; fields: Record<string, unknown> }[]> {
  const documents: z.infer<typeof pageSchema>['documents'] = []
  let pageToken: string | undefined
  do {
    const parameters = new URLSearchParams({ pageSize: '300', ...(pageToken && { pageToken }) })
    const url = `${documentsUrl(backend)}/${path}?${parameters.toString()}`
    const page = pageSchema.parse(await request(url, 'GET'))
    documents.push(...page.documents)
    pageToken = page.nextPageToken
  } while (pageToken)
  return documents.map(({ name, fields }) => ({
    id: name.slice(name.lastIndexOf('/') + 1),
    fields: decodeFields(fields),
  }))
}

export interface StoredObject {
  bytes: Uint8Array
  type: string
  /** The uid of the uploader. */
  owner: string
}

/** Stores an object as a client of this version does. */
export async function writeObject(
  backend: Backend,
  path: string,
  { bytes, type, owner }: StoredObject,
): Promise<void> {
  const url = `${objectsUrl(backend)}?name=${encodeURIComponent(path)}`
  const { contentType, body } = multipartUpload({ contentType: type, metadata: { owner } }, bytes)
  const headers = { ...ownerHeader, 'content-type': contentType, 'x-goog-upload-protocol': 'multipart' }
  const response = await fetch(url, { method: 'POST', headers, body })
  if (!response.ok) throw new Error(`${path} was not stored: ${response.status} ${await response.text()}`)
}

/** Returns the bytes of an object; undefined if there is none. */
export async function readObject(backend: Backend, path: string): Promise<Buffer | undefined> {
  const url = `${objectsUrl(backend)}/${encodeURIComponent(path)}?alt=media`
  const response = await fetch(url, { headers: ownerHeader })
  return response.ok ? Buffer.from(await response.arrayBuffer()) : undefined
}

/** Returns the metadata of all objects. */
export async function listObjects(backend: Backend): Promise<unknown> {
  return request(`${storageOrigin(backend)}/storage/v1/b/${backend.firebase.storageBucket}/o`, 'GET')
}

/** The body of an upload in one request: metadata, then bytes. */
export function multipartUpload(
  metadata: object,
  bytes: Uint8Array,
): { contentType: string; body: Buffer<ArrayBuffer> } {
  const boundary = 'perch-boundary'
  const head =
    `--${boundary}\r\nContent-Type: application/json; charset=utf-8\r\n\r\n${JSON.stringify(metadata)}\r\n` +
    `--${boundary}\r\nContent-Type: application/octet-stream\r\n\r\n`
  return {
    contentType: `multipart/related; boundary=${boundary}`,
    body: Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${boundary}--`)]),
  }
}

/** Deletes all accounts, documents and objects. */
export async function clearBackend(backend: Backend): Promise<void> {
  await request(
    `${authOrigin(backend)}/emulator/v1/projects/${backend.firebase.projectId}/accounts`,
    'DELETE',
  )
  await clearDocuments(backend)
  await clearObjects(backend)
}

export async function clearDocuments(backend: Backend): Promise<void> {
  const { host, firestorePort } = emulatorOf(backend)
  const database = `projects/${backend.firebase.projectId}/databases/(default)`
  await request(`http://${host}:${firestorePort}/emulator/v1/${database}/documents`, 'DELETE')
}

export async function clearObjects(backend: Backend): Promise<void> {
  const response = await fetch(`${storageOrigin(backend)}/internal/reset`, { method: 'POST' })
  if (!response.ok) throw new Error(`The objects were not deleted: ${response.status}`)
}

/** Replaces storage.rules. Rejects if they do not compile. */
export async function loadStorageRules(backend: Backend, source: string): Promise<void> {
  const response = await fetch(`${storageOrigin(backend)}/internal/setRules`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ rules: { files: [{ name: 'storage.rules', content: source }] } }),
  })
  if (!response.ok) throw new Error(`The rules were rejected: ${await response.text()}`)
}

export function encodeFields(fields: Fields): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, encode(value)]))
}

function encode(value: FieldValue): Record<string, unknown> {
  if (value === null) return { nullValue: null }
  if (typeof value === 'string') return { stringValue: value }
  if (typeof value === 'boolean') return { booleanValue: value }
  if (typeof value === 'number') {
    return Number.isInteger(value) ? { integerValue: String(value) } : { doubleValue: value }
  }
  if (value instanceof Date) return { timestampValue: value.toISOString() }
  if (Array.isArray(value)) return { arrayValue: { values: value.map(encode) } }
  return { mapValue: { fields: encodeFields(value) } }
}

function decodeFields(fields: Record<string, WireValue>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, decode(value)]))
}

/** Returns a JSON value; a timestamp stays a string. */
function decode(value: WireValue): unknown {
  if (value.mapValue !== undefined) return decodeFields(value.mapValue.fields)
  if (value.arrayValue !== undefined) return value.arrayValue.values.map(decode)
  if (value.integerValue !== undefined) return Number(value.integerValue)
  return value.stringValue ?? value.timestampValue ?? value.doubleValue ?? value.booleanValue ?? null
}

function chunksOf<T>(items: readonly T[], size: number): T[][] {
  const count = Math.ceil(items.length / size)
  return Array.from({ length: count }, (_, index) => items.slice(index * size, (index + 1) * size))
}

function authOrigin(backend: Backend): string {
  const { host, authPort } = emulatorOf(backend)
  return `http://${host}:${authPort}`
}

function storageOrigin(backend: Backend): string {
  const { host, storagePort } = emulatorOf(backend)
  return `http://${host}:${storagePort}`
}

/** Where the API that clients use has the objects of the bucket. */
export function objectsUrl(backend: Backend): string {
  return `${storageOrigin(backend)}/v0/b/${backend.firebase.storageBucket}/o`
}

function documentsUrl(backend: Backend): string {
  const { host, firestorePort } = emulatorOf(backend)
  return `http://${host}:${firestorePort}/v1/projects/${backend.firebase.projectId}/databases/(default)/documents`
}

function documentName(backend: Backend, path: string): string {
  return `projects/${backend.firebase.projectId}/databases/(default)/documents/${path}`
}

function emulatorOf({ emulator }: Backend): NonNullable<Backend['emulator']> {
  if (emulator === null) throw new Error('This works only with the local backend.')
  return emulator
}

const ownerHeader = { authorization: 'Bearer owner' }

async function request(url: string, method: 'GET' | 'POST' | 'DELETE', body?: unknown): Promise<unknown> {
  const response = await fetch(url, {
    method,
    headers: { ...ownerHeader, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${await response.text()}`)
  return response.json()
}
