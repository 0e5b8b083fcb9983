import {
  collection,
  doc,
  type CollectionReference,
  type DocumentData,
  type DocumentReference,
  type Firestore,
} from 'firebase/firestore'
import type { CollectionName, Item } from '#shared/collections/index.ts'
import type { ServerTime, UserId } from '#shared/domain/ids.ts'
import { changedSince, follow, type Listener, type WireContext } from '../reading.ts'

export interface CollectionContext {
  db: Firestore
  me: UserId
  context: WireContext
}

/** Subscribes to the changes of a collection after `since`. Returns a function to unsubscribe. */
export type Follow<N extends CollectionName> = (
  context: CollectionContext,
  since: ServerTime,
  listener: Listener<Item<N>>,
) => () => void

/** Follows a collection below the own user document. The document ids are the keys of its items. */
export function followOwn<N extends CollectionName>(
  path: string,
  parse: (id: string, data: DocumentData) => Item<N> | undefined,
): Follow<N> {
  return ({ db, me, context }, since, listener) =>
    follow(
      context,
      changedSince(ownCollection(db, me, path), since),
      (document) => parse(document.id, document.data()),
      listener,
    )
}

function ownCollection(db: Firestore, me: UserId, path: string): CollectionReference {
  return collection(userDocument(db, me), path)
}

export function userDocument(db: Firestore, me: UserId): DocumentReference {
  return doc(db, 'users', me)
}
