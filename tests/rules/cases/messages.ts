import {
  ago,
  cases,
  now,
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
  edit,
  ids,
  messagePath,
  parts,
  people,
  send,
  type Sending,
} from './conversation.ts'

const collection = `${chatPath}/messages`
const text = (value: unknown): Fields => ({ kind: 'text', text: value })

function reading(): RuleCase[] {
  const { allow, deny, all } = cases(conversation)
  const changes = (db: Firestore) =>
    db.collection(collection).where('updatedAt', '>', past(1)).orderBy('updatedAt')
  for (const who of ['alice', 'bob'] as const) {
    allow(`${who} gets one`, (world) => world[who].doc(messagePath(ids.first)).get())
    allow(`${who} reads history`, (world) =>
      world[who]
        .collection(collection)
        .orderBy('sentAt', 'desc')
        .where('sentAt', '<=', ago(0))
        .limit(50)
        .get(),
    )
    allow(`${who} reads changes`, (world) => changes(world[who]).limit(1000).get())
    allow(`${who} asks which message has an object`, (world) =>
      world[who].collection(collection).where('body.file.object', '==', 'a'.repeat(32)).limit(1).get(),
    )
  }
  allow('a member gets a message that does not exist yet', ({ alice }) =>
    alice.doc(messagePath(ids.next)).get(),
  )
  deny('a member reads changes without a limit', ({ alice }) => changes(alice).get())
  deny('a member reads more than 1000 changes', ({ alice }) => changes(alice).limit(1001).get())
  for (const who of ['mallory', 'phoneless', 'signedOut'] as const) {
    deny(`${who} gets one`, (world) => world[who].doc(messagePath(ids.first)).get())
    deny(`${who} lists them`, (world) => world[who].collection(collection).limit(1).get())
  }
  deny('a member lists the messages of all chats', ({ alice }) =>
    alice.collectionGroup('messages').limit(1).get(),
  )
  deny('a member lists their own messages of all chats', ({ alice }) =>
    alice.collectionGroup('messages').where('senderId', '==', 'alice').limit(1).get(),
  )
  return all
}

const allowedSendings: Record<string, Sending> = {
  'the shortest text': { message: { body: text('!') } },
  'the longest text': { message: { body: text('x'.repeat(4096)) } },
  'a text of white space': { message: { body: text(' \n') } },
  'the first message of its sender': { message: { seq: 0 } },
  'the largest seq': { message: { seq: Number.MAX_SAFE_INTEGER } },
  'the shortest id': { id: 'a'.repeat(16) },
  'the longest id': { id: '-_'.repeat(32) },
}

const deniedSendings: Record<string, Sending> = {
  'in the name of the other member': { message: { senderId: 'bob' } },
  'in the name of a stranger': { message: { senderId: 'mallory' } },
  'sent in the past': { message: { sentAt: past(9) } },
  'sent in the future': { message: { sentAt: past(99_999_999) } },
  'updated in the past': { message: { updatedAt: past(9) } },
  'updated in the future': { message: { updatedAt: past(99_999_999) } },
  'a negative seq': { message: { seq: -1 } },
  'a fractional seq': { message: { seq: 0.5 } },
  'a seq that is too large': { message: { seq: 2 ** 53 } },
  'a seq that is not a number': { message: { seq: Number.NaN } },
  'a seq that is a string': { message: { seq: '4' } },
  // The SDK writes -0 as a float.
  'a seq that is a float of the same value as in last': { message: { seq: -0 }, last: { seq: 0 } },
  'created as edited': { message: { editedAt: now } },
  'created as edited in the past': { message: { editedAt: past(9) } },
  'created as deleted': { message: { deletedAt: now } },
  'created as deleted, without a body': { message: { deletedAt: now, body: null } },
  'without a body': { message: { body: null } },
  'a body that is a string': { message: { body: 'Next' } },
  'a body of an unknown kind': { message: { body: { kind: 'poll', text: 'Next' } } },
  'a body without a kind': { message: { body: { text: 'Next' } } },
  'a body without a text': { message: { body: { kind: 'text' } } },
  'a body with an extra field': { message: { body: { ...text('Next'), html: '<b>' } } },
  'a mention of the other member': { message: { body: { ...text('@Bob'), mentions: 'bob:0:4' } } },
  'an empty text': { message: { body: text('') } },
  'a text of 4097 characters': { message: { body: text('x'.repeat(4097)) } },
  'a text that is a list': { message: { body: text(['Next']) } },
  'a text that is a map': { message: { body: text({ value: 'Next' }) } },
  'a text that is null': { message: { body: text(null) } },
  'an extra field': { message: { extra: true } },
  'a field named id': { message: { id: ids.next } },
  'an id of 15 characters': { id: 'a'.repeat(15) },
  'an id of 65 characters': { id: 'a'.repeat(65) },
  'an id with a symbol': { id: 'message.00000009' },
}

const { message: valid, chat: validChat } = parts('alice')

function creating(): RuleCase[] {
  const { allow, deny, denyEach, all } = cases(conversation)
  for (const [name, sending] of Object.entries(allowedSendings)) {
    allow(name, ({ alice }) => send(alice, 'alice', sending))
  }
  denyEach(deniedSendings, ({ alice }, sending) => send(alice, 'alice', sending))
  deny('by a stranger in a member’s name', ({ mallory }) => send(mallory, 'alice'))
  deny('by someone signed out', ({ signedOut }) => send(signedOut, 'alice'))
  const path = messagePath(ids.next)
  deny('without its chat', ({ alice }) => alice.doc(path).set(valid))
  deny('with a new time of the chat only', ({ alice }) =>
    alice.batch().set(alice.doc(path), valid).update(alice.doc(chatPath), { updatedAt: now }).commit(),
  )
  deny('with the chat of an edit', ({ alice }) =>
    alice
      .batch()
      .set(alice.doc(path), valid)
      .update(alice.doc(messagePath(ids.first)), edit)
      .update(alice.doc(chatPath), changedChat(ids.first, edit))
      .commit(),
  )
  for (const name of Object.keys(valid)) {
    deny(`without ${name}`, ({ alice }) =>
      alice
        .batch()
        .set(alice.doc(path), without(valid, name))
        .update(alice.doc(chatPath), { ...validChat, last: without(validChat.last, name) })
        .commit(),
    )
  }
  deny('sending a message again', ({ alice }) => send(alice, 'alice', { id: ids.first }))
  deny('sending a deleted message again', ({ alice }) => send(alice, 'alice', { id: ids.deleted }))
  deny('sending over the other member’s message', ({ alice }) => send(alice, 'alice', { id: ids.last }))
  return all
}

/** `changed` of the chat names a message that does not exist. No client can write such a chat. */
function creatingUnchanged(): RuleCase[] {
  const { deny, all } = cases({ ...conversation, [chatPath]: { ...chat, changed: ids.next } })
  deny('without its chat, which names it already', ({ alice }) => alice.doc(messagePath(ids.next)).set(valid))
  return all
}

function chatless(): RuleCase[] {
  const { deny, all } = cases(people)
  deny('in a chat that does not exist', ({ alice }) => alice.doc(messagePath(ids.next)).set(valid))
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
    const unknown = cases({ ...people, ...block(by, whom, true) })
    unknown.deny(`${by} has blocked ${whom} and creates a chat`, (world) => createChat(world[by], by))
    unknown.deny(`${by} has blocked ${whom}, who creates a chat`, (world) => createChat(world[whom], whom))
    const unblocked = cases({ ...conversation, ...block(by, whom, false) })
    unblocked.allow(`${by} has unblocked ${whom} and writes`, (world) => send(world[by], by))
    unblocked.allow(`${by} has unblocked ${whom}, who writes`, (world) => send(world[whom], whom))
    all.push(...known.all, ...unknown.all, ...unblocked.all)
  }

  const sendAndBlock = (db: Firestore, blocked: boolean): Promise<void> =>
    db
      .batch()
      .set(db.doc('users/alice/blocked/bob'), { blocked, updatedAt: now })
      .set(db.doc(messagePath(ids.next)), valid)
      .update(db.doc(chatPath), validChat)
      .commit()
  const open = cases(conversation)
  open.allow('a block takes effect after its batch', ({ alice }) => sendAndBlock(alice, true))
  const closed = cases({ ...conversation, ...block('alice', 'bob', true) })
  closed.deny('an unblock takes effect after its batch', ({ alice }) => sendAndBlock(alice, false))
  closed.deny('a deleted block takes effect after its batch', ({ alice }) =>
    alice
      .batch()
      .delete(alice.doc('users/alice/blocked/bob'))
      .set(alice.doc(messagePath(ids.next)), valid)
      .update(alice.doc(chatPath), validChat)
      .commit(),
  )
  // No other write needs more lookups.
  const both = cases({ ...people, ...block('alice', 'bob', false), ...block('bob', 'alice', false) })
  both.allow('both have unblocked each other and one creates a chat', ({ alice }) =>
    createChat(alice, 'alice'),
  )
  return [...all, ...open.all, ...closed.all, ...both.all]
}

/** Content that neither an edit nor a deletion may have. `fields` are valid, and each variant changes them. */
const wrongChanges = (fields: Fields): Record<string, Fields> => ({
  'updated in the past': { ...fields, updatedAt: past(9) },
  'updated in the future': { ...fields, updatedAt: past(99_999_999) },
  'changing the sender': { ...fields, senderId: 'bob' },
  'changing sentAt': { ...fields, sentAt: past(2) },
  'sent again now': { ...fields, sentAt: now },
  'changing seq': { ...fields, seq: 9 },
  'adding a field': { ...fields, extra: true },
  'a body that is a string': { ...fields, body: 'Corrected' },
  'a body that is an empty map': { ...fields, body: {} },
  'a mention of the other member': { ...fields, body: { ...text('@Bob'), mentions: 'bob:0:4' } },
  'an empty text': { ...fields, body: text('') },
  'a text of 4097 characters': { ...fields, body: text('x'.repeat(4097)) },
  'a text that is a number': { ...fields, body: text(4) },
  'a body of another kind': { ...fields, body: { kind: 'poll', text: 'Corrected' } },
  'a body without a kind': { ...fields, body: { text: 'Corrected' } },
  'a body with an extra field': { ...fields, body: { ...text('Corrected'), html: '<b>' } },
  'a body with an extra field and the same text': { ...fields, body: { ...text('First'), html: '<b>' } },
  'edited and deleted': { ...edit, ...deletion },
})

function editing(): RuleCase[] {
  const { allow, deny, denyEach, all } = cases(conversation)
  allow('by the sender', ({ alice }) => change(alice, ids.first, edit))
  allow('a second time', ({ alice }) => change(alice, ids.edited, edit))
  allow('within 24 hours', ({ alice }) => change(alice, ids.recent, edit))
  allow('to the longest text', ({ alice }) =>
    change(alice, ids.first, { ...edit, body: text('x'.repeat(4096)) }),
  )
  allow('the text alone, by its path', ({ alice }) =>
    change(alice, ids.first, { 'body.text': 'Corrected', editedAt: now, updatedAt: now }),
  )
  allow('the newest, by paths', ({ bob }) =>
    bob
      .batch()
      .update(bob.doc(messagePath(ids.last)), {
        'body.text': 'Corrected',
        editedAt: now,
        updatedAt: now,
      })
      .update(bob.doc(chatPath), {
        ...changedChat(ids.first, edit),
        changed: ids.last,
        'last.body.text': 'Corrected',
        'last.editedAt': now,
        'last.updatedAt': now,
      })
      .commit(),
  )
  deny('by the other member', ({ bob }) => change(bob, ids.first, edit))
  deny('the newest, by the other member', ({ alice }) => change(alice, ids.last, edit))
  deny('by a stranger', ({ mallory }) => change(mallory, ids.first, edit))
  deny('by an account without a number', ({ phoneless }) => change(phoneless, ids.first, edit))
  deny('by someone signed out', ({ signedOut }) => change(signedOut, ids.first, edit))
  deny('after 24 hours', ({ alice }) => change(alice, ids.old, edit))
  deny('a deleted one', ({ alice }) => change(alice, ids.deleted, edit))
  deny('a deleted one, restoring it', ({ alice }) => change(alice, ids.deleted, { ...edit, deletedAt: null }))
  deny('the caption of another kind', ({ alice }) =>
    change(alice, ids.poll, { ...edit, body: { kind: 'poll', text: 'Corrected' } }),
  )
  deny('another kind into a text', ({ alice }) => change(alice, ids.poll, edit))
  deny('another kind into a text, keeping its words', ({ alice }) =>
    change(alice, ids.poll, { ...edit, body: text('Caption') }),
  )
  deny('one that does not exist', ({ alice }) => change(alice, ids.next, edit))
  deny('a newer version to an older time', ({ alice }) => change(alice, ids.ahead, edit))
  deny('without its chat', ({ alice }) => alice.doc(messagePath(ids.first)).update(edit))
  deny('with a new time of the chat only', ({ alice }) =>
    alice
      .batch()
      .update(alice.doc(messagePath(ids.first)), edit)
      .update(alice.doc(chatPath), { updatedAt: now })
      .commit(),
  )
  deny('the newest, without its chat, which names it already', ({ bob }) =>
    bob.doc(messagePath(ids.last)).update(edit),
  )
  denyEach<Fields>(
    {
      ...wrongChanges(edit),
      'keeping the text': { ...edit, body: text('First') },
      'changing the times only': { editedAt: now, updatedAt: now },
      'changing updatedAt only': { updatedAt: now },
      'keeping editedAt': { body: text('Corrected'), updatedAt: now },
      'keeping updatedAt': { body: text('Corrected'), editedAt: now },
      'edited in the past': { ...edit, editedAt: past(9) },
      'edited in the future': { ...edit, editedAt: past(99_999_999) },
      'without a body': { ...edit, body: null },
      'also deleted': { ...edit, deletedAt: now },
    },
    ({ alice }, fields) => change(alice, ids.first, fields),
  )
  deny('an edited one back to unedited', ({ alice }) =>
    change(alice, ids.edited, { ...edit, editedAt: null }),
  )
  return all
}

function deleting(): RuleCase[] {
  const { allow, deny, denyEach, all } = cases(conversation)
  allow('by the sender', ({ alice }) => change(alice, ids.first, deletion))
  allow('an edited one', ({ alice }) => change(alice, ids.edited, deletion))
  allow('after 24 hours', ({ alice }) => change(alice, ids.old, deletion))
  allow('one of another kind', ({ alice }) => change(alice, ids.poll, deletion))
  deny('by the other member', ({ bob }) => change(bob, ids.first, deletion))
  deny('the newest, by the other member', ({ alice }) => change(alice, ids.last, deletion))
  deny('by a stranger', ({ mallory }) => change(mallory, ids.first, deletion))
  deny('by an account without a number', ({ phoneless }) => change(phoneless, ids.first, deletion))
  deny('by an account without a number, without its chat', ({ phoneless }) =>
    phoneless.doc(messagePath(ids.first)).update(deletion),
  )
  deny('by someone signed out', ({ signedOut }) => change(signedOut, ids.first, deletion))
  deny('without its chat', ({ alice }) => alice.doc(messagePath(ids.first)).update(deletion))
  deny('the newest, without its chat, which names it already', ({ bob }) =>
    bob.doc(messagePath(ids.last)).update(deletion),
  )
  deny('by removing the document', ({ alice }) => alice.doc(messagePath(ids.first)).delete())
  deny('by removing the document, with its chat', ({ alice }) =>
    alice
      .batch()
      .delete(alice.doc(messagePath(ids.first)))
      .update(alice.doc(chatPath), changedChat(ids.first, deletion))
      .commit(),
  )
  deny('a second time', ({ alice }) => change(alice, ids.deleted, deletion))
  deny('a newer version at an older time', ({ alice }) => change(alice, ids.ahead, deletion))
  denyEach<Fields>(
    {
      ...wrongChanges(deletion),
      'keeping the body': { deletedAt: now, updatedAt: now },
      'keeping deletedAt': { body: null, updatedAt: now },
      'keeping updatedAt': { body: null, deletedAt: now },
      'setting another body': { ...deletion, body: text('Never said') },
      'deleted in the past': { ...deletion, deletedAt: past(9) },
      'deleted in the future': { ...deletion, deletedAt: past(99_999_999) },
    },
    ({ alice }, fields) => change(alice, ids.first, fields),
  )
  deny('restoring a deleted message', ({ alice }) =>
    change(alice, ids.deleted, { body: text('Back'), deletedAt: null, updatedAt: now }),
  )
  return all
}

export const messagesSuite: RuleSuite = {
  block: 'chats/{chatId}/messages/{messageId}',
  cases: [
    ...reading(),
    ...creating(),
    ...creatingUnchanged(),
    ...chatless(),
    ...blocking(),
    ...editing(),
    ...deleting(),
  ],
}
