import {
  getDocFromServer,
  getDocsFromServer,
  limit,
  onSnapshot,
  orderBy,
  query,
  Timestamp,
  where,
  type DocumentData,
  type DocumentReference,
  type Query,
  type QueryDocumentSnapshot,
} from 'firebase/firestore'
import type { ServerTime } from '#shared/domain/ids.ts'
import { updatedAtOf } from './converters.ts'
import type { Operations } from './operations.ts'
import { withTimeout, toWireError, type WireError } from './wire-error.ts'

/** Everything that a repository needs to read and write. */
export interface WireContext {
  readonly operations: Operations
  /** Estimated server time, in ms. */
  readonly now: () => number
  /** Receives the path of a document that could not be parsed. */
  readonly onUnreadable: (path: string) => void
  /** A listener received something from the server, even if it is not up to date yet. */
  readonly onContact: () => void
  /** A read got no response in time and was given up. */
  readonly onTimeout: () => void
}

/** Changed documents, oldest change first. `cursor`: the query has been read up to here; null: no further than before. */
export interface DocumentBatch<T> {
  items: T[]
  cursor: ServerTime | null
  /** The query's limit was reached, so there may be more. */
  full: boolean
}

export interface Listener<T> {
  onBatch(batch: DocumentBatch<T>): void
  /** True when the listener is up to date with the server; false when it has lost the connection. */
  onLive?(live: boolean): void
  /** Documents that have left the query, or were pushed out by its limit. */
  onGone?(ids: readonly string[]): void
  /** The listener has ended. */
  onError(error: WireError): void
}

export type ParseDocument<T> = (document: QueryDocumentSnapshot) => T | undefined

/** The part of a query that changed after `since`, oldest change first. */
export function changedSince(source: Query, since: ServerTime): Query {
  return query(source, where('updatedAt', '>', timestamp(since)), orderBy('updatedAt'))
}

/** The rules allow no query without a limit, and none above this one. */
export const MAX_RESULTS = 1000

/**
 * Subscribes to a query. Documents are held back until the snapshot is up to date with the server, so that the cursor never passes
 * a document that has not arrived yet. Own pending writes are not visible here: writes use other instances of the SDK (lanes.ts).
 */
export function follow<T>(
  context: WireContext,
  source: Query,
  parse: ParseDocument<T>,
  listener: Listener<T>,
  size = MAX_RESULTS,
): () => void {
  const held = new Map<string, QueryDocumentSnapshot>()
  return onSnapshot(
    query(source, limit(size)),
    { includeMetadataChanges: true },
    (snapshot) => {
      const changes = snapshot.docChanges()
      for (const { type, doc } of changes) {
        if (type === 'removed') held.delete(doc.ref.path)
        else held.set(doc.ref.path, doc)
      }
      const gone = changes.filter(({ type }) => type === 'removed').map(({ doc }) => doc.id)
      if (gone.length > 0) listener.onGone?.(gone)
      const live = !snapshot.metadata.fromCache
      if (live || changes.length > 0) context.onContact()
      if (live && held.size > 0) {
        const documents = [...held.values()]
        held.clear()
        listener.onBatch({ ...readBatch(context, documents, parse), full: snapshot.size >= size })
      }
      listener.onLive?.(live)
    },
    (error) => listener.onError(toWireError(error)),
  )
}

/**
 * Subscribes to one document. Emits only what the server has confirmed. `missing` is the batch for a document that does not exist.
 * A malformed document emits nothing.
 */
export function followOne<T>(
  context: WireContext,
  reference: DocumentReference,
  { parse, missing }: { parse: (data: DocumentData) => T | undefined; missing: readonly T[] },
  listener: Listener<T>,
): () => void {
  return onSnapshot(
    reference,
    { includeMetadataChanges: true },
    (snapshot) => {
      if (snapshot.metadata.fromCache) return
      context.operations.read(reference.path)
      const data = snapshot.data()
      const item = data && parse(data)
      if (data === undefined) listener.onBatch({ items: [...missing], cursor: null, full: false })
      else if (item === undefined) context.onUnreadable(reference.path)
      else listener.onBatch({ items: [item], cursor: null, full: false })
    },
    (error) => listener.onError(toWireError(error)),
  )
}

/**
 * Fetches up to `size` documents of a query once from the server. `end`: the last document, undefined when there is none.
 * `ids`: the ids of all documents, also of malformed ones.
 */
export async function readAll<T>(
  context: WireContext,
  source: Query,
  size: number,
  parse: ParseDocument<T>,
): Promise<DocumentBatch<T> & { end: QueryDocumentSnapshot | undefined; ids: ReadonlySet<string> }> {
  const { docs } = await withTimeout(getDocsFromServer(query(source, limit(size))), context.onTimeout)
  const ids = new Set(docs.map(({ id }) => id))
  return { ...readBatch(context, docs, parse), full: docs.length >= size, end: docs.at(-1), ids }
}

/** Fetches a document once from the server. Returns undefined when it does not exist. */
export async function readOne(
  context: WireContext,
  reference: DocumentReference,
): Promise<DocumentData | undefined> {
  const snapshot = await withTimeout(getDocFromServer(reference), context.onTimeout)
  context.operations.read(reference.path)
  return snapshot.data()
}

function readBatch<T>(
  context: WireContext,
  documents: readonly QueryDocumentSnapshot[],
  parse: ParseDocument<T>,
): Omit<DocumentBatch<T>, 'full'> {
  const items: T[] = []
  let cursor: ServerTime | null = null
  for (const document of documents) {
    context.operations.read(document.ref.path)
    const updatedAt = updatedAtOf(document.data(), context.now())
    if (updatedAt !== undefined) cursor = Math.max(cursor ?? 0, updatedAt)
    const item = parse(document)
    if (item === undefined) context.onUnreadable(document.ref.path)
    else items.push(item)
  }
  return { items, cursor }
}

export function timestamp(time: ServerTime): Timestamp {
  return Timestamp.fromMillis(time)
}

export function timestampOrNull(time: ServerTime | null): Timestamp | null {
  return time === null ? null : timestamp(time)
}
