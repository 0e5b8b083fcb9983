import { z } from 'zod'

/*
 * Requests to Firestore's REST API as a malicious client sends them, without the SDK's checks.
 */

/** The emulator of the rules tests. */
const projectId = 'demo-perch'
const root = `projects/${projectId}/databases/(default)/documents`
export const nameOf = (path: string): string => `${root}/${path}`

/** A value in REST format, for types that plain JavaScript values cannot express: floats of whole numbers, bytes, references. */
export class Raw {
  readonly value: object
  constructor(value: object) {
    this.value = value
  }
}
/** A value that the server computes. */
export class Transform {
  readonly transform: object
  constructor(transform: object) {
    this.transform = transform
  }
}
/** Removes the field. */
export const deleteField = Symbol('delete')

/** Values are JSON, dates, `Raw`, and directly in a map also `Transform` and `deleteField`. */
export type Fields = Record<string, unknown>

export const now = new Transform({ setToServerValue: 'REQUEST_TIME' })
export const plus = (amount: unknown): Transform => new Transform({ increment: encode(amount) })
export const atLeast = (amount: unknown): Transform => new Transform({ maximum: encode(amount) })
export const append = (...values: unknown[]): Transform =>
  new Transform({ appendMissingElements: { values: values.map(encode) } })
export const removeAll = (...values: unknown[]): Transform =>
  new Transform({ removeAllFromArray: { values: values.map(encode) } })

export const float = (value: number | 'NaN' | 'Infinity'): Raw => new Raw({ doubleValue: value })
export const integer = (value: string): Raw => new Raw({ integerValue: value })
export const bytes = (text: string): Raw => new Raw({ bytesValue: Buffer.from(text).toString('base64') })
export const reference = (path: string): Raw => new Raw({ referenceValue: nameOf(path) })

function encode(value: unknown): object {
  if (value instanceof Raw) return value.value
  if (value === null) return { nullValue: null }
  if (value instanceof Date) return { timestampValue: value.toISOString() }
  if (Array.isArray(value)) return { arrayValue: { values: value.map(encode) } }
  if (isMap(value)) return { mapValue: { fields: encodeFields(value) } }
  if (typeof value === 'string') return { stringValue: value }
  if (typeof value === 'boolean') return { booleanValue: value }
  if (typeof value === 'number') return encodeNumber(value)
  throw new TypeError(`Not a value of a document: ${typeof value}`)
}

/** Encodes like the SDK: a safe integer is an integer, another number a float. */
function encodeNumber(value: number): object {
  if (Object.is(value, -0)) return { doubleValue: '-0' }
  if (Number.isSafeInteger(value)) return { integerValue: String(value) }
  return { doubleValue: Number.isFinite(value) ? value : String(value) }
}

/** Leaves out transforms and removed fields. */
function encodeFields(fields: Fields): Record<string, object> {
  const plain = Object.entries(fields).filter(
    ([, value]) => !(value instanceof Transform || value === deleteField),
  )
  return Object.fromEntries(plain.map(([name, value]) => [name, encode(value)]))
}

function transformsOf(fields: Fields, prefix = ''): object[] {
  return Object.entries(fields).flatMap(([name, value]) => {
    const fieldPath = prefix + name
    if (value instanceof Transform) return [{ fieldPath, ...value.transform }]
    return isMap(value) ? transformsOf(value, `${fieldPath}.`) : []
  })
}

export const isMap = (value: unknown): value is Fields =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  !(value instanceof Date || value instanceof Raw || value instanceof Transform)

export type Write = object

/** Writes the whole document. `more` are further properties of the write, such as a precondition. */
export const set = (path: string, fields: Fields, more: object = {}): Write => ({
  update: { name: nameOf(path), fields: encodeFields(fields) },
  updateTransforms: transformsOf(fields),
  ...more,
})

/** Changes the fields in `mask`. Default: all that are given. A field in the mask without a value is deleted. */
export const update = (path: string, fields: Fields, mask = Object.keys(fields), more: object = {}): Write =>
  set(path, fields, {
    updateMask: { fieldPaths: mask.filter((name) => !(fields[name] instanceof Transform)) },
    ...more,
  })

export const remove = (path: string, more: object = {}): Write => ({ delete: nameOf(path), ...more })

export interface Request {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** What follows `…/documents` in the URL, e.g. `/users/alice` or `:commit`. */
  path: string
  body?: object
}

const post = (path: string, body: object): Request => ({ method: 'POST', path, body })

export const commit = (writes: Write[], more: object = {}): Request => post(':commit', { writes, ...more })
export const batchWrite = (writes: Write[]): Request => post(':batchWrite', { writes })
export const batchGet = (paths: string[], more: object = {}): Request =>
  post(':batchGet', { documents: paths.map(nameOf), ...more })
export const getDocument = (path: string): Request => ({ method: 'GET', path: `/${path}` })
export const deleteDocument = (path: string): Request => ({ method: 'DELETE', path: `/${path}` })
export const createDocument = (collection: string, id: string, fields: Fields): Request =>
  post(`/${collection}?documentId=${id}`, { fields: encodeFields(fields) })
export const patchDocument = (path: string, fields: Fields): Request => ({
  method: 'PATCH',
  path: `/${path}?${Object.keys(fields)
    .map((name) => `updateMask.fieldPaths=${name}`)
    .join('&')}`,
  body: { fields: encodeFields(fields) },
})
export const collectionIds = (path = ''): Request =>
  post(path === '' ? ':listCollectionIds' : `/${path}:listCollectionIds`, {})

export const where = (field: string, op: string, value: unknown): object => ({
  fieldFilter: { field: { fieldPath: field }, op, value: encode(value) },
})
export const either = (...filters: object[]): object => ({ compositeFilter: { op: 'OR', filters } })
export const contains = (uid: string): object => where('memberIds', 'ARRAY_CONTAINS', uid)

/** `path` is a collection. `more` are further properties of the query: where, orderBy, limit. */
export function query(path: string, more: object = {}, options: object = {}): Request {
  const { parent, collectionId } = splitPath(path)
  return post(`${parent}:runQuery`, { structuredQuery: { from: [{ collectionId }], ...more }, ...options })
}

export const groupQuery = (collectionId: string | null, more: object = {}): Request =>
  post(':runQuery', {
    structuredQuery: {
      from: [{ ...(collectionId === null ? {} : { collectionId }), allDescendants: true }],
      ...more,
    },
  })

/** Computes an aggregation, by default the count, over the documents of a collection or collection group. */
export function aggregate(
  path: string,
  more: object = {},
  { aggregation = { count: {} }, group = false }: { aggregation?: object; group?: boolean } = {},
): Request {
  const { parent, collectionId } = splitPath(path)
  const structuredQuery = { from: [{ collectionId, allDescendants: group }], ...more }
  return post(`${parent}:runAggregationQuery`, {
    structuredAggregationQuery: { structuredQuery, aggregations: [{ alias: 'result', ...aggregation }] },
  })
}

function splitPath(path: string): { parent: string; collectionId: string } {
  const at = path.lastIndexOf('/')
  return { parent: at === -1 ? '' : `/${path.slice(0, at)}`, collectionId: path.slice(at + 1) }
}

/** An emulator. */
export interface Server {
  host: string
  port: number
}

export interface Reply {
  status: number
  /** `OK`, or the canonical code of the error. */
  code: string
  text: string
}

const errorSchema = z.object({ error: z.object({ status: z.string() }) })

/** Sends a request. Without a token nobody is signed in. The token `owner` bypasses the rules. */
export async function sendRequest(
  { host, port }: Server,
  { method, path, body }: Request,
  token: string | null,
): Promise<Reply> {
  const response = await fetch(`http://${host}:${port}/v1/${root}${path}`, {
    method,
    headers: {
      'content-type': 'application/json',
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  const { status, ok } = response
  return { status, code: ok ? 'OK' : errorCode(text), text }
}

export async function clearDocuments({ host, port }: Server): Promise<void> {
  const response = await fetch(`http://${host}:${port}/emulator/v1/${root}`, { method: 'DELETE' })
  if (!response.ok) throw new Error(`The documents were not deleted: ${response.status}`)
}

/** A stream of results wraps its error in a list. */
function errorCode(text: string): string {
  const parsed: unknown = JSON.parse(text)
  return errorSchema.parse(Array.isArray(parsed) ? parsed[0] : parsed).error.status
}
