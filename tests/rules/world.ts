import { assertFails, assertSucceeds, initializeTestEnvironment } from '@firebase/rules-unit-testing'
import firebase from 'firebase/compat/app'
import 'firebase/compat/firestore'
import { createRunner, type Case, type Runner, type Suite } from './runner.ts'

/* Building blocks of the cases of firestore.rules. */

export type Firestore = firebase.firestore.Firestore
export type Fields = Record<string, unknown>
/** Documents by path. */
export type Documents = Record<string, Fields>

/** One connection per person. */
export interface World {
  alice: Firestore
  bob: Firestore
  /** Signed in, but not a member of Alice and Bob's chat. */
  mallory: Firestore
  /** Alice's uid with another sign-in method: without a verified phone number. */
  phoneless: Firestore
  signedOut: Firestore
}

/** Given are documents, written without rules. */
export interface RuleCase extends Case<Documents> {
  attempt: (world: World) => Promise<unknown>
}

export type RuleSuite = Suite<RuleCase>

type Attempt = RuleCase['attempt']
export const phones = { alice: '+16505553401', bob: '+16505553402', mallory: '+16505553403' }

export const now = firebase.firestore.FieldValue.serverTimestamp()
export const oneMore = firebase.firestore.FieldValue.increment(1)
/** A time in the past. A larger `minute` is later. */
export const past = (minute: number): firebase.firestore.Timestamp =>
  firebase.firestore.Timestamp.fromMillis(Date.UTC(2026, 0, 1, 0, minute))
const start = Date.now()
/** The time this many minutes before the cases were loaded. A negative number gives a later time. */
export const ago = (minutes: number): firebase.firestore.Timestamp =>
  firebase.firestore.Timestamp.fromMillis(start - minutes * 60_000)
/** The time this many seconds from now. Call it during the attempt. */
export const inSeconds = (seconds: number): firebase.firestore.Timestamp =>
  firebase.firestore.Timestamp.fromMillis(Date.now() + seconds * 1000)

export function without(fields: Fields, name: string): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([key]) => key !== name))
}

/** Listens to a query until the server's first snapshot. */
export function follow(query: firebase.firestore.Query): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const onSnapshot = ({ metadata }: firebase.firestore.QuerySnapshot): void => {
    if (!metadata.fromCache) resolve()
  }
  const stop = query.onSnapshot({ includeMetadataChanges: true }, onSnapshot, reject)
  return promise.finally(stop)
}

/** Collects cases with the same given documents. */
export function cases(given: Documents = {}): {
  allow(name: string, attempt: Attempt): void
  deny(name: string, attempt: Attempt): void
  /** Adds one denied case per variant. */
  denyEach<T>(variants: Record<string, T>, attempt: (world: World, variant: T) => Promise<unknown>): void
  all: RuleCase[]
} {
  const all: RuleCase[] = []
  const deny = (name: string, attempt: Attempt): void =>
    void all.push({ name, allowed: false, given, attempt })
  return {
    all,
    deny,
    allow: (name, attempt) => void all.push({ name, allowed: true, given, attempt }),
    denyEach(variants, attempt) {
      for (const [name, variant] of Object.entries(variants)) deny(name, (world) => attempt(world, variant))
    },
  }
}

/** Connects all people to an emulator. Uses the rules that are loaded there. */
export async function openRuleRunner(at: {
  host: string
  port: number
  projectId: string
}): Promise<Runner<RuleCase>> {
  firebase.firestore.setLogLevel('silent')
  const { host, port, projectId } = at
  const environment = await initializeTestEnvironment({ projectId, firestore: { host, port } })
  const person = (uid: 'alice' | 'bob' | 'mallory'): Firestore =>
    environment.authenticatedContext(uid, { phone_number: phones[uid] }).firestore()
  const world: World = {
    alice: person('alice'),
    bob: person('bob'),
    mallory: person('mallory'),
    phoneless: environment.authenticatedContext('alice', { provider_id: 'anonymous' }).firestore(),
    signedOut: environment.unauthenticatedContext().firestore(),
  }
  const owner = await connectWithoutRules(environment)

  return createRunner<Documents, RuleCase>({
    async load(given) {
      await environment.clearFirestore()
      const batch = owner.firestore.batch()
      for (const [path, fields] of Object.entries(given)) batch.set(owner.firestore.doc(path), fields)
      await batch.commit()
    },
    attempt: ({ allowed, attempt }) =>
      allowed ? assertSucceeds(attempt(world)) : assertFails(attempt(world)),
    async close() {
      await owner.close()
      await environment.cleanup()
    },
  })
}

type Environment = Awaited<ReturnType<typeof initializeTestEnvironment>>

/** Opens a connection without rules. The library closes it when the callback resolves, so the callback waits for `close`. */
async function connectWithoutRules(
  environment: Environment,
): Promise<{ firestore: Firestore; close: () => Promise<void> }> {
  const closing = Promise.withResolvers<undefined>()
  const opened = Promise.withResolvers<Firestore>()
  const ended = environment.withSecurityRulesDisabled(async (context) => {
    opened.resolve(context.firestore())
    await closing.promise
  })
  return {
    firestore: await opened.promise,
    async close() {
      closing.resolve(undefined)
      await ended
    },
  }
}
