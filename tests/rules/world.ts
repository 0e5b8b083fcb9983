import { assertFails, assertSucceeds, initializeTestEnvironment } from '@firebase/rules-unit-testing'
import firebase from 'firebase/compat/app'
import 'firebase/compat/firestore'

/*
 * Building blocks of the rules' cases. Cases are data, so that both vitest (rules.test.ts) and the mutation check
 * (scripts/mutate-rules.ts) can run them.
 */

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

export interface RuleCase {
  name: string
  allowed: boolean
  /** Documents that exist before the attempt, written without rules. */
  given: Documents
  attempt: (world: World) => Promise<unknown>
}

/** The cases of one match block of firestore.rules. */
export interface RuleSuite {
  /** Path as in the rules, relative to the database's root, e.g. `users/{uid}/contacts/{other}`. */
  block: string
  cases: RuleCase[]
}

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

interface RuleRunner {
  /** Resolves when the attempt has the expected result, rejects otherwise. */
  check(ruleCase: RuleCase): Promise<void>
  /** Returns a case whose result differs from the expected one, or undefined. */
  findFailing(ruleCases: readonly RuleCase[]): Promise<RuleCase | undefined>
  close(): Promise<void>
}

/** Connects all people to an emulator. Uses the rules that are loaded there. */
export async function openRuleRunner(at: {
  host: string
  port: number
  projectId: string
}): Promise<RuleRunner> {
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
  /** The emulator's current documents, undefined if an attempt may have changed them. */
  let loaded: Documents | undefined

  async function prepare(given: Documents): Promise<void> {
    if (loaded === given) return
    await environment.clearFirestore()
    const batch = owner.firestore.batch()
    for (const [path, fields] of Object.entries(given)) batch.set(owner.firestore.doc(path), fields)
    await batch.commit()
    loaded = given
  }

  async function attempt({ allowed, attempt }: RuleCase): Promise<void> {
    try {
      // A denied attempt changes nothing, so the next case can reuse the documents.
      if (allowed) loaded = undefined
      await (allowed ? assertSucceeds(attempt(world)) : assertFails(attempt(world)))
    } catch (error) {
      loaded = undefined
      throw error
    }
  }

  async function check(ruleCase: RuleCase): Promise<void> {
    await prepare(ruleCase.given)
    await attempt(ruleCase)
  }

  const fails = (ruleCase: RuleCase): Promise<boolean> =>
    check(ruleCase).then(
      () => false,
      () => true,
    )

  return {
    check,
    async findFailing(ruleCases) {
      for (const group of parallelGroups(ruleCases)) {
        if (group[0] !== undefined) await prepare(group[0].given)
        const ended = await Promise.allSettled(group.map(attempt))
        const suspects = group.filter((_, index) => ended[index]?.status === 'rejected')
        // Repeats each suspect alone. In a group it can also fail because another attempt was allowed or the emulator was slow.
        for (const suspect of suspects) if (await fails(suspect)) return suspect
      }
      return undefined
    },
    async close() {
      await owner.close()
      await environment.cleanup()
    },
  }
}

/** Groups consecutive cases that can run in parallel: denied ones with the same given documents. */
function parallelGroups(ruleCases: readonly RuleCase[]): RuleCase[][] {
  const groups: RuleCase[][] = []
  for (const ruleCase of ruleCases) {
    const group = groups.at(-1)
    const first = group?.[0]
    const fits = first !== undefined && !first.allowed && !ruleCase.allowed && first.given === ruleCase.given
    if (fits && group !== undefined && group.length < 16) group.push(ruleCase)
    else groups.push([ruleCase])
  }
  return groups
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
