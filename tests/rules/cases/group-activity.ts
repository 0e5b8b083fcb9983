import { reference } from '../rest.ts'
import {
  cases,
  inSeconds,
  now,
  past,
  type Documents,
  type Fields,
  type Firestore,
  type RuleCase,
  type RuleSuite,
} from '../world.ts'
import { chatPath, conversation } from './conversation.ts'
import { writtenByOwner } from './owned.ts'

/* Alice and Bob are members of the group. Mallory was removed; her activity is still there. */

const groupId = 'Group000000000000001'
const groupPath = `chats/${groupId}`
const path = `${groupPath}/activity/alice`
const watermarks = { deliveredAt: past(3), readAt: past(3), typingUntil: past(3), updatedAt: now }
const stored = { ...watermarks, updatedAt: past(3) }

/** The group's document, as far as the rules of activity look at it. */
const groupOf = (memberIds: string[]): Documents => ({
  [groupPath]: { kind: 'group', memberIds, bannedIds: ['mallory'] },
})
const crowd = (size: number): string[] => [
  'alice',
  ...Array.from({ length: size - 1 }, (_, index) => `p${String(index)}`),
]
const group = groupOf(['alice', 'bob'])
const farFuture = past(99_999_999)

function writing(): RuleCase[] {
  const { allow, deny, denyEach, all } = cases({ ...group, ...conversation })
  allow('without any time yet', ({ alice }) =>
    alice.doc(path).set({ ...watermarks, deliveredAt: null, readAt: null, typingUntil: null }),
  )
  allow('with everything delivered and read now', ({ alice }) =>
    alice.doc(path).set({ ...watermarks, deliveredAt: now, readAt: now }),
  )
  allow('typing for the next seconds', ({ alice }) =>
    alice.doc(path).set({ ...watermarks, typingUntil: inSeconds(8) }),
  )
  deny('typing for longer', ({ alice }) => alice.doc(path).set({ ...watermarks, typingUntil: inSeconds(15) }))
  deny('a former member writes their own', ({ mallory }) =>
    mallory.doc(`${groupPath}/activity/mallory`).set(watermarks),
  )
  denyEach<Fields>(
    {
      'with the members': { memberIds: ['alice', 'bob'] },
      'with a former member, for the collection group': { memberIds: ['alice', 'bob', 'mallory'] },
      'with the group’s id as its member': { memberIds: [groupId] },
    },
    ({ alice }, fields) => alice.doc(path).set({ ...watermarks, ...fields }),
  )
  deny('in a group that does not exist', ({ alice }) =>
    alice.doc('chats/Group000000000000002/activity/alice').set(watermarks),
  )
  deny('in a direct chat, without its members', ({ alice }) =>
    alice.doc(`${chatPath}/activity/alice`).set(watermarks),
  )
  return all
}

function sizes(): RuleCase[] {
  const full = cases(groupOf(crowd(64)))
  full.allow('in a group of 64', ({ alice }) => alice.doc(path).set(watermarks))
  const large = cases({ ...groupOf(crowd(65)), [path]: stored })
  large.deny('in a group of 65', ({ alice }) => alice.doc(path).set(watermarks))
  large.deny('in a group of 65, typing', ({ alice }) =>
    alice.doc(path).update({ typingUntil: inSeconds(8), updatedAt: now }),
  )
  return [...full.all, ...large.all]
}

function moving(): RuleCase[] {
  const { allow, denyEach, all } = cases({ ...group, [path]: stored })
  allow('both move forward', ({ alice }) =>
    alice.doc(path).update({ deliveredAt: past(4), readAt: past(4), updatedAt: now }),
  )
  allow('typing ends', ({ alice }) => alice.doc(path).update({ typingUntil: null, updatedAt: now }))
  denyEach<Fields>(
    {
      'deliveredAt moves back': { deliveredAt: past(2) },
      'deliveredAt becomes null': { deliveredAt: null },
      'deliveredAt is later than now': { deliveredAt: farFuture },
      'readAt moves back': { readAt: past(2) },
      'readAt becomes null': { readAt: null },
      'readAt is later than now': { readAt: farFuture },
    },
    ({ alice }, fields) => alice.doc(path).update({ updatedAt: now, ...fields }),
  )
  return all
}

function leaving(): RuleCase[] {
  const { deny, all } = cases({ ...groupOf(['bob']), [path]: stored })
  deny('a former member reads on', ({ alice }) => alice.doc(path).update({ readAt: past(4), updatedAt: now }))
  deny('a former member types', ({ alice }) =>
    alice.doc(path).update({ typingUntil: inSeconds(8), updatedAt: now }),
  )
  deny('a former member deletes theirs', ({ alice }) => alice.doc(path).delete())
  return all
}

function reading(): RuleCase[] {
  const { allow, deny, all } = cases({
    ...group,
    ...conversation,
    [path]: stored,
    [`${groupPath}/activity/bob`]: stored,
    [`${groupPath}/activity/mallory`]: stored,
    [`${chatPath}/activity/bob`]: { ...stored, memberIds: ['alice', 'bob'] },
  })
  const of = (db: Firestore, chat = groupPath) => db.collection(`${chat}/activity`)
  const changed = (db: Firestore) => of(db).where('updatedAt', '>', past(1)).orderBy('updatedAt', 'desc')
  const typing = (db: Firestore) =>
    of(db).where('typingUntil', '>', past(1)).orderBy('typingUntil', 'desc').limit(64)
  allow('a member gets another’s', ({ bob }) => bob.doc(path).get())
  allow('a member lists what changed', ({ bob }) => changed(bob).limit(64).get())
  allow('a member lists who types', ({ bob }) => typing(bob).get())
  deny('a member lists 65', ({ bob }) => of(bob).limit(65).get())
  deny('a member lists without a limit', ({ bob }) => of(bob).get())
  deny('a member lists what changed without a limit', ({ bob }) => changed(bob).get())
  deny('a member finds it in the collection group', ({ bob }) =>
    bob.collectionGroup('activity').where('updatedAt', '>', past(1)).limit(64).get(),
  )
  deny('a member of a direct chat lists its activity like a group’s', ({ alice }) =>
    of(alice, chatPath).limit(64).get(),
  )
  deny('a member lists that of a group that does not exist', ({ alice }) =>
    of(alice, 'chats/Group000000000000002').limit(64).get(),
  )
  for (const who of ['mallory', 'phoneless', 'signedOut'] as const) {
    deny(`${who} gets a member’s`, (world) => world[who].doc(path).get())
    deny(`${who} lists the members’`, (world) => of(world[who]).limit(64).get())
    deny(`${who} lists who types`, (world) => typing(world[who]).get())
  }
  deny('a former member gets their own', ({ mallory }) => mallory.doc(`${groupPath}/activity/mallory`).get())
  deny('a former member lists by their own id', ({ mallory }) =>
    of(mallory)
      .where('__name__', '==', reference(`${groupPath}/activity/mallory`))
      .limit(1)
      .get(),
  )
  return all
}

export const groupActivitySuite: RuleSuite = {
  block: 'chats/{chatId}/activity/{uid}',
  cases: [
    ...writtenByOwner({
      path,
      fields: watermarks,
      given: group,
      wrong: {
        'deliveredAt later than now': { deliveredAt: farFuture },
        'readAt later than now': { readAt: farFuture },
        'typing forever': { typingUntil: farFuture },
        'deliveredAt as a number': { deliveredAt: 5 },
        'readAt as a string': { readAt: 'now' },
        'typingUntil as a number': { typingUntil: 5 },
      },
    }),
    ...writing(),
    ...sizes(),
    ...moving(),
    ...leaving(),
    ...reading(),
  ],
}
