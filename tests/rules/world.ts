import { assertFails, assertSucceeds, initializeTestEnvironment } from '@firebase/rules-unit-testing'
import firebase from 'firebase/compat/app'
import 'firebase/compat/firestore'

/*
 * What the rules' cases are made of. They are data, so that both vitest (rules.test.ts) and the mutation check
 * (scripts/mutate-rules.ts) can run them.
 */

export type Firestore = firebase.firestore.Firestore
export type Fields = Record<string, unknown>
/** Documents by their path. */
export type Documents = Record<string, Fields>

/** The people of every case, by their connection. */
export interface World {
  alice: Firestore
  bob: Firestore
  /** Signed in as anyone may be; a stranger to Alice and Bob. */
  mallory: Firestore
  /** Alice's account as another sign-in method would make it: without a verified phone number. */
  phoneless: Firestore
  signedOut: Firestore
}

export interface RuleCase {
  name: string
  allowed: boolean
  /** What is there before the attempt, put there by no rule. */
  given: Documents
  attempt: (world: World) => Promise<unknown>
}

/** The cases of one match block of firestore.rules. */
export interface RuleSuite {
  /** As in the rules, below the database's root, e.g. `users/{uid}/contacts/{other}`. */
  block: string
  cases: RuleCase[]
}

type Attempt = RuleCase['attempt']
export const phones = { alice: '+16505553401', bob: '+16505553402', mallory: '+16505553403' }

export const now = firebase.firestore.FieldValue.serverTimestamp()
export const oneMore = firebase.firestore.FieldValue.increment(1)
/** A time in the past: the later the larger `minute`. */
export const past = (minute: number): firebase.firestore.Timestamp =>
  firebase.firestore.Timestamp.fromMillis(Date.UTC(2026, 0, 1, 0, minute))
/** A time in so many seconds from when it is called, so to be called by an attempt. */
export const inSeconds = (seconds: number): firebase.firestore.Timestamp =>
  firebase.firestore.Timestamp.fromMillis(Date.now() + seconds * 1000)

export function without(fields: Fields, name: string): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([key]) => key !== name))
}

/** Collects cases that start from the same documents. */
export function cases(given: Documents = {}): {
  allow(name: string, attempt: Attempt): void
  deny(name: string, attempt: Attempt): void
  /** One denied case a variant. */
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

interface Court {
  /** Resolves when the attempt ended as the case says, rejects when it did not. */
  check(ruleCase: RuleCase): Promise<void>
  /** The first found of these that does not end as it says; undefined when all do. */
  failing(ruleCases: readonly RuleCase[]): Promise<RuleCase | undefined>
  close(): Promise<void>
}

/** Connects the people to an emulator; the rules in force there are left as they are. */
export async function openCourt(at: { host: string; port: number; projectId: string }): Promise<Court> {
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
  const owner = await unruled(environment)
  let inPlace: Documents | undefined

  async function prepare(given: Documents): Promise<void> {
    if (inPlace === given) return
    await environment.clearFirestore()
    const batch = owner.firestore.batch()
    for (const [path, fields] of Object.entries(given)) batch.set(owner.firestore.doc(path), fields)
    await batch.commit()
    inPlace = given
  }

  async function attempt({ allowed, attempt }: RuleCase): Promise<void> {
    try {
      // What is denied changes nothing, so the next case can start from the same documents without a clean-up.
      if (allowed) inPlace = undefined
      await (allowed ? assertSucceeds(attempt(world)) : assertFails(attempt(world)))
    } catch (error) {
      inPlace = undefined
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
    async failing(ruleCases) {
      for (const group of together(ruleCases)) {
        if (group[0] !== undefined) await prepare(group[0].given)
        const ended = await Promise.allSettled(group.map(attempt))
        const suspects = group.filter((_, index) => ended[index]?.status === 'rejected')
        // Each again, alone: a neighbour that was let through, or a slow emulator, is no failure of its own.
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

/** Neighbours that can run at once: denied, and from the same documents. */
function together(ruleCases: readonly RuleCase[]): RuleCase[][] {
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

/** A connection that no rule binds, kept open: the library ends it when its callback ends. */
async function unruled(
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
