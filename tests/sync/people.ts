import { afterAll, afterEach, expect, inject, vi } from 'vitest'
import { directChatId, type ChatId } from '#shared/domain/ids.ts'
import {
  removeTemporaryDirectories,
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

/** Someone new, signed in and in step with the server until the test ends. */
export async function person(
  name = 'Someone',
  options: Partial<ClientOptions> = {},
): Promise<SignedInClient> {
  const started = await startSignedIn({ backend: inject('backend'), ...options }, { name })
  clients.push(started)
  return started
}

/** A client that starts where another one has ended. */
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

/** Two people who have written to each other, and look at their chat. */
export async function chattingPair(
  adaOptions: Partial<ClientOptions> = {},
  benOptions: Partial<ClientOptions> = {},
): Promise<Pair> {
  const people = await pair(adaOptions, benOptions)
  const { ada, ben, chatId } = people
  await ada.services.chats.openDirect(ben.me)
  await ada.services.conversation.send(chatId, 'first')
  await ben.until('the chat arrives', ({ chats }) => chats.has(chatId))
  await ben.services.conversation.open(chatId)
  await ben.until('the first message arrives', () => shown(ben).length === 1)
  await ben.services.conversation.send(chatId, 'second')
  await ada.until('the answer arrives', () => shown(ada).length === 2)
  await untilSent(ben)
  return people
}

/** Looks the other up by number and opens the chat; their number and name may still be on their way to the server. */
export async function find(client: SignedInClient, other: SignedInClient): Promise<void> {
  await vi.waitFor(async () => {
    const found = await client.services.people.findByPhone(other.phone)
    expect(found).toEqual({ kind: 'found', userId: other.me })
  }, 30_000)
  await client.services.chats.openDirect(other.me)
}

/** The texts in the open conversation. */
export function shown(client: TestClient): string[] {
  return texts(client.store.getState().conversation?.messages ?? [])
}

/** Settles when nothing in the open conversation waits to be sent, and the server's times are here. */
export function untilSent(client: TestClient): Promise<void> {
  return client.until('all is sent', ({ conversation }) =>
    (conversation?.messages ?? []).every(({ delivery, sentAt }) => delivery === 'sent' && sentAt !== null),
  )
}

/** Settles when the wire has taken everything. */
export async function untilFlushed(client: TestClient): Promise<void> {
  await vi.waitFor(async () => expect(await client.pending()).toEqual([]), 30_000)
}
