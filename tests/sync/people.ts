import { afterAll, afterEach, expect, inject, vi } from 'vitest'
import { existingDocuments } from '../../scripts/lib/emulator-rest.ts'
import { directChatId, type ChatId } from '#shared/domain/ids.ts'
import {
  removeTemporaryDirectories,
  shownMessages,
  startClient,
  startSignedIn,
  texts,
  type ClientOptions,
  type SignedInClient,
  type TestClient,
} from '../support/client.ts'

vi.setConfig({ testTimeout: 60_000 })

afterAll(removeTemporaryDirectories)

const clients: TestClient[] = []
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()))
})

/** Signs up a new person whom others can find and see. Their client closes after the test. */
export async function person(
  name = 'Someone',
  options: Partial<ClientOptions> = {},
): Promise<SignedInClient> {
  const started = await startSignedIn({ backend: inject('backend'), ...options }, { name })
  clients.push(started)
  await untilPublic(started)
  return started
}

/**
 * Resolves when the documents that others read are on the wire. A client that reads a document at the moment of its creation
 * never sees the document: the emulator's "missing" response has a later time than the creation, so the SDK drops the document
 * as outdated (it logs "Ignoring outdated watch update").
 */
async function untilPublic({ me, phone }: SignedInClient): Promise<void> {
  const paths = [`phones/${phone}`, `presence/${me}`]
  await vi.waitFor(
    async () => expect(await existingDocuments(inject('backend'), paths)).toEqual(new Set(paths)),
    30_000,
  )
}

/** Resolves when this device has written its presence. A device does so once it has received the privacy settings. */
export async function untilSeen({ operations }: TestClient): Promise<void> {
  await vi.waitFor(() => expect(operations.counts().writes['presence']).toBeGreaterThan(0), 30_000)
}

/** Starts a client on the replica and session of a client that has ended. */
export function startAgain(ended: TestClient, options: Partial<ClientOptions> = {}): TestClient {
  const { directory, memory } = ended
  const started = startClient({ backend: inject('backend'), directory, memory, ...options })
  clients.push(started)
  return started
}

export interface Pair {
  ada: SignedInClient
  ben: SignedInClient
  chatId: ChatId
}

export async function pair(
  adaOptions: Partial<ClientOptions> = {},
  benOptions: Partial<ClientOptions> = {},
): Promise<Pair> {
  const [ada, ben] = await Promise.all([person('Ada', adaOptions), person('Ben', benOptions)])
  return { ada, ben, chatId: directChatId(ada.me, ben.me) }
}

/** Two people who have written to each other and have their chat open. */
export async function chattingPair(
  adaOptions: Partial<ClientOptions> = {},
  benOptions: Partial<ClientOptions> = {},
): Promise<Pair> {
  const people = await pair(adaOptions, benOptions)
  const { ada, ben, chatId } = people
  await ada.services.chats.openDirect(ben.me)
  await ada.send(chatId, 'first')
  await ben.until('the chat arrives', ({ chats }) => chats.has(chatId))
  await ben.services.conversation.open(chatId)
  await ben.until('the first message arrives', () => shown(ben).length === 1)
  await ben.send(chatId, 'second')
  await ada.until('the answer arrives', () => shown(ada).length === 2)
  await untilSent(ben)
  return people
}

/** Looks up the other by number and opens the chat. */
export async function find(client: SignedInClient, other: SignedInClient): Promise<void> {
  expect(await client.services.people.findByPhone(other.phone)).toEqual({ kind: 'found', userId: other.me })
  await client.services.chats.openDirect(other.me)
}

/** Returns the texts in the open conversation. */
export function shown(client: TestClient): string[] {
  return texts(shownMessages(client.store.getState()))
}

/** Resolves when all messages in the open conversation are sent and have a server time. */
export function untilSent(client: TestClient): Promise<void> {
  return client.until('all is sent', (state) =>
    shownMessages(state).every(({ delivery, sentAt }) => delivery === 'sent' && sentAt !== null),
  )
}

/** Resolves when the outbox is empty. */
export async function untilFlushed(client: TestClient): Promise<void> {
  await vi.waitFor(async () => expect(await client.pending()).toEqual([]), 30_000)
}
