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
  /** Path of a document of Alice. */
  path: string
  /** Valid content; `now` where the rules require it. */
  fields: Fields
  /** Content that the rules must deny; each variant changes `fields`. */
  wrong: Record<string, Fields>
  /** Documents that must exist first. */
  given?: Documents
  /** Whether the owner may delete it. */
  deletable?: boolean
}

/** Cases for a document that only its owner may write: who writes, and which fields. */
export function writtenByOwner({
  path,
  fields,
  wrong,
  given = {},
  deletable = false,
}: OwnedDocument): RuleCase[] {
  const timeName = Object.entries(fields).find(([, value]) => value === now)?.[0] ?? 'updatedAt'
  const before = cases(given)
  const after = cases({ ...given, [path]: { ...fields, [timeName]: past(1) } })

  before.allow('the owner creates it', ({ alice }) => alice.doc(path).set(fields))
  after.allow('the owner updates it', ({ alice }) => alice.doc(path).update(fields))
  after.allow('the owner overwrites it', ({ alice }) => alice.doc(path).set(fields))
  if (deletable) after.allow('the owner deletes it', ({ alice }) => alice.doc(path).delete())
  else after.deny('the owner deletes it', ({ alice }) => alice.doc(path).delete())

  const others = ['bob', 'mallory', 'phoneless', 'signedOut'] as const
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
    'a time in the past': { [timeName]: past(2) },
    'a time that is a number': { [timeName]: Date.now() },
  }
  before.denyEach(changed, ({ alice }, change) => alice.doc(path).set({ ...fields, ...change }))
  after.deny('an extra field by update', ({ alice }) => alice.doc(path).update({ extra: 1, [timeName]: now }))
  return [...before.all, ...after.all]
}

const nullable = new Set(['phone', 'readAt', 'mutedUntil', 'deliveredAt', 'typingUntil', 'photo'])

/** Cases for a document that only its owner may get. */
export function gotByOwner(path: string, fields: Fields): RuleCase[] {
  const { allow, deny, all } = cases({ [path]: fields })
  allow('the owner gets it', ({ alice }) => alice.doc(path).get())
  for (const who of ['bob', 'mallory', 'phoneless', 'signedOut'] as const) {
    deny(`${who} gets it`, (world) => world[who].doc(path).get())
  }
  return all
}

/** Cases for a document that only its owner may get and list. */
export function readByOwner(path: string, fields: Fields): RuleCase[] {
  const { allow, deny, all } = cases({ [path]: fields })
  const collection = path.slice(0, path.lastIndexOf('/'))
  allow('the owner lists 1000', ({ alice }) => alice.collection(collection).limit(1000).get())
  deny('the owner lists without a limit', ({ alice }) => alice.collection(collection).get())
  deny('the owner lists more than 1000', ({ alice }) => alice.collection(collection).limit(1001).get())
  for (const who of ['bob', 'mallory', 'phoneless', 'signedOut'] as const) {
    deny(`${who} lists it`, (world: World) => world[who].collection(collection).limit(1).get())
  }
  return [...gotByOwner(path, fields), ...all]
}
