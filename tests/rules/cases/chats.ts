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
  createChat,
  newChat,
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

/** Summaries that do not match Alice's new message "Four". */
const wrongSummaries: Record<string, Sending> = {
  'a summary with another sender': { last: { senderId: 'bob' } },
  'a summary with another time': { last: { sentAt: past(9) } },
  'a summary with an unknown kind': { last: { kind: 'image' } },
  'a summary of a deleted message': { last: { kind: 'deleted', preview: '' } },
  'a summary with an empty preview': { last: { preview: '' } },
  'a summary with a preview of 121 characters': { last: { preview: 'x'.repeat(121) } },
  'a summary with a preview that is a list': { last: { preview: ['Four'] } },
  'a summary with an extra field': { last: { extra: true } },
  'a summary with an id that is a number': { last: { id: 4 } },
  'a summary of a message that does not exist': { last: { id: ids.another } },
  'no summary': { chat: { last: null } },
  'a summary that is a string': { chat: { last: 'Four' } },
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
  allow('a member lists changes of their own', ({ alice }) =>
    mine(alice, 'alice').where('updatedAt', '>', past(2)).orderBy('updatedAt').get(),
  )
  deny('a stranger gets it', ({ mallory }) => mallory.doc(chatPath).get())
  deny('an account without a number gets it', ({ phoneless }) => phoneless.doc(chatPath).get())
  deny('someone signed out gets it', ({ signedOut }) => signedOut.doc(chatPath).get())
  deny('a member gets one that does not exist', ({ alice }) => alice.doc('chats/alice_zoe').get())
  deny('a stranger lists all', ({ mallory }) => mallory.collection('chats').get())
  deny('a member lists all', ({ alice }) => alice.collection('chats').get())
  deny('a stranger lists those of a member', ({ mallory }) => mine(mallory, 'alice').get())
  deny('an account without a number lists its own', ({ phoneless }) => mine(phoneless, 'alice').get())
  deny('someone signed out lists those of a member', ({ signedOut }) => mine(signedOut, 'alice').get())
  deny('a member lists all collections of this name', ({ alice }) =>
    alice.collectionGroup('chats').where('memberIds', 'array-contains', 'alice').get(),
  )
  deny('a member deletes it', ({ alice }) => alice.doc(chatPath).delete())
  return all
}

function creating(): RuleCase[] {
  const { allow, deny, denyEach, all } = cases()
  allow('a member creates it with a message', ({ alice }) => createChat(alice, 'alice'))
  allow('the other member creates it', ({ bob }) => createChat(bob, 'bob'))
  allow('the longest ids', ({ alice }) => {
    const other = 'b'.repeat(128)
    return createChat(alice, 'alice', { at: `chats/alice_${other}`, chat: { memberIds: ['alice', other] } })
  })
  allow('with the longest preview', ({ alice }) =>
    createChat(alice, 'alice', {
      message: { body: { kind: 'text', text: 'x'.repeat(4096) } },
      last: { preview: 'x'.repeat(120) },
    }),
  )
  allow('a text of white space with an empty preview', ({ alice }) =>
    createChat(alice, 'alice', {
      message: { body: { kind: 'text', text: ' \t\n\v\f\r\u00A0\u2003\u2028\u3000\uFEFF' } },
      last: { preview: '' },
    }),
  )
  deny('a member creates it without a message', ({ alice }) => alice.doc(chatPath).set(newChat('alice')))
  deny('a stranger creates it', ({ mallory }) => createChat(mallory, 'mallory'))
  denyEach<Fields>(
    {
      'in the name of the other member': { createdBy: 'bob' },
      'in the name of a stranger': { createdBy: 'mallory' },
      'created in the past': { createdAt: past(1) },
      'updated in the past': { updatedAt: past(1) },
      'with no message counted': { messageCount: 0 },
      'with two messages counted': { messageCount: 2 },
      'with a count that is a string': { messageCount: '1' },
      'as a group': { kind: 'group' },
      'with a title': { title: 'Us' },
      'with the members in reverse order': { memberIds: ['bob', 'alice'] },
      'with one member': { memberIds: ['alice'] },
      'with a third member': { memberIds: ['alice', 'bob', 'mallory'] },
      'with another member than in the id': { memberIds: ['alice', 'mallory'] },
      'with members that are a map': { memberIds: { 0: 'alice', 1: 'bob' } },
      'with an extra field': { extra: true },
    },
    ({ alice }, chat) => createChat(alice, 'alice', { chat }),
  )
  denyEach(
    {
      'in reverse order, with the matching id': ['zoe', 'alice'],
      'with oneself': ['alice', 'alice'],
      'of three, with the matching id': ['alice', 'bob', 'zoe'],
      'of one': ['alice'],
      'with a symbol in a uid': ['alice', 'b-b'],
      'with a uid of 129 characters': ['alice', 'b'.repeat(129)],
      'with an empty uid': ['', 'alice'],
    },
    ({ alice }, memberIds) =>
      createChat(alice, 'alice', { at: `chats/${memberIds.join('_')}`, chat: { memberIds } }),
  )
  for (const name of Object.keys(newChat('alice'))) {
    deny(`without ${name}`, ({ alice }) =>
      alice
        .batch()
        .set(alice.doc(`${chatPath}/messages/${ids.next}`), messageOfAlice)
        .set(alice.doc(chatPath), without(newChat('alice'), name))
        .commit(),
    )
  }
  denyEach(wrongSummaries, ({ alice }, sending) => createChat(alice, 'alice', sending))
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
      'counting two messages': { messageCount: 5 },
      'counting no message': { messageCount: 3 },
      'counting backwards': { messageCount: 2 },
      'counting from the start': { messageCount: 1 },
      'counting with a string': { messageCount: '4' },
      'updated in the past': { updatedAt: past(9) },
      'turning it into a group': { kind: 'group' },
      'adding a third member': { memberIds: ['alice', 'bob', 'mallory'] },
      'removing the other member': { memberIds: ['alice'] },
      'setting a title': { title: 'Us' },
      'changing createdAt': { createdAt: now },
      'changing createdBy': { createdBy: 'bob' },
      'an extra field': { extra: true },
    },
    ({ alice }, chat) => send(alice, 'alice', { chat }),
  )
  deny('creating it again', ({ alice }) => createChat(alice, 'alice'))
  deny('a summary without its message', ({ alice }) =>
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

function updating(): RuleCase[] {
  const { allow, deny, denyEach, all } = cases(conversation)
  const update = (db: Firestore, fields: Fields = {}) =>
    db.doc(chatPath).update({ updatedAt: now, ...fields })
  allow('the sender deletes an older message', ({ alice }) => remove(alice, ids.first))
  allow('the sender deletes the newest message', ({ bob }) =>
    remove(bob, ids.last, { chat: { last: lastDeleted } }),
  )
  allow('a member updates the time only', ({ bob }) => update(bob))
  deny('a stranger updates the time only', ({ mallory }) => update(mallory))
  deny('an account without a number updates the time only', ({ phoneless }) => update(phoneless))
  deny('someone signed out updates the time only', ({ signedOut }) => update(signedOut))
  denyEach<Fields>(
    {
      'the summary is unchanged': {},
      'the summary keeps its preview': { last: { ...lastDeleted, preview: 'Three' } },
      'the summary keeps its kind': { last: { ...lastDeleted, kind: 'text' } },
      'the summary changes its sender': { last: { ...lastDeleted, senderId: 'alice' } },
      'the summary changes its time': { last: { ...lastDeleted, sentAt: past(2) } },
      'the summary gets an extra field': { last: { ...lastDeleted, extra: true } },
      'the summary shows the previous message': {
        last: { id: ids.first, senderId: 'alice', kind: 'text', preview: 'One', sentAt: past(1) },
      },
      'the summary becomes null': { last: null },
      'the count goes down': { last: lastDeleted, messageCount: 2 },
      'the count goes up': { last: lastDeleted, messageCount: oneMore },
    },
    ({ bob }, chat) => remove(bob, ids.last, { chat }),
  )
  denyEach<Fields>(
    {
      'the summary shows the newest message as deleted, but it is not': { last: lastDeleted },
      'the summary gets another preview': { last: { ...chat.last, preview: 'Never said' } },
      'the summary shows an older message': {
        last: { id: ids.first, senderId: 'alice', kind: 'text', preview: 'One', sentAt: past(1) },
      },
      'the summary shows an older, deleted message': {
        last: { id: ids.deleted, senderId: 'alice', kind: 'deleted', preview: '', sentAt: past(2) },
      },
      'only the count goes up': { messageCount: oneMore },
      'only the count goes down': { messageCount: 2 },
      'only the members change': { memberIds: ['alice', 'bob', 'mallory'] },
      'the time is in the past': { updatedAt: past(9) },
    },
    ({ alice }, fields) => update(alice, fields),
  )
  return all
}

/** The newest message is white space, so its preview is empty like that of a deleted one. */
function updatingBlank(): RuleCase[] {
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
function updatingBlocked(): RuleCase[] {
  const block = { blocked: true, updatedAt: past(1) }
  const update = (db: Firestore) => db.doc(chatPath).update({ updatedAt: now })
  const alice = cases({ ...conversation, 'users/bob/blocked/alice': block })
  alice.deny('someone whom the other has blocked updates the time only', (world) => update(world.alice))
  alice.deny('someone whom the other has blocked deletes a message', (world) =>
    remove(world.alice, ids.first),
  )
  alice.allow('someone who has blocked the other deletes a message', (world) =>
    remove(world.bob, ids.last, { chat: { last: lastDeleted } }),
  )
  const bob = cases({ ...conversation, 'users/alice/blocked/bob': block })
  bob.deny('the other member, whom the first has blocked, updates the time only', (world) =>
    update(world.bob),
  )
  bob.deny('the other member, whom the first has blocked, deletes the newest message', (world) =>
    remove(world.bob, ids.last, { chat: { last: lastDeleted } }),
  )
  return [...alice.all, ...bob.all]
}

export const chatsSuite: RuleSuite = {
  block: 'chats/{chatId}',
  cases: [...reading(), ...creating(), ...adding(), ...updating(), ...updatingBlank(), ...updatingBlocked()],
}
