import {
  ago,
  cases,
  now,
  oneMore,
  past,
  without,
  type Documents,
  type Fields,
  type Firestore,
  type RuleCase,
  type RuleSuite,
} from '../world.ts'
import {
  change,
  changedChat,
  chat,
  chatPath,
  conversation,
  createChat,
  deletion,
  differingLasts,
  edit,
  ids,
  messagePath,
  messages,
  messagesOnly,
  newChat,
  parts,
  people,
  profile,
  send,
} from './conversation.ts'

const { message: messageOfAlice, chat: chatOfAlice } = parts('alice')
const block = { blocked: true, updatedAt: past(1) }
const unblock = { blocked: false, updatedAt: past(1) }

function reading(): RuleCase[] {
  const { allow, deny, all } = cases(conversation)
  const ofMember = (db: Firestore, uid: string) =>
    db.collection('chats').where('memberIds', 'array-contains', uid)
  const mine = (db: Firestore, uid: string) => ofMember(db, uid).limit(1000)
  allow('a member gets it', ({ alice }) => alice.doc(chatPath).get())
  allow('the other member gets it', ({ bob }) => bob.doc(chatPath).get())
  allow('a member lists their own', ({ alice }) => mine(alice, 'alice').get())
  allow('a member lists changes of their own', ({ alice }) =>
    mine(alice, 'alice').where('updatedAt', '>', past(2)).orderBy('updatedAt').get(),
  )
  deny('a member lists their own without a limit', ({ alice }) => ofMember(alice, 'alice').get())
  deny('a member lists more than 1000', ({ alice }) => ofMember(alice, 'alice').limit(1001).get())
  deny('a stranger gets it', ({ mallory }) => mallory.doc(chatPath).get())
  deny('an account without a number gets it', ({ phoneless }) => phoneless.doc(chatPath).get())
  deny('someone signed out gets it', ({ signedOut }) => signedOut.doc(chatPath).get())
  deny('a member gets one that does not exist', ({ alice }) => alice.doc('chats/alice_zoe').get())
  deny('a stranger lists all', ({ mallory }) => mallory.collection('chats').limit(1).get())
  deny('a member lists all', ({ alice }) => alice.collection('chats').limit(1).get())
  deny('a stranger lists those of a member', ({ mallory }) => mine(mallory, 'alice').get())
  deny('an account without a number lists its own', ({ phoneless }) => mine(phoneless, 'alice').get())
  deny('someone signed out lists those of a member', ({ signedOut }) => mine(signedOut, 'alice').get())
  deny('a member lists all collections of this name', ({ alice }) =>
    alice.collectionGroup('chats').where('memberIds', 'array-contains', 'alice').limit(1).get(),
  )
  deny('a member deletes it', ({ alice }) => alice.doc(chatPath).delete())
  return all
}

function creating(): RuleCase[] {
  const { allow, deny, denyEach, all } = cases(people)
  allow('a member creates it with a message', ({ alice }) => createChat(alice, 'alice'))
  allow('the other member creates it', ({ bob }) => createChat(bob, 'bob'))
  deny('a stranger creates it', ({ mallory }) => createChat(mallory, 'mallory'))
  deny('an account without a number creates it', ({ phoneless }) => createChat(phoneless, 'alice'))
  deny('someone signed out creates it', ({ signedOut }) => createChat(signedOut, 'alice'))
  deny('a member creates it without a message', ({ alice }) => alice.doc(chatPath).set(newChat('alice')))
  denyEach<Fields>(
    {
      'in the name of the other member': { createdBy: 'bob' },
      'in the name of a stranger': { createdBy: 'mallory' },
      'created in the past': { createdAt: past(1) },
      'updated in the past': { updatedAt: past(1) },
      'with no message counted': { messageCount: 0 },
      'with two messages counted': { messageCount: 2 },
      'with a count that is a string': { messageCount: '1' },
      'with revision 0': { revision: 0 },
      'with revision 2': { revision: 2 },
      'with a revision that is a string': { revision: '1' },
      'with another changed message': { changed: ids.another },
      'with a changed message that is a number': { changed: 4 },
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
  for (const name of Object.keys(newChat('alice'))) {
    deny(`without ${name}`, ({ alice }) =>
      alice
        .batch()
        .set(alice.doc(messagePath(ids.next)), messageOfAlice)
        .set(alice.doc(chatPath), without(newChat('alice'), name))
        .commit(),
    )
  }
  denyEach(differingLasts(chatOfAlice.last), ({ alice }, last) =>
    createChat(alice, 'alice', { chat: { last } }),
  )
  return all
}

const longest = 'b'.repeat(128)

/** Everyone has a profile, so that only the ids are wrong. */
function creatingWithIds(): RuleCase[] {
  const uids = ['alice', 'bob', 'zoe', 'b-b', longest, `${longest}b`]
  const { allow, denyEach, all } = cases(
    Object.fromEntries(uids.map((uid) => [`users/${uid}`, profile(uid)])),
  )
  const createOf = (db: Firestore, memberIds: string[]): Promise<void> =>
    createChat(db, 'alice', { at: `chats/${memberIds.join('_')}`, chat: { memberIds } })
  allow('the longest ids', ({ alice }) => createOf(alice, ['alice', longest]))
  denyEach(
    {
      'in reverse order, with the matching id': ['zoe', 'alice'],
      'with oneself': ['alice', 'alice'],
      'of three, with the matching id': ['alice', 'bob', 'zoe'],
      'of one': ['alice'],
      'with a symbol in a uid': ['alice', 'b-b'],
      'with a uid of 129 characters': ['alice', `${longest}b`],
      'with an empty uid': ['', 'alice'],
    },
    ({ alice }, memberIds) => createOf(alice, memberIds),
  )
  return all
}

function creatingWithoutProfile(): RuleCase[] {
  const all: RuleCase[] = []
  for (const [has, lacks] of [
    ['alice', 'bob'],
    ['bob', 'alice'],
  ] as const) {
    const one = cases({ [`users/${has}`]: profile(has) })
    one.deny(`${has} creates it, and ${lacks} has no profile`, (world) => createChat(world[has], has))
    one.deny(`${lacks}, who has no profile, creates it`, (world) => createChat(world[lacks], lacks))
    one.deny(`${lacks} creates it and a profile in one batch`, (world) => {
      const db = world[lacks]
      return db
        .batch()
        .set(db.doc(`users/${lacks}`), { ...profile(lacks), updatedAt: now })
        .set(db.doc(messagePath(ids.next)), parts(lacks).message)
        .set(db.doc(chatPath), newChat(lacks))
        .commit()
    })
    all.push(...one.all)
  }
  return all
}

/** The messages exist, but their chat does not. */
function creatingAgain(): RuleCase[] {
  const above = (uid: string, id: string): Fields =>
    newChat(uid, { id, message: messages[id] ?? {}, last: { id } })
  const { allow, deny, denyEach, all } = cases(messagesOnly)
  for (const [who, person, uid] of [
    ['a member', 'alice', 'alice'],
    ['the other member', 'bob', 'bob'],
    ['a stranger', 'mallory', 'mallory'],
    ['an account without a number', 'phoneless', 'alice'],
    ['someone signed out', 'signedOut', 'alice'],
  ] as const) {
    deny(`${who} creates it again above a message`, (world) =>
      world[person].doc(chatPath).set(above(uid, ids.last)),
    )
  }
  denyEach(
    { 'above one’s own message': ids.first, 'above a deleted message': ids.deleted },
    ({ alice }, id) => alice.doc(chatPath).set(above('alice', id)),
  )
  deny('a stranger creates it again with a new message', ({ mallory }) => createChat(mallory, 'mallory'))
  deny('an account without a number creates it again with a new message', ({ phoneless }) =>
    createChat(phoneless, 'alice'),
  )
  deny('a member creates it again by changing a message', ({ alice }) =>
    alice
      .batch()
      .update(alice.doc(messagePath(ids.first)), edit)
      .set(
        alice.doc(chatPath),
        newChat('alice', { id: ids.first, message: { ...messages[ids.first], ...edit } }),
      )
      .commit(),
  )
  allow('a member creates it again with a new message', ({ alice }) => createChat(alice, 'alice'))
  const blocked = cases({ ...messagesOnly, 'users/bob/blocked/alice': block })
  blocked.deny('someone whom the other has blocked creates it again above a message', ({ alice }) =>
    alice.doc(chatPath).set(above('alice', ids.last)),
  )
  blocked.deny('someone whom the other has blocked creates it again with a new message', ({ alice }) =>
    createChat(alice, 'alice'),
  )
  return [...all, ...blocked.all]
}

function adding(): RuleCase[] {
  const { allow, deny, denyEach, all } = cases(conversation)
  allow('a member adds a message', ({ alice }) => send(alice, 'alice'))
  allow('the other member adds a message', ({ bob }) => send(bob, 'bob'))
  deny('a stranger adds a message', ({ mallory }) => send(mallory, 'mallory'))
  deny('an account without a number adds a message', ({ phoneless }) => send(phoneless, 'alice'))
  deny('someone signed out adds a message', ({ signedOut }) => send(signedOut, 'alice'))
  denyEach(differingLasts(chatOfAlice.last), ({ alice }, last) => send(alice, 'alice', { chat: { last } }))
  deny('last.seq is a float of the same value', ({ alice }) =>
    // The SDK writes -0 as a float.
    send(alice, 'alice', { message: { seq: 0 }, last: { seq: -0 } }),
  )
  denyEach<Fields>(
    {
      'counting two messages': { messageCount: 10 },
      'counting no message': { messageCount: 8 },
      'counting backwards': { messageCount: 7 },
      'counting from the start': { messageCount: 1 },
      'counting with a string': { messageCount: '9' },
      'keeping the revision': { revision: 11 },
      'skipping a revision': { revision: 13 },
      'a revision that goes back': { revision: 10 },
      'a revision that is a string': { revision: '12' },
      'naming another changed message': { changed: ids.first },
      'naming a changed message that does not exist': { changed: ids.another },
      'keeping the changed message': { changed: ids.last },
      'a changed message that is a list': { changed: [ids.next] },
      'updated in the past': { updatedAt: past(9) },
      'updated in the future': { updatedAt: ago(-9) },
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
  for (const name of Object.keys(chatOfAlice)) {
    deny(`without a new ${name}`, ({ alice }) =>
      alice
        .batch()
        .set(alice.doc(messagePath(ids.next)), messageOfAlice)
        .update(alice.doc(chatPath), without(chatOfAlice, name))
        .commit(),
    )
  }
  deny('creating it again', ({ alice }) => createChat(alice, 'alice'))
  deny('without the message', ({ alice }) => alice.doc(chatPath).update(chatOfAlice))
  deny('without the message, keeping last', ({ alice }) =>
    alice.doc(chatPath).update(without(chatOfAlice, 'last')),
  )
  deny('counting an old message again', ({ alice }) =>
    alice
      .doc(chatPath)
      .update({ messageCount: oneMore, revision: oneMore, changed: ids.last, updatedAt: now }),
  )
  deny('counting an older message again', ({ alice }) =>
    alice.doc(chatPath).update({
      messageCount: oneMore,
      revision: oneMore,
      changed: ids.first,
      last: { id: ids.first, ...messages[ids.first] },
      updatedAt: now,
    }),
  )
  const twoMessages = (db: Firestore) =>
    db
      .batch()
      .set(db.doc(messagePath(ids.next)), messageOfAlice)
      .set(db.doc(messagePath(ids.another)), messageOfAlice)
  deny('two messages, one count', ({ alice }) =>
    twoMessages(alice).update(alice.doc(chatPath), chatOfAlice).commit(),
  )
  deny('two messages, counted as two', ({ alice }) =>
    twoMessages(alice)
      .update(alice.doc(chatPath), { ...chatOfAlice, messageCount: 10 })
      .commit(),
  )
  deny('two messages, the chat written twice', ({ alice }) =>
    twoMessages(alice)
      .update(alice.doc(chatPath), chatOfAlice)
      .update(alice.doc(chatPath), parts('alice', { id: ids.another }).chat)
      .commit(),
  )
  deny('one message, the chat written twice', ({ alice }) =>
    alice
      .batch()
      .set(alice.doc(messagePath(ids.next)), messageOfAlice)
      .update(alice.doc(chatPath), chatOfAlice)
      .update(alice.doc(chatPath), chatOfAlice)
      .commit(),
  )
  deny('a message and an edit of another', ({ alice }) =>
    alice
      .batch()
      .set(alice.doc(messagePath(ids.next)), messageOfAlice)
      .update(alice.doc(messagePath(ids.first)), edit)
      .update(alice.doc(chatPath), chatOfAlice)
      .commit(),
  )
  return all
}

/** The counters stay integers that every client can represent. */
function counting(): RuleCase[] {
  const max = Number.MAX_SAFE_INTEGER
  const { allow, all } = cases({
    ...conversation,
    [chatPath]: { ...chat, messageCount: max - 1, revision: max - 1 },
  })
  allow('counting to the largest numbers', ({ alice }) => send(alice, 'alice'))
  const full = (fields: Fields, name: string): RuleCase[] => {
    const { deny, all } = cases({ ...conversation, [chatPath]: { ...chat, ...fields } })
    deny(name, ({ alice }) => send(alice, 'alice'))
    return all
  }
  return [
    ...all,
    ...full({ messageCount: max }, 'counting more messages than the largest number'),
    ...full({ revision: max }, 'a revision above the largest number'),
  ]
}

function changing(): RuleCase[] {
  const { allow, deny, denyEach, all } = cases(conversation)
  for (const [what, fields] of [
    ['edits', edit],
    ['deletes', deletion],
  ] as const) {
    allow(`the sender ${what} an older message`, ({ alice }) => change(alice, ids.first, fields))
    allow(`the sender ${what} the newest message`, ({ bob }) => change(bob, ids.last, fields))
    denyEach(
      Object.fromEntries(
        Object.entries(differingLasts({ id: ids.last, ...messages[ids.last], ...fields })).map(
          ([name, last]) => [`the sender ${what} the newest message and ${name}`, last],
        ),
      ),
      ({ bob }, last) => change(bob, ids.last, fields, { chat: { last } }),
    )
    denyEach(
      Object.fromEntries(
        Object.entries(differingLasts(chat.last)).map(([name, last]) => [
          `the sender ${what} an older message and ${name}`,
          last,
        ]),
      ),
      ({ alice }, last) => change(alice, ids.first, fields, { chat: { last } }),
    )
    allow(`the sender ${what} an older message and writes last again`, ({ alice }) =>
      change(alice, ids.first, fields, { chat: { last: chat.last } }),
    )
    deny(`the sender ${what} the newest message and keeps last`, ({ bob }) =>
      change(bob, ids.last, fields, { chat: { last: chat.last } }),
    )
    deny(`the sender ${what} an older message and makes it the last one`, ({ alice }) =>
      change(alice, ids.first, fields, {
        chat: { last: { id: ids.first, ...messages[ids.first], ...fields } },
      }),
    )
    deny(`the sender ${what} the newest message and makes an older one the last one`, ({ bob }) =>
      change(bob, ids.last, fields, { chat: { last: { id: ids.first, ...messages[ids.first] } } }),
    )
    denyEach<Fields>(
      {
        [`the sender ${what} and counts up`]: { messageCount: oneMore },
        [`the sender ${what} and counts down`]: { messageCount: 7 },
        [`the sender ${what} and keeps the revision`]: { revision: 11 },
        [`the sender ${what} and skips a revision`]: { revision: 13 },
        [`the sender ${what} and names another message`]: { changed: ids.edited },
        [`the sender ${what} and names the newest message`]: { changed: ids.last },
        [`the sender ${what} and names a message that does not exist`]: { changed: ids.next },
        [`the sender ${what} and updates the chat in the past`]: { updatedAt: past(9) },
        [`the sender ${what} and adds a member`]: { memberIds: ['alice', 'bob', 'mallory'] },
        [`the sender ${what} and adds a field`]: { extra: true },
      },
      ({ alice }, chat) => change(alice, ids.first, fields, { chat }),
    )
    for (const name of ['revision', 'changed', 'updatedAt']) {
      deny(`the sender ${what} without a new ${name}`, ({ alice }) =>
        alice
          .batch()
          .update(alice.doc(messagePath(ids.first)), fields)
          .update(alice.doc(chatPath), without(changedChat(ids.first, fields), name))
          .commit(),
      )
    }
  }
  return all
}

/** Denied, because an update of the chat wakes the other member's devices. */
function changingNothing(): RuleCase[] {
  const { deny, denyEach, all } = cases(conversation)
  const update = (db: Firestore, fields: Fields) =>
    db.doc(chatPath).update({ revision: oneMore, updatedAt: now, ...fields })
  denyEach<Fields>(
    {
      'only the time': {},
      'only the time, about an older message': { changed: ids.first },
      'only the time, about the newest message': { changed: ids.last },
      'only the time, about a message that does not exist': { changed: ids.next },
      'only the count': { messageCount: oneMore },
      'last becomes an older message': {
        changed: ids.first,
        last: { id: ids.first, ...messages[ids.first] },
      },
      'last gets another text': { last: { ...chat.last, body: { kind: 'text', text: 'Never said' } } },
    },
    ({ alice }, fields) => update(alice, fields),
  )
  deny('only the time, as a stranger', ({ mallory }) => update(mallory, {}))
  deny('the same content', ({ alice }) => alice.doc(chatPath).update({ kind: 'direct' }))
  deny('two edits', ({ alice }) =>
    alice
      .batch()
      .update(alice.doc(messagePath(ids.first)), edit)
      .update(alice.doc(messagePath(ids.edited)), edit)
      .update(alice.doc(chatPath), changedChat(ids.first, edit))
      .commit(),
  )
  deny('two edits, the chat written twice', ({ alice }) =>
    alice
      .batch()
      .update(alice.doc(messagePath(ids.first)), edit)
      .update(alice.doc(chatPath), changedChat(ids.first, edit))
      .update(alice.doc(messagePath(ids.edited)), edit)
      .update(alice.doc(chatPath), changedChat(ids.edited, edit))
      .commit(),
  )
  return all
}

/** Bob has blocked Alice, or Alice has blocked Bob. */
function changingBlocked(): RuleCase[] {
  const between = (byAlice: Fields | null, byBob: Fields | null): Documents => ({
    ...conversation,
    ...(byAlice && { 'users/alice/blocked/bob': byAlice }),
    ...(byBob && { 'users/bob/blocked/alice': byBob }),
  })
  const byBob = cases(between(null, block))
  const byAlice = cases(between(block, null))
  for (const [what, fields] of [
    ['edits', edit],
    ['deletes', deletion],
  ] as const) {
    byBob.deny(`someone whom the other has blocked ${what} a message`, ({ alice }) =>
      change(alice, ids.first, fields),
    )
    byBob.allow(`someone who has blocked the other ${what} a message`, ({ bob }) =>
      change(bob, ids.last, fields),
    )
    byAlice.deny(`the other member, whom the first has blocked, ${what} a message`, ({ bob }) =>
      change(bob, ids.last, fields),
    )
    byAlice.allow(`the first member, who has blocked the other, ${what} a message`, ({ alice }) =>
      change(alice, ids.first, fields),
    )
  }
  const ended = cases(between(unblock, unblock))
  ended.allow('a member changes a message after both have unblocked', ({ alice }) =>
    change(alice, ids.first, edit),
  )
  return [...byBob.all, ...byAlice.all, ...ended.all]
}

export const chatsSuite: RuleSuite = {
  block: 'chats/{chatId}',
  cases: [
    ...reading(),
    ...creating(),
    ...creatingWithIds(),
    ...creatingWithoutProfile(),
    ...creatingAgain(),
    ...adding(),
    ...counting(),
    ...changing(),
    ...changingNothing(),
    ...changingBlocked(),
  ],
}
