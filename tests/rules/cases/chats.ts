import {
  cases,
  now,
  oneMore,
  past,
  without,
  type Fields,
  type Firestore,
  type RuleCase,
  type RuleSuite,
} from '../world.ts'
import {
  begin,
  begun,
  chat,
  chatPath,
  conversation,
  ids,
  lastDeleted,
  message,
  parts,
  remove,
  send,
  type Sending,
} from './conversation.ts'

/** Summaries that do not match Alice's new message `Four`. */
const wrongSummaries: Record<string, Sending> = {
  'a summary of another sender': { last: { senderId: 'bob' } },
  'a summary of another time': { last: { sentAt: past(9) } },
  'a summary of an unknown kind': { last: { kind: 'image' } },
  'a summary as if it were deleted': { last: { kind: 'deleted', preview: '' } },
  'a summary without preview': { last: { preview: '' } },
  'a summary with a preview of 121': { last: { preview: 'x'.repeat(121) } },
  'a summary with a preview that is a list': { last: { preview: ['Four'] } },
  'a summary with an extra field': { last: { extra: true } },
  'a summary with an id that is a number': { last: { id: 4 } },
  'a summary of a message that is not there': { last: { id: ids.another } },
  'no summary': { chat: { last: null } },
  'a summary that is a word': { chat: { last: 'Four' } },
}

const incompleteSummary = (name: string): Sending => ({
  chat: {
    last: without({ id: ids.next, senderId: 'alice', kind: 'text', preview: 'Four', sentAt: now }, name),
  },
})

function reading(): RuleCase[] {
  const { allow, deny, all } = cases(conversation)
  const mine = (db: Firestore, uid: string) =>
    db.collection('chats').where('memberIds', 'array-contains', uid)
  allow('a member gets it', ({ alice }) => alice.doc(chatPath).get())
  allow('the other member gets it', ({ bob }) => bob.doc(chatPath).get())
  allow('a member lists their own', ({ alice }) => mine(alice, 'alice').get())
  allow('a member follows their own', ({ alice }) =>
    mine(alice, 'alice').where('updatedAt', '>', past(2)).orderBy('updatedAt').get(),
  )
  deny('a stranger gets it', ({ mallory }) => mallory.doc(chatPath).get())
  deny('an account without a number gets it', ({ phoneless }) => phoneless.doc(chatPath).get())
  deny('someone signed out gets it', ({ signedOut }) => signedOut.doc(chatPath).get())
  deny('a member gets one that is not there', ({ alice }) => alice.doc('chats/alice_zoe').get())
  deny('a stranger lists all', ({ mallory }) => mallory.collection('chats').get())
  deny('a member lists all', ({ alice }) => alice.collection('chats').get())
  deny('a stranger lists those of a member', ({ mallory }) => mine(mallory, 'alice').get())
  deny('an account without a number lists its own', ({ phoneless }) => mine(phoneless, 'alice').get())
  deny('someone signed out lists those of a member', ({ signedOut }) => mine(signedOut, 'alice').get())
  deny('a member lists every collection of the name', ({ alice }) =>
    alice.collectionGroup('chats').where('memberIds', 'array-contains', 'alice').get(),
  )
  deny('a member deletes it', ({ alice }) => alice.doc(chatPath).delete())
  return all
}

function beginning(): RuleCase[] {
  const { allow, deny, denyEach, all } = cases()
  allow('a member begins it with a message', ({ alice }) => begin(alice, 'alice'))
  allow('the other member begins it', ({ bob }) => begin(bob, 'bob'))
  allow('the longest ids', ({ alice }) => {
    const other = 'b'.repeat(128)
    return begin(alice, 'alice', { at: `chats/alice_${other}`, chat: { memberIds: ['alice', other] } })
  })
  allow('with the longest preview', ({ alice }) =>
    begin(alice, 'alice', {
      message: { body: { kind: 'text', text: 'x'.repeat(4096) } },
      last: { preview: 'x'.repeat(120) },
    }),
  )
  allow('white space has no preview', ({ alice }) =>
    begin(alice, 'alice', {
      message: { body: { kind: 'text', text: ' \t\n\v\f\r\u00A0\u2003\u2028\u3000\uFEFF' } },
      last: { preview: '' },
    }),
  )
  deny('a member begins it without a message', ({ alice }) => alice.doc(chatPath).set(begun('alice')))
  deny('a stranger begins it', ({ mallory }) => begin(mallory, 'mallory'))
  denyEach<Fields>(
    {
      'in the name of the other': { createdBy: 'bob' },
      'in the name of a stranger': { createdBy: 'mallory' },
      'with a time of the past': { createdAt: past(1) },
      'updated in the past': { updatedAt: past(1) },
      'with no message counted': { messageCount: 0 },
      'with two messages counted': { messageCount: 2 },
      'with a count that is a word': { messageCount: '1' },
      'as a group': { kind: 'group' },
      'with a title': { title: 'Us' },
      'with the members turned round': { memberIds: ['bob', 'alice'] },
      'with one member': { memberIds: ['alice'] },
      'with a third member': { memberIds: ['alice', 'bob', 'mallory'] },
      'with another member than the id says': { memberIds: ['alice', 'mallory'] },
      'with members that are a map': { memberIds: { 0: 'alice', 1: 'bob' } },
      'with an extra field': { extra: true },
    },
    ({ alice }, chat) => begin(alice, 'alice', { chat }),
  )
  denyEach(
    {
      'turned round, with its id': ['zoe', 'alice'],
      'with oneself': ['alice', 'alice'],
      'of three, with their id': ['alice', 'bob', 'zoe'],
      'of one': ['alice'],
      'with a sign in a uid': ['alice', 'b-b'],
      'with a uid of 129': ['alice', 'b'.repeat(129)],
      'with no uid': ['', 'alice'],
    },
    ({ alice }, memberIds) =>
      begin(alice, 'alice', { at: `chats/${memberIds.join('_')}`, chat: { memberIds } }),
  )
  for (const name of Object.keys(begun('alice'))) {
    deny(`without ${name}`, ({ alice }) =>
      alice
        .batch()
        .set(alice.doc(`${chatPath}/messages/${ids.next}`), messageOfAlice)
        .set(alice.doc(chatPath), without(begun('alice'), name))
        .commit(),
    )
  }
  denyEach(wrongSummaries, ({ alice }, sending) => begin(alice, 'alice', sending))
  return all
}

const { message: messageOfAlice, chat: chatOfAlice } = parts('alice')
const summaryOfAlice = chatOfAlice.last

function adding(): RuleCase[] {
  const { allow, deny, denyEach, all } = cases(conversation)
  allow('a member adds a message', ({ alice }) => send(alice, 'alice'))
  allow('the other member adds a message', ({ bob }) => send(bob, 'bob'))
  denyEach(wrongSummaries, ({ alice }, sending) => send(alice, 'alice', sending))
  for (const name of Object.keys(summaryOfAlice)) {
    deny(`a summary without ${name}`, ({ alice }) => send(alice, 'alice', incompleteSummary(name)))
  }
  denyEach<Fields>(
    {
      'counting two': { messageCount: 5 },
      'counting none': { messageCount: 3 },
      'counting backwards': { messageCount: 2 },
      'counting from the start': { messageCount: 1 },
      'counting in words': { messageCount: '4' },
      'at a time of the past': { updatedAt: past(9) },
      'turning it into a group': { kind: 'group' },
      'taking in a third': { memberIds: ['alice', 'bob', 'mallory'] },
      'putting the other out': { memberIds: ['alice'] },
      'giving it a title': { title: 'Us' },
      'changing when it began': { createdAt: now },
      'changing who began it': { createdBy: 'bob' },
      'an extra field': { extra: true },
    },
    ({ alice }, chat) => send(alice, 'alice', { chat }),
  )
  deny('beginning it anew', ({ alice }) => begin(alice, 'alice'))
  deny('a summary of no message', ({ alice }) =>
    alice.doc(chatPath).update({ messageCount: oneMore, last: summaryOfAlice, updatedAt: now }),
  )
  deny('counting without a message', ({ alice }) =>
    alice.doc(chatPath).update({ messageCount: oneMore, updatedAt: now }),
  )
  deny('counting an old message again', ({ alice }) =>
    alice.doc(chatPath).update({
      messageCount: oneMore,
      last: { id: ids.first, senderId: 'alice', kind: 'text', preview: 'One', sentAt: past(1) },
      updatedAt: now,
    }),
  )
  const twoMessages = (db: Firestore) =>
    db
      .batch()
      .set(db.doc(`${chatPath}/messages/${ids.next}`), messageOfAlice)
      .set(db.doc(`${chatPath}/messages/${ids.another}`), messageOfAlice)
  deny('two messages, one count', ({ alice }) =>
    twoMessages(alice)
      .update(alice.doc(chatPath), { messageCount: oneMore, last: summaryOfAlice, updatedAt: now })
      .commit(),
  )
  deny('two messages, counted as two', ({ alice }) =>
    twoMessages(alice)
      .update(alice.doc(chatPath), { messageCount: 5, last: summaryOfAlice, updatedAt: now })
      .commit(),
  )
  deny('two messages, two summaries', ({ alice }) =>
    twoMessages(alice)
      .update(alice.doc(chatPath), { messageCount: oneMore, last: summaryOfAlice, updatedAt: now })
      .update(alice.doc(chatPath), {
        messageCount: oneMore,
        last: { ...summaryOfAlice, id: ids.another },
        updatedAt: now,
      })
      .commit(),
  )
  deny('one message, counted twice in a batch', ({ alice }) => {
    const counted = { messageCount: oneMore, last: summaryOfAlice, updatedAt: now }
    return alice
      .batch()
      .set(alice.doc(`${chatPath}/messages/${ids.next}`), messageOfAlice)
      .update(alice.doc(chatPath), counted)
      .update(alice.doc(chatPath), counted)
      .commit()
  })
  return all
}

function touching(): RuleCase[] {
  const { allow, deny, denyEach, all } = cases(conversation)
  const touch = (db: Firestore, fields: Fields = {}) => db.doc(chatPath).update({ updatedAt: now, ...fields })
  allow('the sender deletes an older message', ({ alice }) => remove(alice, ids.first))
  allow('the sender deletes the newest message', ({ bob }) =>
    remove(bob, ids.last, { chat: { last: lastDeleted } }),
  )
  allow('a member wakes the others, changing nothing', ({ bob }) => touch(bob))
  deny('a stranger wakes the members', ({ mallory }) => touch(mallory))
  deny('an account without a number wakes them', ({ phoneless }) => touch(phoneless))
  deny('someone signed out wakes them', ({ signedOut }) => touch(signedOut))
  denyEach<Fields>(
    {
      'the summary keeps what was deleted': {},
      'the summary keeps its preview': { last: { ...lastDeleted, preview: 'Three' } },
      'the summary keeps its kind': { last: { ...lastDeleted, kind: 'text' } },
      'the summary changes its sender': { last: { ...lastDeleted, senderId: 'alice' } },
      'the summary changes its time': { last: { ...lastDeleted, sentAt: past(2) } },
      'the summary gets an extra field': { last: { ...lastDeleted, extra: true } },
      'the summary goes back to the one before': {
        last: { id: ids.first, senderId: 'alice', kind: 'text', preview: 'One', sentAt: past(1) },
      },
      'the summary goes away': { last: null },
      'the count goes down': { last: lastDeleted, messageCount: 2 },
      'the count goes up': { last: lastDeleted, messageCount: oneMore },
    },
    ({ bob }, chat) => remove(bob, ids.last, { chat }),
  )
  denyEach<Fields>(
    {
      'the newest message looks deleted and is not': { last: lastDeleted },
      'the newest message gets another preview': { last: { ...chat.last, preview: 'Never said' } },
      'an older message becomes the newest': {
        last: { id: ids.first, senderId: 'alice', kind: 'text', preview: 'One', sentAt: past(1) },
      },
      'an older, deleted message becomes the newest': {
        last: { id: ids.deleted, senderId: 'alice', kind: 'deleted', preview: '', sentAt: past(2) },
      },
      'the count goes up alone': { messageCount: oneMore },
      'the count goes down alone': { messageCount: 2 },
      'the members change alone': { memberIds: ['alice', 'bob', 'mallory'] },
      'the time is of the past': { updatedAt: past(9) },
    },
    ({ alice }, fields) => touch(alice, fields),
  )
  return all
}

/** The newest message is white space, so its preview is as empty as that of a deleted one. */
function touchingBlank(): RuleCase[] {
  const last = { ...chat.last, preview: '' }
  const { allow, deny, all } = cases({
    ...conversation,
    [chatPath]: { ...chat, last },
    [`${chatPath}/messages/${ids.last}`]: message('bob', ' ', 3),
  })
  allow('it is deleted', ({ bob }) => remove(bob, ids.last, { chat: { last: lastDeleted } }))
  deny('it is deleted and the summary keeps its kind', ({ bob }) => remove(bob, ids.last))
  return all
}

/** Bob has blocked Alice, or Alice has blocked Bob. */
function touchingBlocked(): RuleCase[] {
  const block = { blocked: true, updatedAt: past(1) }
  const touch = (db: Firestore) => db.doc(chatPath).update({ updatedAt: now })
  const alice = cases({ ...conversation, 'users/bob/blocked/alice': block })
  alice.deny('someone whom the other has blocked wakes them', (world) => touch(world.alice))
  alice.deny('someone whom the other has blocked deletes a message', (world) =>
    remove(world.alice, ids.first),
  )
  alice.allow('someone who has blocked the other deletes a message', (world) =>
    remove(world.bob, ids.last, { chat: { last: lastDeleted } }),
  )
  const bob = cases({ ...conversation, 'users/alice/blocked/bob': block })
  bob.deny('the other member, whom the first has blocked, wakes them', (world) => touch(world.bob))
  bob.deny('the other member, whom the first has blocked, deletes the newest message', (world) =>
    remove(world.bob, ids.last, { chat: { last: lastDeleted } }),
  )
  return [...alice.all, ...bob.all]
}

export const chatsSuite: RuleSuite = {
  block: 'chats/{chatId}',
  cases: [...reading(), ...beginning(), ...adding(), ...touching(), ...touchingBlank(), ...touchingBlocked()],
}
