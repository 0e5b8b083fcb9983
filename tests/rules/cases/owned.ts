import {
  cases,
  now,
  past,
  without,
  type Documents,
  type Fields,
  type RuleCase,
  type World,
} from '../world.ts'

interface OwnedDocument {
  /** A document of Alice. */
  path: string
  /** What she may write there; `now` where the rules want it. */
  fields: Fields
  /** What the rules must refuse there, each variant a change of `fields`. */
  wrong: Record<string, Fields>
  /** What must be there for it to be written. */
  given?: Documents
}

/** What holds of each document that its owner alone writes: who may write it, and exactly which fields. */
export function writtenByOwner({ path, fields, wrong, given = {} }: OwnedDocument): RuleCase[] {
  const timeName = Object.entries(fields).find(([, value]) => value === now)?.[0] ?? 'updatedAt'
  const before = cases(given)
  const after = cases({ ...given, [path]: { ...fields, [timeName]: past(1) } })

  before.allow('the owner creates it', ({ alice }) => alice.doc(path).set(fields))
  after.allow('the owner updates it', ({ alice }) => alice.doc(path).update(fields))
  after.allow('the owner overwrites it', ({ alice }) => alice.doc(path).set(fields))

  const others = ['mallory', 'phoneless', 'signedOut'] as const
  for (const who of others) {
    before.deny(`${who} creates it`, (world) => world[who].doc(path).set(fields))
    after.deny(`${who} updates it`, (world) => world[who].doc(path).update(fields))
    after.deny(`${who} deletes it`, (world) => world[who].doc(path).delete())
  }

  for (const name of Object.keys(fields)) {
    before.deny(`without ${name}`, ({ alice }) => alice.doc(path).set(without(fields, name)))
    const other = nullable.has(name) ? ['x'] : null
    before.deny(`with a wrong type of ${name}`, ({ alice }) =>
      alice.doc(path).set({ ...fields, [name]: other }),
    )
  }
  const changed = {
    ...wrong,
    'an extra field': { extra: true },
    'the time of the past': { [timeName]: past(2) },
    'the time as a number': { [timeName]: Date.now() },
  }
  before.denyEach(changed, ({ alice }, change) => alice.doc(path).set({ ...fields, ...change }))
  after.deny('an extra field by update', ({ alice }) => alice.doc(path).update({ extra: 1, [timeName]: now }))
  return [...before.all, ...after.all]
}

const nullable = new Set(['phone', 'readAt', 'mutedUntil', 'deliveredAt', 'typingUntil'])

/** The owner alone reads it, alone or with its collection. */
export function readByOwner(path: string, fields: Fields): RuleCase[] {
  const { allow, deny, all } = cases({ [path]: fields })
  const collection = path.slice(0, path.lastIndexOf('/'))
  allow('the owner gets it', ({ alice }) => alice.doc(path).get())
  allow('the owner lists it', ({ alice }) => alice.collection(collection).get())
  for (const who of ['mallory', 'phoneless', 'signedOut'] as const) {
    deny(`${who} gets it`, (world: World) => world[who].doc(path).get())
    deny(`${who} lists it`, (world: World) => world[who].collection(collection).get())
  }
  return all
}
