import type { DocumentReference, Firestore, Query } from 'firebase-admin/firestore'
import type { Storage } from 'firebase-admin/storage'
import { objectOf, parseRemoval, photoObjectOf } from './documents.ts'

const DAY_MS = 24 * 3600_000
/** After this time without a renewal a device gets no pushes any more. Devices renew themselves at least once a month. */
const DEVICE_LIFETIME_MS = 60 * DAY_MS
/** Admins see an expired link for this long. */
const EXPIRED_INVITE_LIFETIME_MS = 30 * DAY_MS
/** The client of the sender deletes the object, usually at once. This is done for those that never do. */
const REMOVAL_DELAY_MS = DAY_MS
const PAGE_SIZE = 100
/** Most pages of one kind in one run. The rest follows the next day. */
const MAX_PAGES = 50

export interface CleanUpTools {
  db: Firestore
  bucket: ReturnType<Storage['bucket']>
  /** ms */
  now: () => number
}

/** How many were removed, and how many could not be. The latter are tried again the next day. */
export interface CleanUpReport {
  devices: number
  invites: number
  objects: number
  groups: number
  failed: number
}

/** Remembers the object of a message that was deleted, so that the daily clean-up finds it. `before` and `after`: the message. */
export async function noteRemoval(
  { db, now }: Pick<CleanUpTools, 'db' | 'now'>,
  { chatId, before, after }: { chatId: string; before: unknown; after: unknown },
): Promise<void> {
  const object = objectOf(bodyOf(before))
  if (object === undefined || bodyOf(after) !== null) return
  await db.doc(`removals/${chatId}:${object}`).set({ chatId, object, at: new Date(now()) })
}

function bodyOf(message: unknown): unknown {
  return typeof message === 'object' && message !== null && 'body' in message ? message.body : undefined
}

/** Removes what leaving and deleting leave behind. */
export async function cleanUp(tools: CleanUpTools): Promise<CleanUpReport> {
  const { db, now } = tools
  const before = (age: number): Date => new Date(now() - age)
  const oldDevices = db.collectionGroup('devices').where('updatedAt', '<', before(DEVICE_LIFETIME_MS))
  const oldInvites = db.collectionGroup('invites').where('expiresAt', '<', before(EXPIRED_INVITE_LIFETIME_MS))
  const removals = db.collection('removals').where('at', '<', before(REMOVAL_DELAY_MS))
  const deletedGroups = db.collection('chats').where('memberIds', '==', [])
  const devices = await forEach(oldDevices, remove)
  const invites = await forEach(oldInvites, remove)
  const objects = await forEach(removals, (removal) => removeObject(tools, removal))
  const groups = await forEach(deletedGroups, (group) => removeGroup(tools, group))
  return {
    devices: devices.done,
    invites: invites.done,
    objects: objects.done,
    groups: groups.done,
    failed: devices.failed + invites.failed + objects.failed + groups.failed,
  }
}

interface Found {
  ref: DocumentReference
  data: unknown
}

/** Calls `handle` for each document of a query, which must remove the document from the query. One that fails does not stop the others. */
async function forEach(
  query: Query,
  handle: (found: Found) => Promise<unknown>,
): Promise<{ done: number; failed: number }> {
  let done = 0
  for (let page = 0; page < MAX_PAGES; page++) {
    const { docs } = await query.limit(PAGE_SIZE).get()
    const results = await Promise.allSettled(
      docs.map((found) => handle({ ref: found.ref, data: found.data() })),
    )
    const failed = results.filter(({ status }) => status === 'rejected').length
    done += docs.length - failed
    // The query would return the failed documents again at once.
    if (failed > 0 || docs.length < PAGE_SIZE) return { done, failed }
  }
  return { done, failed: 0 }
}

const remove = ({ ref }: Found): Promise<unknown> => ref.delete()

/** Another message can have the same object, and so can the photo of a group. */
async function removeObject({ db, bucket }: CleanUpTools, { ref, data }: Found): Promise<void> {
  const removal = parseRemoval(data)
  if (removal !== undefined) {
    const { chatId, object } = removal
    const chat = db.doc(`chats/${chatId}`)
    const others = chat.collection('messages').where('body.file.object', '==', object).limit(1)
    const isUsed = !(await others.get()).empty || photoObjectOf((await chat.get()).data()) === object
    if (!isUsed) await bucket.file(`chats/${chatId}/${object}`).delete({ ignoreNotFound: true })
  }
  await ref.delete()
}

/** A group without members was deleted, and nobody can join it again. Its messages go first: a chat is never created above old ones. */
async function removeGroup({ db, bucket }: CleanUpTools, { ref }: Found): Promise<void> {
  await bucket.deleteFiles({ prefix: `${ref.path}/` })
  for (const collection of await ref.listCollections()) await db.recursiveDelete(collection)
  await ref.delete()
}
