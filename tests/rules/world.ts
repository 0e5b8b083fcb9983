import { connect, Denied, type Firestore } from './firestore.ts'
import { clearDocuments, commit, plus, sendRequest, set, type Fields, type Server } from './rest.ts'
import { createRunner, type Case, type Runner, type Suite } from './runner.ts'
import { tokenOf } from './tokens.ts'

/* Building blocks of the cases of firestore.rules. */

export { append as arrayUnion, deleteField, now, removeAll as arrayRemove, type Fields } from './rest.ts'
export type { Firestore } from './firestore.ts'
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

export const oneMore = plus(1)
/** A time in the past. A larger `minute` is later. */
export const past = (minute: number): Date => new Date(Date.UTC(2026, 0, 1, 0, minute))
const start = Date.now()
/** The time this many minutes before the cases were loaded. A negative number gives a later time. */
export const ago = (minutes: number): Date => new Date(start - minutes * 60_000)
/** The time this many seconds from now. Call it during the attempt. */
export const inSeconds = (seconds: number): Date => new Date(Date.now() + seconds * 1000)

export function without(fields: Fields, name: string): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([key]) => key !== name))
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
export function openRuleRunner(server: Server): Runner<RuleCase> {
  const person = (uid: keyof typeof phones): Firestore =>
    connect(server, tokenOf(uid, { phone_number: phones[uid] }))
  const world: World = {
    alice: person('alice'),
    bob: person('bob'),
    mallory: person('mallory'),
    phoneless: connect(
      server,
      tokenOf('alice', { firebase: { sign_in_provider: 'anonymous', identities: {} } }),
    ),
    signedOut: connect(server, null),
  }

  return createRunner<Documents, RuleCase>({
    async load(given) {
      await clearDocuments(server)
      const writes = Object.entries(given).map(([path, fields]) => set(path, fields))
      const { code, text } = await sendRequest(server, commit(writes), 'owner')
      if (code !== 'OK') throw new Error(text)
    },
    attempt: ({ allowed, attempt }) => (allowed ? attempt(world) : expectDenied(attempt(world))),
  })
}

async function expectDenied(attempt: Promise<unknown>): Promise<void> {
  const error = await attempt.then(
    () => new Error('The attempt was allowed.'),
    (reason: unknown) => reason,
  )
  if (!(error instanceof Denied)) throw error
}
