import {
  commit,
  deleteDocument,
  getDocument,
  groupQuery,
  isMap,
  query,
  remove,
  sendRequest,
  set,
  update,
  where,
  type Fields,
  type Request,
  type Server,
  type Write,
} from './rest.ts'

/*
 * A client of Firestore's REST API with the shape of the SDK's. The rules cannot tell it from the SDK, and a request takes a
 * fraction of the SDK's time: the mutation check makes hundreds of thousands of them.
 */

/** A request that the rules denied. */
export class Denied extends Error {}

export type Operator = '==' | '<=' | '>' | 'array-contains'
const operators: Record<Operator, string> = {
  '==': 'EQUAL',
  '<=': 'LESS_THAN_OR_EQUAL',
  '>': 'GREATER_THAN',
  'array-contains': 'ARRAY_CONTAINS',
}

export interface Document {
  path: string
  collection(name: string): Collection
  /** Resolves also if the document does not exist. */
  get(): Promise<void>
  set(fields: Fields): Promise<void>
  /** Changes these fields. `a.b` is the field `b` of the map `a`. */
  update(fields: Fields): Promise<void>
  delete(): Promise<void>
}

export interface Query {
  where(field: string, operator: Operator, value: unknown): Query
  orderBy(field: string, direction?: 'asc' | 'desc'): Query
  limit(count: number): Query
  get(): Promise<void>
}

export interface Collection extends Query {
  doc(id: string): Document
}

export interface Batch {
  set(document: Document, fields: Fields): Batch
  update(document: Document, fields: Fields): Batch
  delete(document: Document): Batch
  commit(): Promise<void>
}

export interface Firestore {
  doc(path: string): Document
  collection(path: string): Collection
  collectionGroup(name: string): Query
  batch(): Batch
}

/** The token `owner` bypasses the rules. */
export function connect(server: Server, token: string | null): Firestore {
  const send = async (request: Request): Promise<void> => {
    const { code, text } = await sendRequest(server, request, token)
    if (code === 'PERMISSION_DENIED') throw new Denied(text)
    if (code !== 'OK' && code !== 'NOT_FOUND') throw new Error(text)
  }
  const write = (...writes: Write[]): Promise<void> => send(commit(writes))

  const documentAt = (path: string): Document => ({
    path,
    collection: (name) => collectionAt(`${path}/${name}`),
    get: () => send(getDocument(path)),
    set: (fields) => write(set(path, fields)),
    update: (fields) => write(updateExisting(path, fields)),
    delete: () => send(deleteDocument(path)),
  })
  const collectionAt = (path: string): Collection => ({
    ...queryOf((more) => query(path, more)),
    doc: (id) => documentAt(`${path}/${id}`),
  })

  function queryOf(request: (more: object) => Request, { filters, orders, limit }: Parts = nothing): Query {
    const next = (more: Partial<Parts>): Query =>
      queryOf(request, { filters, orders, ...(limit !== undefined && { limit }), ...more })
    return {
      where: (field, operator, value) =>
        next({ filters: [...filters, where(field, operators[operator], value)] }),
      orderBy: (fieldPath, direction = 'asc') =>
        next({
          orders: [
            ...orders,
            { field: { fieldPath }, direction: direction === 'asc' ? 'ASCENDING' : 'DESCENDING' },
          ],
        }),
      limit: (count) => next({ limit: count }),
      get: () =>
        send(
          request({
            ...(filters.length > 0 && { where: { compositeFilter: { op: 'AND', filters } } }),
            orderBy: orders,
            limit,
          }),
        ),
    }
  }

  function newBatch(): Batch {
    const writes: Write[] = []
    const batch: Batch = {
      set: ({ path }, fields) => add(set(path, fields)),
      update: ({ path }, fields) => add(updateExisting(path, fields)),
      delete: ({ path }) => add(remove(path)),
      commit: () => write(...writes),
    }
    const add = (added: Write): Batch => {
      writes.push(added)
      return batch
    }
    return batch
  }

  return {
    doc: documentAt,
    collection: collectionAt,
    collectionGroup: (name) => queryOf((more) => groupQuery(name, more)),
    batch: newBatch,
  }
}

interface Parts {
  filters: readonly object[]
  orders: readonly object[]
  limit?: number
}
const nothing: Parts = { filters: [], orders: [] }

/** The write of the SDK's `update`. */
function updateExisting(path: string, fields: Fields): Write {
  const nested = Object.entries(fields).reduce<Fields>(
    (whole, [name, value]) => withField(whole, name.split('.'), value),
    {},
  )
  return update(path, nested, Object.keys(fields), { currentDocument: { exists: true } })
}

/** Returns the fields with this value at this path of names. */
function withField(fields: Fields, [name = '', ...inner]: string[], value: unknown): Fields {
  if (inner.length === 0) return { ...fields, [name]: value }
  const map = fields[name]
  return { ...fields, [name]: withField(isMap(map) ? map : {}, inner, value) }
}
