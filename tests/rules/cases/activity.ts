import {
  cases,
  inSeconds,
  now,
  past,
  type Fields,
  type Firestore,
  type RuleCase,
  type RuleSuite,
} from '../world.ts'
import { chatPath, conversation, ids, newChat, parts, people } from './conversation.ts'
import { writtenByOwner } from './owned.ts'

const path = `${chatPath}/activity/alice`
const watermarks = {
  memberIds: ['alice', 'bob'],
  deliveredAt: past(3),
  readAt: past(3),
  typingUntil: past(3),
  updatedAt: now,
}
const farFuture = past(99_999_999)

function writing(): RuleCase[] {
  const { allow, deny, denyEach, all } = cases(conversation)
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
  deny('a member writes the other’s', ({ bob }) => bob.doc(path).set(watermarks))
  const strangersPath = `${chatPath}/activity/mallory`
  denyEach<Fields>(
    {
      'a stranger writes their own': watermarks,
      'a stranger writes their own as a member': { ...watermarks, memberIds: ['alice', 'bob', 'mallory'] },
      'a stranger writes their own, visible to one member': {
        ...watermarks,
        memberIds: ['alice', 'mallory'],
      },
    },
    ({ mallory }, fields) => mallory.doc(strangersPath).set(fields),
  )
  deny('in a chat that does not exist', ({ mallory }) =>
    mallory
      .doc('chats/alice_mallory/activity/mallory')
      .set({ ...watermarks, memberIds: ['alice', 'mallory'] }),
  )
  deny('a member deletes their own', ({ alice }) => alice.doc(path).delete())
  return all
}

function withFirstMessage(): RuleCase[] {
  const { allow, all } = cases(people)
  allow('with the first message, in one batch', ({ alice }) =>
    alice
      .batch()
      .set(alice.doc(`${chatPath}/messages/${ids.next}`), parts('alice').message)
      .set(alice.doc(chatPath), newChat('alice'))
      .set(alice.doc(path), watermarks)
      .commit(),
  )
  return all
}

/** Neither member reveals anything to the other after a block, even with a faulty client. */
function blocking(): RuleCase[] {
  const all: RuleCase[] = []
  for (const [by, whom] of [
    ['alice', 'bob'],
    ['bob', 'alice'],
  ] as const) {
    const block = { [`users/${by}/blocked/${whom}`]: { blocked: true, updatedAt: past(1) } }
    const unblock = { [`users/${by}/blocked/${whom}`]: { blocked: false, updatedAt: past(1) } }
    for (const who of [by, whom]) {
      const own = `${chatPath}/activity/${who}`
      const first = cases({ ...conversation, ...block })
      first.deny(`${by} has blocked ${whom} and ${who} creates their own`, (world) =>
        world[who].doc(own).set(watermarks),
      )
      const later = cases({ ...conversation, ...block, [own]: { ...watermarks, updatedAt: past(3) } })
      later.deny(`${by} has blocked ${whom} and ${who} types`, (world) =>
        world[who].doc(own).update({ typingUntil: inSeconds(8), updatedAt: now }),
      )
      later.deny(`${by} has blocked ${whom} and ${who} reads on`, (world) =>
        world[who].doc(own).update({ readAt: past(4), updatedAt: now }),
      )
      const ended = cases({ ...conversation, ...unblock })
      ended.allow(`${by} has unblocked ${whom} and ${who} types`, (world) =>
        world[who].doc(own).set({ ...watermarks, typingUntil: inSeconds(8) }),
      )
      all.push(...first.all, ...later.all, ...ended.all)
    }
  }
  return all
}

function moving(): RuleCase[] {
  const set = cases({ ...conversation, [path]: { ...watermarks, updatedAt: past(3) } })
  set.allow('both move forward', ({ alice }) =>
    alice.doc(path).update({ deliveredAt: past(4), readAt: past(4), updatedAt: now }),
  )
  set.allow('typing ends', ({ alice }) => alice.doc(path).update({ typingUntil: null, updatedAt: now }))
  set.denyEach<Fields>(
    {
      'deliveredAt moves back': { deliveredAt: past(2) },
      'deliveredAt becomes null': { deliveredAt: null },
      'deliveredAt is later than now': { deliveredAt: farFuture },
      'readAt moves back': { readAt: past(2) },
      'readAt becomes null': { readAt: null },
      'readAt is later than now': { readAt: farFuture },
      'the members change': { memberIds: ['alice', 'bob', 'mallory'] },
    },
    ({ alice }, fields) => alice.doc(path).update({ updatedAt: now, ...fields }),
  )
  const unset = cases({
    ...conversation,
    [path]: { ...watermarks, deliveredAt: null, readAt: null, updatedAt: past(3) },
  })
  unset.allow('the first message is delivered and read', ({ alice }) => alice.doc(path).update(watermarks))
  unset.allow('no message is delivered or read yet', ({ alice }) =>
    alice.doc(path).update({ typingUntil: null, updatedAt: now }),
  )
  return [...set.all, ...unset.all]
}

function reading(): RuleCase[] {
  const { allow, deny, all } = cases({
    ...conversation,
    [path]: watermarks,
    [`${chatPath}/activity/bob`]: watermarks,
  })
  const allOf = (db: Firestore, uid: string) =>
    db.collectionGroup('activity').where('memberIds', 'array-contains', uid)
  const queryFor = (db: Firestore, uid: string) => allOf(db, uid).limit(1000)
  const inChat = (db: Firestore) =>
    db.collection(`${chatPath}/activity`).where('memberIds', 'array-contains', 'alice')
  allow('a member gets the other’s', ({ bob }) => bob.doc(path).get())
  allow('a member lists those of their chats', ({ alice }) => queryFor(alice, 'alice').get())
  allow('a member lists what changed in their chats', ({ alice }) =>
    queryFor(alice, 'alice').where('updatedAt', '>', past(1)).orderBy('updatedAt').get(),
  )
  allow('a member lists those of one chat', ({ alice }) => inChat(alice).limit(1000).get())
  deny('a member lists those of their chats without a limit', ({ alice }) => allOf(alice, 'alice').get())
  deny('a member lists more than 1000', ({ alice }) => allOf(alice, 'alice').limit(1001).get())
  deny('a member lists those of one chat without a limit', ({ alice }) => inChat(alice).get())
  deny('a stranger gets one', ({ mallory }) => mallory.doc(path).get())
  deny('an account without a number gets one', ({ phoneless }) => phoneless.doc(path).get())
  deny('someone signed out gets one', ({ signedOut }) => signedOut.doc(path).get())
  deny('a stranger lists those of a member', ({ mallory }) => queryFor(mallory, 'alice').get())
  deny('an account without a number lists its own', ({ phoneless }) => queryFor(phoneless, 'alice').get())
  deny('someone signed out lists those of a member', ({ signedOut }) => queryFor(signedOut, 'alice').get())
  deny('a member lists all', ({ alice }) => alice.collectionGroup('activity').limit(1).get())
  deny('a member lists a chat’s without a filter by member', ({ alice }) =>
    alice.collection(`${chatPath}/activity`).limit(1).get(),
  )
  return all
}

export const activitySuites: RuleSuite[] = [
  {
    block: 'chats/{chatId}/activity/{uid}',
    cases: [
      ...writtenByOwner({
        path,
        fields: watermarks,
        given: conversation,
        wrong: {
          'without the other member': { memberIds: ['alice'] },
          'with a third member': { memberIds: ['alice', 'bob', 'mallory'] },
          'with the members in reverse order': { memberIds: ['bob', 'alice'] },
          'deliveredAt later than now': { deliveredAt: farFuture },
          'readAt later than now': { readAt: farFuture },
          'typing forever': { typingUntil: farFuture },
          'deliveredAt as a number': { deliveredAt: 5 },
          'readAt as a string': { readAt: 'now' },
          'typingUntil as a number': { typingUntil: 5 },
        },
      }),
      ...writing(),
      ...withFirstMessage(),
      ...blocking(),
      ...moving(),
    ],
  },
  { block: '{path=**}/activity/{uid}', cases: reading() },
]
