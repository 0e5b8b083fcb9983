import {
  getDocFromServer,
  getDocsFromServer,
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
import { answered, toWireError, type WireError } from './wire-error.ts'

/** What every repository reads and writes through. */
export interface WireContext {
  readonly operations: Operations
  /** The server's clock as far as it is known, in ms. */
  readonly now: () => number
  /** Hears of a document that could not be understood; `path` names it. */
  readonly onUnreadable: (path: string) => void
  /** A listener has heard from the server, though it may not be in step with it yet. */
  readonly onHeard: () => void
  /** A read has had no answer for so long that it was given up. */
  readonly onLate: () => void
}

/** Some documents that changed, oldest change first, and how far the query has been read with them (null: no further). */
export interface Batch<T> {
  items: T[]
  mark: ServerTime | null
}

export interface Listener<T> {
  /** Only what the server has confirmed, never this device's own writes before that. */
  onBatch(batch: Batch<T>): void
  /** True when the listener is in step with the server; false when it has lost it. */
  onLive?(live: boolean): void
  /** The listener has ended. */
  onError(error: WireError): void
}

export type ParseDocument<T> = (document: QueryDocumentSnapshot) => T | undefined

/** What of a query changed after `since`, oldest change first. */
export function changedSince(source: Query, since: ServerTime): Query {
  return query(source, where('updatedAt', '>', timestamp(since)), orderBy('updatedAt'))
}

/**
 * Follows a query. What comes while the server has not yet confirmed that it is all is held back, so that a mark never
 * passes a document that is still to come.
 */
export function follow<T>(
  context: WireContext,
  source: Query,
  parse: ParseDocument<T>,
  listener: Listener<T>,
): () => void {
  const held = new Map<string, QueryDocumentSnapshot>()
  return onSnapshot(
    source,
    { includeMetadataChanges: true },
    (snapshot) => {
      for (const { type, doc } of snapshot.docChanges({ includeMetadataChanges: true })) {
        if (doc.metadata.hasPendingWrites) continue
        if (type === 'removed') held.delete(doc.ref.path)
        else held.set(doc.ref.path, doc)
      }
      const live = !snapshot.metadata.fromCache
      if (live || snapshot.docChanges().some(({ doc }) => !doc.metadata.hasPendingWrites)) context.onHeard()
      if (live && held.size > 0) {
        const documents = [...held.values()]
        held.clear()
        listener.onBatch(readBatch(context, documents, parse))
      }
      listener.onLive?.(live)
    },
    (error) => listener.onError(toWireError(error)),
  )
}

/**
 * Follows one document by the same rules; a batch is what there is of it, undefined when there is none. Of one that could not
 * be understood nothing comes: it is not the same as none.
 */
export function followOne<T>(
  context: WireContext,
  reference: DocumentReference,
  parse: (data: DocumentData) => T | undefined,
  listener: Listener<T | undefined>,
): () => void {
  return onSnapshot(
    reference,
    { includeMetadataChanges: true },
    (snapshot) => {
      if (snapshot.metadata.fromCache || snapshot.metadata.hasPendingWrites) return
      context.operations.read(reference.path)
      const data = snapshot.data()
      const item = data === undefined ? undefined : parse(data)
      if (data !== undefined && item === undefined) context.onUnreadable(reference.path)
      else listener.onBatch({ items: [item], mark: null })
    },
    (error) => listener.onError(toWireError(error)),
  )
}

/**
 * Asks the server once. `full`: there are as many as the query's limit allows, so there may be more; `end` is where these
 * end, undefined when there are none. `ids`: of all that are there, also those not understood or being written right now.
 */
export async function readAll<T>(
  context: WireContext,
  source: Query,
  limit: number,
  parse: ParseDocument<T>,
): Promise<Batch<T> & { full: boolean; end: QueryDocumentSnapshot | undefined; ids: ReadonlySet<string> }> {
  const { docs } = await answered(getDocsFromServer(source), context.onLate)
  const confirmed = docs.filter((document) => !document.metadata.hasPendingWrites)
  const full = docs.length >= limit
  const ids = new Set(docs.map(({ id }) => id))
  return { ...readBatch(context, confirmed, parse), full, end: confirmed.at(-1), ids }
}

/** Undefined when there is no such document. */
export async function readOne(
  context: WireContext,
  reference: DocumentReference,
): Promise<DocumentData | undefined> {
  const snapshot = await answered(getDocFromServer(reference), context.onLate)
  context.operations.read(reference.path)
  return snapshot.data()
}

function readBatch<T>(
  context: WireContext,
  documents: readonly QueryDocumentSnapshot[],
  parse: ParseDocument<T>,
): Batch<T> {
  const items: T[] = []
  let mark: ServerTime | null = null
  for (const document of documents) {
    context.operations.read(document.ref.path)
    const updatedAt = updatedAtOf(document.data(), context.now())
    if (updatedAt !== undefined) mark = Math.max(mark ?? 0, updatedAt)
    const item = parse(document)
    if (item === undefined) context.onUnreadable(document.ref.path)
    else items.push(item)
  }
  return { items, mark }
}

export function timestamp(time: ServerTime): Timestamp {
  return Timestamp.fromMillis(time)
}

export function timestampOrNull(time: ServerTime | null): Timestamp | null {
  return time === null ? null : timestamp(time)
}
