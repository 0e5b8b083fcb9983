import {
  clearDocuments,
  clearObjects,
  writeDocuments,
  writeObject,
  type DocumentWrite,
  type Fields,
} from '../../../scripts/lib/emulator-rest.ts'
import type { Backend } from '../../../src/shared/backend.ts'
import { tokenOf } from '../tokens.ts'
import { createRunner, type Case, type Runner, type Suite } from '../runner.ts'
import type { Request } from './rest.ts'

/*
 * Building blocks of the cases of storage.rules. Alice and Bob have a chat and are members of a group, which Alice owns and from
 * which Mallory was removed. Zoe is in other chats; Bob has blocked her.
 */

const signedIn = (uid: string, number: number): string =>
  tokenOf(uid, { phone_number: `+1650555340${number}` })

export const tokens = {
  alice: signedIn('alice', 1),
  bob: signedIn('bob', 2),
  mallory: signedIn('mallory', 3),
  zoe: signedIn('zoe', 4),
  /** Alice's uid with another sign-in method. */
  phoneless: tokenOf('alice', { firebase: { sign_in_provider: 'anonymous', identities: {} } }),
  signedOut: null,
}
export type Person = keyof typeof tokens

export const hex = (digit: string, length = 32): string => digit.repeat(length)
export const object = {
  alices: hex('a'),
  bobs: hex('b'),
  zoes: hex('c'),
  mallorys: hex('d'),
  /** Does not exist. */
  next: hex('e'),
}
export const directPath = 'chats/alice_bob'
export const groupPath = 'chats/Group000000000000001'
export const photoPath = (uid: string, name = hex('f')): string => `users/${uid}/photo-${name}`

export interface Given {
  documents: Record<string, Fields>
  objects: readonly StoredFile[]
}
interface StoredFile {
  path: string
  owner: string
  type: string
}

const stored = (path: string, owner: string, type = 'image/jpeg'): StoredFile => ({ path, owner, type })
const objects = [
  stored(`${directPath}/${object.alices}`, 'alice'),
  stored(`${directPath}/${object.bobs}`, 'bob'),
  stored(`${groupPath}/${object.alices}`, 'alice'),
  stored(`${groupPath}/${object.bobs}`, 'bob'),
  stored(`${groupPath}/${object.mallorys}`, 'mallory'),
  stored(`chats/bob_zoe/${object.zoes}`, 'zoe'),
  stored(photoPath('alice'), 'alice'),
  stored(photoPath('bob'), 'bob'),
]

const settings = (more: Fields = {}): Fields => ({ lastSeen: 'everyone', groups: 'everyone', ...more })
const group: Fields = {
  kind: 'group',
  memberIds: ['alice', 'bob'],
  adminIds: ['alice'],
  bannedIds: ['mallory'],
  ownerId: 'alice',
  title: 'Garden',
  policy: { post: 'all', edit: 'all', add: 'all' },
  createdAt: new Date(Date.UTC(2026, 0, 1)),
  // Values of every type that documents have.
  last: { id: 'message-00000001', body: null, seq: 1, mentions: [], empty: {}, isLast: true },
}
export const documents: Record<string, Fields> = {
  [groupPath]: group,
  [directPath]: { kind: 'direct', memberIds: ['alice', 'bob'] },
  'chats/Group000000000000002': { ...group, memberIds: ['zoe'], adminIds: ['zoe'], ownerId: 'zoe' },
  'users/alice/private/settings': settings(),
  'users/bob/private/settings': settings({ photo: 'contacts' }),
  'users/bob/contacts/alice': { name: 'Alice', phone: null },
  'users/bob/blocked/zoe': { blocked: true },
}

/** The world with some documents changed. Null removes a document. */
export function given(changes: Record<string, Fields | null> = {}): Given {
  const changed = Object.entries({ ...documents, ...changes })
  return {
    documents: Object.fromEntries(changed.filter((entry): entry is [string, Fields] => entry[1] !== null)),
    objects,
  }
}
export const inGroup = (changes: Fields): Record<string, Fields> => ({
  [groupPath]: { ...group, ...changes },
})
export const showingPhoto = (choice: string): Record<string, Fields> => ({
  'users/alice/private/settings': settings({ photo: choice }),
})
export const blocking = (by: string, whom: string, blocked = true): Record<string, Fields> => ({
  [`users/${by}/blocked/${whom}`]: { blocked },
})

export interface StorageCase extends Case<Given> {
  who: Person
  request: Request
}
export type StorageSuite = Suite<StorageCase>

/** Collects cases with the same given state. */
export function cases(state: Given): {
  allow(what: string, who: Person, request: Request): void
  deny(what: string, who: Person, request: Request): void
  all: StorageCase[]
} {
  const all: StorageCase[] = []
  const add = (allowed: boolean, what: string, who: Person, request: Request): void =>
    void all.push({ name: `${who} ${what}`, allowed, given: state, who, request })
  return {
    all,
    allow: (what, who, request) => add(true, what, who, request),
    deny: (what, who, request) => add(false, what, who, request),
  }
}

const isOk = (status: number): boolean => status >= 200 && status < 300

/** Makes the objects and documents the only ones. */
export async function load(backend: Backend, { documents, objects }: Given): Promise<void> {
  await clearDocuments(backend)
  await clearObjects(backend)
  const writes: DocumentWrite[] = Object.entries(documents).map(([path, fields]) => ({ path, fields }))
  await writeDocuments(backend, writes)
  for (const { path, owner, type } of objects) {
    await writeObject(backend, path, { bytes: Buffer.from(path), type, owner })
  }
}

/** Runs cases against the Storage and Firestore emulators of a backend. */
export function openStorageRunner(backend: Backend): Runner<StorageCase> {
  return createRunner<Given, StorageCase>({
    load: (state) => load(backend, state),
    async attempt({ allowed, who, request }) {
      const { status, text } = await request(backend, tokens[who])
      if (allowed ? !isOk(status) : status !== 403) throw new Error(`The response was ${status}: ${text}`)
    },
  })
}
