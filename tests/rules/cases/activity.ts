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
import { begun, chatPath, conversation, ids, parts } from './conversation.ts'
import { writtenByOwner } from './owned.ts'

const path = `${chatPath}/activity/alice`
const marks = {
  memberIds: ['alice', 'bob'],
  deliveredAt: past(3),
  readAt: past(3),
  typingUntil: past(3),
  updatedAt: now,
}
const farAway = past(99_999_999)

function writing(): RuleCase[] {
  const { allow, deny, denyEach, all } = cases(conversation)
  allow('nothing yet', ({ alice }) =>
    alice.doc(path).set({ ...marks, deliveredAt: null, readAt: null, typingUntil: null }),
  )
  allow('everything until now', ({ alice }) =>
    alice.doc(path).set({ ...marks, deliveredAt: now, readAt: now }),
  )
  allow('typing for the next seconds', ({ alice }) =>
    alice.doc(path).set({ ...marks, typingUntil: inSeconds(8) }),
  )
  deny('typing for longer', ({ alice }) => alice.doc(path).set({ ...marks, typingUntil: inSeconds(15) }))
  deny('a member writes the other’s', ({ bob }) => bob.doc(path).set(marks))
  const mallorys = `${chatPath}/activity/mallory`
  denyEach<Fields>(
    {
      'a stranger writes their own': marks,
      'a stranger writes their own as a member': { ...marks, memberIds: ['alice', 'bob', 'mallory'] },
      'a stranger writes their own to one member': { ...marks, memberIds: ['alice', 'mallory'] },
    },
    ({ mallory }, fields) => mallory.doc(mallorys).set(fields),
  )
  deny('in a chat that is not there', ({ mallory }) =>
    mallory.doc('chats/alice_mallory/activity/mallory').set({ ...marks, memberIds: ['alice', 'mallory'] }),
  )
  deny('a member deletes their own', ({ alice }) => alice.doc(path).delete())
  return all
}

function withFirstMessage(): RuleCase[] {
  const { allow, all } = cases()
  allow('with the first message, in one batch', ({ alice }) =>
    alice
      .batch()
      .set(alice.doc(`${chatPath}/messages/${ids.next}`), parts('alice').message)
      .set(alice.doc(chatPath), begun('alice'))
      .set(alice.doc(path), marks)
      .commit(),
  )
  return all
}

function blocking(): RuleCase[] {
  const blocked = { 'users/bob/blocked/alice': { blocked: true, updatedAt: past(1) } }
  const first = cases({ ...conversation, ...blocked })
  first.deny('someone whom the other has blocked begins their own', ({ alice }) => alice.doc(path).set(marks))
  first.allow('someone who has blocked the other begins their own', ({ bob }) =>
    bob.doc(`${chatPath}/activity/bob`).set(marks),
  )
  const later = cases({ ...conversation, ...blocked, [path]: { ...marks, updatedAt: past(3) } })
  later.deny('someone whom the other has blocked types', ({ alice }) =>
    alice.doc(path).update({ typingUntil: inSeconds(8), updatedAt: now }),
  )
  const over = cases({ ...conversation, 'users/bob/blocked/alice': { blocked: false, updatedAt: past(1) } })
  over.allow('someone whom the other has unblocked types', ({ alice }) =>
    alice.doc(path).set({ ...marks, typingUntil: inSeconds(8) }),
  )
  return [...first.all, ...later.all, ...over.all]
}

function moving(): RuleCase[] {
  const set = cases({ ...conversation, [path]: { ...marks, updatedAt: past(3) } })
  set.allow('both go on', ({ alice }) =>
    alice.doc(path).update({ deliveredAt: past(4), readAt: past(4), updatedAt: now }),
  )
  set.allow('typing ends', ({ alice }) => alice.doc(path).update({ typingUntil: null, updatedAt: now }))
  set.denyEach<Fields>(
    {
      'deliveredAt goes back': { deliveredAt: past(2) },
      'deliveredAt is taken away': { deliveredAt: null },
      'deliveredAt is later than now': { deliveredAt: farAway },
      'readAt goes back': { readAt: past(2) },
      'readAt is taken away': { readAt: null },
      'readAt is later than now': { readAt: farAway },
      'the members change': { memberIds: ['alice', 'bob', 'mallory'] },
    },
    ({ alice }, fields) => alice.doc(path).update({ updatedAt: now, ...fields }),
  )
  const unset = cases({
    ...conversation,
    [path]: { ...marks, deliveredAt: null, readAt: null, updatedAt: past(3) },
  })
  unset.allow('the first is delivered and read', ({ alice }) => alice.doc(path).update(marks))
  unset.allow('none is delivered or read yet', ({ alice }) =>
    alice.doc(path).update({ typingUntil: null, updatedAt: now }),
  )
  return [...set.all, ...unset.all]
}

function reading(): RuleCase[] {
  const { allow, deny, all } = cases({ ...conversation, [path]: marks, [`${chatPath}/activity/bob`]: marks })
  const of = (db: Firestore, uid: string) =>
    db.collectionGroup('activity').where('memberIds', 'array-contains', uid)
  allow('a member gets the other’s', ({ bob }) => bob.doc(path).get())
  allow('a member lists those of their chats', ({ alice }) => of(alice, 'alice').get())
  allow('a member follows those of their chats', ({ alice }) =>
    of(alice, 'alice').where('updatedAt', '>', past(1)).orderBy('updatedAt').get(),
  )
  deny('a stranger gets one', ({ mallory }) => mallory.doc(path).get())
  deny('an account without a number gets one', ({ phoneless }) => phoneless.doc(path).get())
  deny('someone signed out gets one', ({ signedOut }) => signedOut.doc(path).get())
  deny('a stranger lists those of a member', ({ mallory }) => of(mallory, 'alice').get())
  deny('an account without a number lists its own', ({ phoneless }) => of(phoneless, 'alice').get())
  deny('someone signed out lists those of a member', ({ signedOut }) => of(signedOut, 'alice').get())
  deny('a member lists all', ({ alice }) => alice.collectionGroup('activity').get())
  deny('a member lists a chat’s without saying whose', ({ alice }) =>
    alice.collection(`${chatPath}/activity`).get(),
  )
  return all
}

export const activitySuites: RuleSuite[] = [
  {
    block: 'chats/{chatId}/activity/{uid}',
    cases: [
      ...writtenByOwner({
        path,
        fields: marks,
        given: conversation,
        wrong: {
          'without the other member': { memberIds: ['alice'] },
          'with a third member': { memberIds: ['alice', 'bob', 'mallory'] },
          'with the members turned round': { memberIds: ['bob', 'alice'] },
          'deliveredAt later than now': { deliveredAt: farAway },
          'readAt later than now': { readAt: farAway },
          'typing for ever': { typingUntil: farAway },
          'deliveredAt as a number': { deliveredAt: 5 },
          'readAt as a word': { readAt: 'now' },
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
