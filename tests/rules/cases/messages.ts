import {
  cases,
  now,
  past,
  without,
  type Documents,
  type Fields,
  type RuleCase,
  type RuleSuite,
} from '../world.ts'
import {
  createChat,
  chatPath,
  conversation,
  deletion,
  ids,
  lastDeleted,
  parts,
  remove,
  send,
  type Sending,
} from './conversation.ts'

const messages = `${chatPath}/messages`

function reading(): RuleCase[] {
  const { allow, deny, all } = cases(conversation)
  for (const who of ['alice', 'bob'] as const) {
    allow(`${who} gets one`, (world) => world[who].doc(`${messages}/${ids.first}`).get())
    allow(`${who} reads history`, (world) =>
      world[who]
        .collection(messages)
        .orderBy('sentAt', 'desc')
        .where('sentAt', '<=', past(3))
        .limit(50)
        .get(),
    )
    allow(`${who} reads changes`, (world) =>
      world[who].collection(messages).where('updatedAt', '>', past(1)).orderBy('updatedAt').limit(100).get(),
    )
  }
  allow('a member gets a message that does not exist yet', ({ alice }) =>
    alice.doc(`${messages}/${ids.next}`).get(),
  )
  for (const who of ['mallory', 'phoneless', 'signedOut'] as const) {
    deny(`${who} gets one`, (world) => world[who].doc(`${messages}/${ids.first}`).get())
    deny(`${who} lists them`, (world) => world[who].collection(messages).limit(1).get())
  }
  deny('a member lists the messages of all chats', ({ alice }) => alice.collectionGroup('messages').get())
  deny('a member lists their own messages of all chats', ({ alice }) =>
    alice.collectionGroup('messages').where('senderId', '==', 'alice').get(),
  )
  return all
}

const allowedSendings: Record<string, Sending> = {
  'the shortest text': { message: { body: { kind: 'text', text: '!' } }, last: { preview: '!' } },
  'the longest text': { message: { body: { kind: 'text', text: 'x'.repeat(4096) } } },
  'the first message of its sender': { message: { seq: 0 } },
  'the shortest id': { id: 'a'.repeat(16) },
  'the longest id': { id: '-_'.repeat(32) },
}

const deniedSendings: Record<string, Sending> = {
  'in the name of the other member': { message: { senderId: 'bob' }, last: { senderId: 'bob' } },
  'in the name of a stranger': { message: { senderId: 'mallory' }, last: { senderId: 'mallory' } },
  'sent in the past': { message: { sentAt: past(9) }, last: { sentAt: past(9) } },
  'sent in the future': {
    message: { sentAt: past(99_999_999) },
    last: { sentAt: past(99_999_999) },
  },
  'updated in the past': { message: { updatedAt: past(9) } },
  'a negative seq': { message: { seq: -1 } },
  'a fractional seq': { message: { seq: 0.5 } },
  'a seq that is a string': { message: { seq: '4' } },
  'created as deleted': { message: { deletedAt: now } },
  'without a body': { message: { body: null }, last: { kind: 'deleted', preview: '' } },
  'a body that is a string': { message: { body: 'Four' } },
  'a body of an unknown kind': {
    message: { body: { kind: 'image', text: 'Four' } },
    last: { kind: 'image' },
  },
  'a body without a kind': { message: { body: { text: 'Four' } } },
  'a body without a text': { message: { body: { kind: 'text' } } },
  'a body with an extra field': { message: { body: { kind: 'text', text: 'Four', html: '<b>' } } },
  'an empty text': { message: { body: { kind: 'text', text: '' } } },
  'a text of 4097 characters': { message: { body: { kind: 'text', text: 'x'.repeat(4097) } } },
  'a text that is a list': { message: { body: { kind: 'text', text: ['Four'] } } },
  'an extra field': { message: { extra: true } },
  'an id of 15 characters': { id: 'a'.repeat(15) },
  'an id of 65 characters': { id: 'a'.repeat(65) },
  'an id with a symbol': { id: 'message.00000004' },
}

const { message: valid } = parts('alice')

function creating(): RuleCase[] {
  const { allow, deny, denyEach, all } = cases(conversation)
  for (const [name, sending] of Object.entries(allowedSendings)) {
    allow(name, ({ alice }) => send(alice, 'alice', sending))
  }
  denyEach(deniedSendings, ({ alice }, sending) => send(alice, 'alice', sending))
  deny('by a stranger', ({ mallory }) => send(mallory, 'mallory'))
  deny('by a stranger in a member’s name', ({ mallory }) => send(mallory, 'alice'))
  deny('by an account without a number', ({ phoneless }) => send(phoneless, 'alice'))
  deny('by someone signed out', ({ signedOut }) => send(signedOut, 'alice'))
  const path = `${messages}/${ids.next}`
  deny('without its chat', ({ alice }) => alice.doc(path).set(valid))
  deny('with a new time of the chat only', ({ alice }) =>
    alice.batch().set(alice.doc(path), valid).update(alice.doc(chatPath), { updatedAt: now }).commit(),
  )
  for (const name of Object.keys(valid)) {
    const summary = { id: ids.next, senderId: 'alice', kind: 'text', preview: 'Four', sentAt: now }
    deny(`without ${name}`, ({ alice }) =>
      alice
        .batch()
        .set(alice.doc(path), without(valid, name))
        .update(alice.doc(chatPath), { messageCount: 4, last: summary, updatedAt: now })
        .commit(),
    )
  }
  deny('sending a message again', ({ alice }) => send(alice, 'alice', { id: ids.first }))
  deny('sending a deleted message again', ({ alice }) => send(alice, 'alice', { id: ids.deleted }))
  return all
}

function chatless(): RuleCase[] {
  const { deny, all } = cases()
  deny('in a chat that does not exist', ({ alice }) => alice.doc(`${messages}/${ids.next}`).set(valid))
  return all
}

function blocking(): RuleCase[] {
  const block = (by: string, whom: string, blocked: boolean): Documents => ({
    [`users/${by}/blocked/${whom}`]: { blocked, updatedAt: past(1) },
  })
  const all: RuleCase[] = []
  for (const [by, whom] of [
    ['alice', 'bob'],
    ['bob', 'alice'],
  ] as const) {
    const known = cases({ ...conversation, ...block(by, whom, true) })
    known.deny(`${by} has blocked ${whom} and writes`, (world) => send(world[by], by))
    known.deny(`${by} has blocked ${whom}, who writes`, (world) => send(world[whom], whom))
    const unknown = cases(block(by, whom, true))
    unknown.deny(`${by} has blocked ${whom} and creates a chat`, (world) => createChat(world[by], by))
    unknown.deny(`${by} has blocked ${whom}, who creates a chat`, (world) => createChat(world[whom], whom))
    const unblocked = cases({ ...conversation, ...block(by, whom, false) })
    unblocked.allow(`${by} has unblocked ${whom} and writes`, (world) => send(world[by], by))
    unblocked.allow(`${by} has unblocked ${whom}, who writes`, (world) => send(world[whom], whom))
    all.push(...known.all, ...unknown.all, ...unblocked.all)
  }

  const sendAndBlock = (db: Parameters<typeof send>[0], blocked: boolean): Promise<void> =>
    db
      .batch()
      .set(db.doc('users/alice/blocked/bob'), { blocked, updatedAt: now })
      .set(db.doc(`${messages}/${ids.next}`), valid)
      .update(db.doc(chatPath), {
        messageCount: 4,
        last: { id: ids.next, senderId: 'alice', kind: 'text', preview: 'Four', sentAt: now },
        updatedAt: now,
      })
      .commit()
  const open = cases(conversation)
  open.allow('a block takes effect after its batch', ({ alice }) => sendAndBlock(alice, true))
  const closed = cases({ ...conversation, ...block('alice', 'bob', true) })
  closed.deny('an unblock takes effect after its batch', ({ alice }) => sendAndBlock(alice, false))
  closed.allow('a member who has blocked the other deletes their own message', ({ alice }) =>
    remove(alice, ids.first),
  )
  return [...all, ...open.all, ...closed.all]
}

function deleting(): RuleCase[] {
  const { allow, deny, denyEach, all } = cases(conversation)
  allow('by the sender', ({ alice }) => remove(alice, ids.first))
  deny('by the other member', ({ bob }) => remove(bob, ids.first))
  deny('the newest, by the other member', ({ alice }) =>
    remove(alice, ids.last, { chat: { last: lastDeleted } }),
  )
  deny('by a stranger', ({ mallory }) => remove(mallory, ids.first))
  deny('without its chat', ({ alice }) => alice.doc(`${messages}/${ids.first}`).update(deletion))
  deny('by an account without a number, without its chat', ({ phoneless }) =>
    phoneless.doc(`${messages}/${ids.first}`).update(deletion),
  )
  deny('by an account without a number', ({ phoneless }) => remove(phoneless, ids.first))
  deny('by someone signed out', ({ signedOut }) => remove(signedOut, ids.first))
  deny('by removing the document', ({ alice }) => alice.doc(`${messages}/${ids.first}`).delete())
  deny('a second time', ({ alice }) => remove(alice, ids.deleted))
  denyEach<Fields>(
    {
      'keeping the body': { deletedAt: now, updatedAt: now },
      'setting another body': { ...deletion, body: { kind: 'text', text: 'Never said' } },
      'removing the body only': { body: null, updatedAt: now },
      'deleted in the past': { ...deletion, deletedAt: past(9) },
      'updated in the past': { ...deletion, updatedAt: past(9) },
      'changing the sender': { ...deletion, senderId: 'bob' },
      'changing sentAt': { ...deletion, sentAt: past(2) },
      'changing seq': { ...deletion, seq: 9 },
      'adding a field': { ...deletion, extra: true },
      'editing the text': { body: { kind: 'text', text: 'Never said' }, updatedAt: now },
      'changing updatedAt only': { updatedAt: now },
    },
    ({ alice }, message) => remove(alice, ids.first, { message }),
  )
  deny('restoring a deleted message', ({ alice }) =>
    remove(alice, ids.deleted, {
      message: { body: { kind: 'text', text: 'Two' }, deletedAt: null, updatedAt: now },
    }),
  )
  return all
}

export const messagesSuite: RuleSuite = {
  block: 'chats/{chatId}/messages/{messageId}',
  cases: [...reading(), ...creating(), ...chatless(), ...blocking(), ...deleting()],
}
