import { initializeApp } from 'firebase/app'
import {
  connectAuthEmulator,
  inMemoryPersistence,
  initializeAuth,
  signInWithCustomToken,
} from 'firebase/auth'
import {
  collection,
  connectFirestoreEmulator,
  doc,
  getDocs,
  increment,
  initializeFirestore,
  limit,
  memoryLocalCache,
  onSnapshot,
  orderBy,
  query,
  serverTimestamp,
  Timestamp,
  where,
  writeBatch,
  type DocumentReference,
  type Firestore,
} from 'firebase/firestore'
import {
  connectStorageEmulator,
  getStorage,
  ref,
  uploadBytesResumable,
  type FirebaseStorage,
} from 'firebase/storage'
import type { Backend } from '#shared/backend.ts'
import { Bubbles, lastEvent } from './painting.ts'

/*
 * Lower bound for any Firestore messenger: the SDK with its memory cache, the same two writes in one batch as the app, one
 * listener, and one element per message. No replica, no framework, no receipts.
 */

const bubbles = new Bubbles()
const lastKey = lastEvent('keydown')

/** Signs in as this person. */
async function connect(backend: Backend, uid: string): Promise<Firestore> {
  if (backend.emulator === null) throw new Error('This works only with the local backend.')
  const { host, authPort, firestorePort, storagePort } = backend.emulator
  const app = initializeApp(backend.firebase)
  const auth = initializeAuth(app, { persistence: inMemoryPersistence })
  connectAuthEmulator(auth, `http://${host}:${String(authPort)}`, { disableWarnings: true })
  await signInWithCustomToken(auth, JSON.stringify({ uid }))
  const db = initializeFirestore(app, { localCache: memoryLocalCache() })
  connectFirestoreEmulator(db, host, firestorePort)
  storage = getStorage(app)
  connectStorageEmulator(storage, host, storagePort)
  return db
}

/**
 * Signs in, listens to the person's chats that have changed since then, and fetches the new messages of each. Returns when the last
 * of `count` messages has arrived, in ms from page start. `since`: ms since the epoch.
 */
async function catchUp(backend: Backend, uid: string, since: number, count: number): Promise<number> {
  const db = await connect(backend, uid)
  const cursor = Timestamp.fromMillis(since)
  const isNew = [where('updatedAt', '>', cursor), orderBy('updatedAt'), limit(1000)]
  const all = Promise.withResolvers<number>()
  let arrived = 0
  const fetchMessages = async (chat: DocumentReference): Promise<void> => {
    const { size } = await getDocs(query(collection(chat, 'messages'), ...isNew))
    arrived += size
    if (arrived >= count) all.resolve(performance.now())
  }
  onSnapshot(
    query(collection(db, 'chats'), where('memberIds', 'array-contains', uid), ...isNew),
    (snapshot) => {
      for (const { type, doc } of snapshot.docChanges())
        if (type === 'added') fetchMessages(doc.ref).catch(all.reject)
    },
    all.reject,
  )
  return all.promise
}

/** Signs in as this person and shows the chat. Enter sends the text last passed to `write`. */
async function start(backend: Backend, uid: string, chatId: string): Promise<void> {
  const db = await connect(backend, uid)
  const chat = doc(db, 'chats', chatId)
  const messages = collection(chat, 'messages')
  const since = Timestamp.fromMillis(Date.now() - 10_000)
  const live = Promise.withResolvers<undefined>()
  onSnapshot(
    query(messages, where('updatedAt', '>', since), orderBy('updatedAt'), limit(1000)),
    (snapshot) => {
      for (const { type, doc } of snapshot.docChanges()) {
        if (type === 'added') show(String(doc.get('body.text')))
      }
      if (!snapshot.metadata.fromCache) live.resolve(undefined)
    },
    live.reject,
  )
  await live.promise

  window.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') void send().catch(reportFailure)
  })
  async function send(): Promise<void> {
    const message = doc(messages)
    const now = serverTimestamp()
    const fields = {
      senderId: uid,
      sentAt: now,
      updatedAt: now,
      seq: Date.now(),
      body: { kind: 'text', text },
      editedAt: null,
      deletedAt: null,
    }
    const batch = writeBatch(db)
    batch.set(message, fields)
    batch.update(chat, {
      messageCount: increment(1),
      revision: increment(1),
      changed: message.id,
      last: { id: message.id, ...fields },
      updatedAt: now,
    })
    await batch.commit()
  }
}

function show(text: string): void {
  const article = document.createElement('article')
  article.textContent = text
  document.querySelector('[role="log"]')?.append(article)
}

/** The page's title shows the cause when the benchmark does not find the message. */
function reportFailure(error: unknown): void {
  document.title = String(error)
}

let storage: FirebaseStorage | undefined

/** Returns how long the upload of random bytes takes, in ms. */
async function upload(owner: string, path: string, megabytes: number): Promise<number> {
  if (storage === undefined) throw new Error('start comes first.')
  const part = crypto.getRandomValues(new Uint8Array(65_536))
  const bytes = new Blob(Array.from({ length: megabytes * 16 }, () => part))
  const started = performance.now()
  await uploadBytesResumable(ref(storage, path), bytes, {
    contentType: 'application/octet-stream',
    customMetadata: { owner },
  })
  return performance.now() - started
}

let text = ''
const bare = {
  start,
  catchUp,
  upload,
  write: (next: string) => {
    text = next
  },
  keyAt: lastKey,
  bubbleAt: (number: number) => bubbles.painted(number),
}

declare global {
  interface Window {
    benchBare: typeof bare
  }
}

window.benchBare = bare
