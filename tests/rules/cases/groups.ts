import type { Batch } from '../firestore.ts'
import { photo, wrongPhotos } from './photo.ts'
import {
  ago,
  arrayRemove,
  arrayUnion,
  cases,
  now,
  oneMore,
  without,
  type Documents,
  type Fields,
  type Firestore,
  type RuleCase,
  type RuleSuite,
} from '../world.ts'

/*
 * Alice owns the group, Carol is an admin, Bob is a member, Mallory was removed. In `byBob`, Carol owns it and Bob is an admin, so that
 * Bob shows what an admin may do.
 */

export const groupId = 'Group000000000000001'
export const groupPath = `chats/${groupId}`
export const ids = {
  text: 'message-00000001',
  event: 'message-00000002',
  next: 'message-00000003',
  another: 'message-00000004',
}

const message = (senderId: string, body: unknown, minutesAgo: number): Fields => ({
  senderId,
  sentAt: ago(minutesAgo),
  updatedAt: ago(minutesAgo),
  seq: 3000 - minutesAgo,
  body,
  editedAt: null,
  deletedAt: null,
})
export const text = (value: string): Fields => ({ kind: 'text', text: value })
const mentioning = (mentions: unknown, value = '@Carol'): Fields => ({ ...text(value), mentions })
export const event = (name: string, uids: readonly string[]): Fields => ({ kind: 'event', event: name, uids })

const bobsText = message('bob', text('Hello'), 10)
const newest = message('alice', event('added', ['bob']), 5)
const policy = { post: 'all', edit: 'all', add: 'all' }
const group: Fields = {
  kind: 'group',
  memberIds: ['alice', 'bob', 'carol'],
  createdAt: ago(99),
  createdBy: 'alice',
  messageCount: 1,
  revision: 3,
  changed: ids.event,
  last: { id: ids.event, ...newest },
  updatedAt: ago(5),
  ownerId: 'alice',
  adminIds: ['alice', 'carol'],
  bannedIds: ['mallory'],
  title: 'Garden',
  description: '',
  policy,
}

const consent = (uid: string, groups: string): Documents => ({
  [`users/${uid}/private/settings`]: { lastSeen: 'everyone', groups, updatedAt: ago(99) },
})
const blocked = (uid: string, by: string, isBlocked = true): Documents => ({
  [`users/${by}/blocked/${uid}`]: { blocked: isBlocked, updatedAt: ago(9) },
})
const eight = ['p1', 'p2', 'p3', 'p4', 'p5', 'p6', 'p7', 'p8']
const people: Documents = Object.fromEntries(
  ['alice', 'bob', 'mallory', 'zoe', ...eight, 'p9'].flatMap((uid) =>
    Object.entries(consent(uid, 'everyone')),
  ),
)

export function given(patch: Fields = {}, more: Documents = {}): Documents {
  return {
    ...people,
    [groupPath]: { ...group, ...patch },
    [`${groupPath}/messages/${ids.text}`]: bobsText,
    [`${groupPath}/messages/${ids.event}`]: newest,
    ...more,
  }
}
const byAlice = given()
const byBob = given({ ownerId: 'carol', adminIds: ['carol', 'bob'] })
const closed = given({ policy: { post: 'admins', edit: 'admins', add: 'admins' } })

interface Sending {
  /** Changes the fields of the chat that the batch writes. */
  chat?: Fields
  message?: Fields
  last?: Fields
  id?: string
  /** Adds more writes to the batch. */
  extend?: (batch: Batch) => void
}

/** The batch of a client: a message and its group. An event does not count as a message. */
export function send(db: Firestore, uid: string, body: Fields, sending: Sending = {}): Promise<void> {
  const { chat = {}, id = ids.next } = sending
  const sent = { ...message(uid, body, 0), sentAt: now, updatedAt: now, seq: 5000, ...sending.message }
  const counted = body['kind'] === 'event' ? {} : { messageCount: oneMore }
  const reference = db.doc(groupPath)
  const batch = db
    .batch()
    .set(reference.collection('messages').doc(id), sent)
    .update(reference, {
      ...counted,
      revision: oneMore,
      changed: id,
      last: { id, ...sent, ...sending.last },
      updatedAt: now,
      ...chat,
    })
  sending.extend?.(batch)
  return batch.commit()
}

const added = (...uids: string[]): Fields => ({
  memberIds: arrayUnion(...uids),
  bannedIds: arrayRemove(...uids),
})
const removed = (...uids: string[]): Fields => ({
  memberIds: arrayRemove(...uids),
  adminIds: arrayRemove(...uids),
  bannedIds: arrayUnion(...uids),
})
const left = (uid: string): Fields => ({ memberIds: arrayRemove(uid), adminIds: arrayRemove(uid) })
const add = (db: Firestore, uid: string, ...uids: string[]): Promise<void> =>
  send(db, uid, event('added', uids), { chat: added(...uids) })
const remove = (db: Firestore, uid: string, ...uids: string[]): Promise<void> =>
  send(db, uid, event('removed', uids), { chat: removed(...uids) })

function reading(): RuleCase[] {
  const { allow, deny, all } = cases(byAlice)
  const mine = (db: Firestore, uid: string) =>
    db.collection('chats').where('memberIds', 'array-contains', uid).limit(1000)
  const messages = (db: Firestore) => db.collection(`${groupPath}/messages`).limit(1000)
  const one = `${groupPath}/messages/${ids.text}`
  allow('a member gets the group', ({ bob }) => bob.doc(groupPath).get())
  allow('a member lists their groups', ({ bob }) => mine(bob, 'bob').get())
  allow('a member lists the messages', ({ bob }) => messages(bob).get())
  allow('a member gets a message', ({ bob }) => bob.doc(one).get())
  deny('a removed person gets the group', ({ mallory }) => mallory.doc(groupPath).get())
  deny('a removed person lists the messages', ({ mallory }) => messages(mallory).get())
  deny('a removed person gets a message', ({ mallory }) => mallory.doc(one).get())
  deny('an account without a number gets a message', ({ phoneless }) => phoneless.doc(one).get())
  deny('an account without a number lists the messages', ({ phoneless }) => messages(phoneless).get())
  deny('a member lists the messages without a limit', ({ bob }) =>
    bob.collection(`${groupPath}/messages`).get(),
  )
  deny('a member deletes the group', ({ alice }) => alice.doc(groupPath).delete())
  // A group's id is no member.
  const namesake = cases({
    'chats/mallory': { ...group, bannedIds: [] },
    [`chats/mallory/messages/${ids.text}`]: bobsText,
  })
  namesake.deny('someone whose id is that of a group reads its messages', ({ mallory }) =>
    mallory.collection('chats/mallory/messages').limit(1000).get(),
  )
  return [...all, ...namesake.all]
}

function create(
  db: Firestore,
  uid: string,
  patch: Fields = {},
  body: Fields = {},
  id = groupId,
  missing = '',
): Promise<void> {
  const uids = ['p1', 'p2']
  const created = { kind: 'event', event: 'created', uids, title: 'Garden', ...body }
  const first = { ...message(uid, created, 0), sentAt: now, updatedAt: now, seq: 1 }
  const chat: Fields = {
    kind: 'group',
    memberIds: [uid, ...uids],
    createdAt: now,
    createdBy: uid,
    messageCount: 0,
    revision: 1,
    changed: ids.next,
    last: { id: ids.next, ...first },
    updatedAt: now,
    ownerId: uid,
    adminIds: [uid],
    bannedIds: [],
    title: 'Garden',
    description: '',
    policy,
    ...patch,
  }
  return db
    .batch()
    .set(db.doc(`chats/${id}/messages/${ids.next}`), first)
    .set(db.doc(`chats/${id}`), without(chat, missing))
    .commit()
}

function creating(): RuleCase[] {
  const { allow, deny, denyEach, all } = cases(people)
  allow('anyone creates a group', ({ alice }) => create(alice, 'alice'))
  allow('anyone creates a group alone', ({ alice }) =>
    create(alice, 'alice', { memberIds: ['alice'] }, { uids: [] }),
  )
  allow('anyone creates a group with eight others', ({ alice }) =>
    create(alice, 'alice', { memberIds: ['alice', ...eight] }, { uids: eight }),
  )
  deny('an account without a number creates a group', ({ phoneless }) => create(phoneless, 'alice'))
  deny('someone signed out creates a group', ({ signedOut }) => create(signedOut, 'alice'))
  deny('in the name of another', ({ bob }) => create(bob, 'alice'))
  deny('with nine others', ({ alice }) =>
    create(alice, 'alice', { memberIds: ['alice', ...eight, 'p9'] }, { uids: [...eight, 'p9'] }),
  )
  denyEach<Fields>(
    {
      'with another kind': { kind: 'direct' },
      'with an unknown kind': { kind: 'channel' },
      'owned by another': { ownerId: 'p1' },
      'with another admin': { adminIds: ['alice', 'p1'] },
      'with someone removed': { bannedIds: ['bob'] },
      'with a member more than the event says': { memberIds: ['alice', 'p1', 'p2', 'p3'] },
      'without its creator': { memberIds: ['p1', 'p2'] },
      'with members in another order': { memberIds: ['alice', 'p2', 'p1'] },
      'with another title than the event': { title: 'Other' },
      'with a description': { description: 'About' },
      'with another policy': { policy: { ...policy, post: 'admins' } },
      'with a policy more': { policy: { ...policy, approve: true } },
      'with a counted message': { messageCount: 1 },
      'at revision 2': { revision: 2 },
      'created in the past': { createdAt: ago(1) },
      'updated in the past': { updatedAt: ago(1) },
      'created by another': { createdBy: 'p1' },
      'with a photo': { photo },
      'with a field more': { more: 'x' },
      'about another message': { changed: ids.another },
    },
    ({ alice }, patch) => create(alice, 'alice', patch),
  )
  allow('with the word that it has no photo', ({ alice }) => create(alice, 'alice', { photo: null }))
  for (const field of ['bannedIds', 'description', 'policy', 'adminIds', 'ownerId', 'title'])
    deny(`without ${field}`, ({ alice }) => create(alice, 'alice', {}, {}, groupId, field))
  deny('with a person twice', ({ alice }) =>
    create(alice, 'alice', { memberIds: ['alice', 'p1', 'p1'] }, { uids: ['p1', 'p1'] }),
  )
  deny('with oneself among the others', ({ alice }) =>
    create(alice, 'alice', { memberIds: ['alice', 'alice'] }, { uids: ['alice'] }),
  )
  denyEach<string>(
    { 'with an empty title': '', 'with a title of 101 characters': 'x'.repeat(101) },
    ({ alice }, title) => create(alice, 'alice', { title }, { title }),
  )
  allow('with a title of 100 characters', ({ alice }) =>
    create(alice, 'alice', { title: 'x'.repeat(100) }, { title: 'x'.repeat(100) }),
  )
  deny('with another event', ({ alice }) => create(alice, 'alice', {}, { event: 'added' }))
  deny('with an event that says more', ({ alice }) => create(alice, 'alice', {}, { more: 1 }))
  deny('with a text', ({ alice }) => create(alice, 'alice', { messageCount: 1 }, text('Hello')))
  denyEach<string>(
    {
      'with an id like a direct chat’s': 'alice_bob',
      'with a short id': 'Group',
      'with a long id': `${groupId}1`,
    },
    ({ alice }, id) => create(alice, 'alice', {}, {}, id),
  )
  deny('with someone who does not exist', ({ alice }) =>
    create(alice, 'alice', { memberIds: ['alice', 'nobody'] }, { uids: ['nobody'] }),
  )
  const existing = cases(byAlice)
  existing.deny('over a group', ({ alice }) => create(alice, 'alice'))
  const orphaned = cases({ ...people, [`${groupPath}/messages/${ids.next}`]: bobsText })
  orphaned.deny('over an existing message', ({ alice }) => create(alice, 'alice'))
  return [...all, ...existing.all, ...orphaned.all]
}

function writing(): RuleCase[] {
  const { allow, deny, denyEach, all } = cases(byAlice)
  const write = (db: Firestore, uid: string, sending: Sending = {}) => send(db, uid, text('Hi'), sending)
  allow('a member writes a text', ({ bob }) => write(bob, 'bob'))
  deny('a removed person writes a text', ({ mallory }) => write(mallory, 'mallory'))
  deny('an account without a number writes a text', ({ phoneless }) => write(phoneless, 'alice'))
  deny('a member writes in the name of another', ({ bob }) => write(bob, 'alice'))
  denyEach<Fields>(
    {
      'without counting it': { messageCount: 1 },
      'counting it twice': { messageCount: 3 },
      'without a revision': { revision: 3 },
      'with a revision more': { revision: 5 },
      'and becomes an admin': { adminIds: arrayUnion('bob') },
      'and becomes the owner': { ownerId: 'bob' },
      'and adds someone': { memberIds: arrayUnion('zoe') },
      'and removes someone': { memberIds: arrayRemove('carol') },
      'and lets a removed person back': { bannedIds: [] },
      'and renames the group': { title: 'Mine' },
      'and describes the group': { description: 'Mine' },
      'and changes the policy': { policy: { ...policy, post: 'admins' } },
      'and changes the kind': { kind: 'direct' },
      'and changes who created it': { createdBy: 'bob' },
      'about another message': { changed: ids.text },
      'with a time in the past': { updatedAt: ago(1) },
    },
    ({ bob }, chat) => write(bob, 'bob', { chat }),
  )
  // Events are compared with the change of the group. What only looks like one would not be.
  deny('a member writes a body of an unknown kind that looks like an event', ({ bob }) =>
    send(bob, 'bob', { ...event('left', ['bob']), kind: 'poll' }),
  )
  deny('with another text in the list', ({ bob }) => write(bob, 'bob', { last: { body: text('Other') } }))
  deny('without the group', ({ bob }) =>
    bob
      .doc(`${groupPath}/messages/${ids.next}`)
      .set({ ...message('bob', text('Hi'), 0), sentAt: now, updatedAt: now }),
  )
  deny('over an existing message', ({ bob }) => write(bob, 'bob', { id: ids.text }))
  const admins = cases(closed)
  admins.allow('an admin writes where only admins may', ({ alice }) => write(alice, 'alice'))
  admins.deny('a member writes where only admins may', ({ bob }) => write(bob, 'bob'))
  const deleted = cases(given({ memberIds: [], adminIds: [] }))
  deleted.deny('the owner of a deleted group writes', ({ alice }) => write(alice, 'alice'))
  deleted.deny('the owner of a deleted group adds someone', ({ alice }) => add(alice, 'alice', 'zoe'))
  deleted.deny('the owner reads a deleted group', ({ alice }) => alice.doc(groupPath).get())
  return [...all, ...admins.all, ...deleted.all]
}

/** Mentions of a text. Alice owns the group, Carol is an admin, Bob is a member. */
function mentioningPeople(): RuleCase[] {
  const fifty = Array.from({ length: 50 }, () => 'carol:0:6').join(' ')
  const { allow, deny, denyEach, all } = cases(byAlice)
  const write = (db: Firestore, uid: string, mentions: unknown) => send(db, uid, mentioning(mentions))
  allow('a member mentions someone', ({ bob }) => write(bob, 'bob', 'carol:0:6'))
  allow('a member mentions two people', ({ bob }) => write(bob, 'bob', 'carol:0:6 alice:6:9999'))
  allow('a member mentions fifty people', ({ bob }) => write(bob, 'bob', fifty))
  allow('a member mentions someone with a long uid', ({ bob }) => write(bob, 'bob', `${'x'.repeat(128)}:0:6`))
  allow('the owner mentions everyone and someone', ({ alice }) => write(alice, 'alice', 'carol:0:3 *:3:3'))
  denyEach<unknown>(
    {
      'a member mentions everyone': '*:0:6',
      'a member mentions someone and everyone': 'carol:0:3 *:3:3',
      'a member mentions everyone and someone': '*:0:3 carol:3:3',
      'nobody is mentioned': '',
      'fifty-one people are mentioned': `${fifty} carol:0:6`,
      'the mentions have 7001 characters': `${'x'.repeat(6997)}:0:6`,
      'a mention has no range': 'carol',
      'a mention has no length': 'carol:0',
      'a mention has no person': ':0:6',
      'a mention starts before the text': 'carol:-1:6',
      'a mention starts far behind the text': 'carol:10000:6',
      'a mention has a fraction': 'carol:0.5:6',
      'a mention says more': 'carol:0:6:1',
      'two spaces are between two mentions': 'carol:0:6  alice:6:6',
      'a space is behind the mentions': 'carol:0:6 ',
      'a line break is between two mentions': 'carol:0:6\nalice:6:6',
      'everyone is hidden behind a line break': 'carol:0:6\n*:0:6',
      'a uid has an underscore': 'a_b:0:6',
      'the mentions are a list': ['carol:0:6'],
      'the mentions are a map': { carol: '0:6' },
      'the mentions are a number': 6,
      'the mentions are null': null,
    },
    ({ bob }, mentions) => write(bob, 'bob', mentions),
  )
  deny('an event mentions someone', ({ alice }) =>
    send(
      alice,
      'alice',
      { kind: 'event', event: 'renamed', title: 'New', mentions: 'carol:0:6' },
      { chat: { title: 'New' } },
    ),
  )
  allow('the mentions have 7000 characters', ({ bob }) => write(bob, 'bob', `${'x'.repeat(6996)}:0:6`))
  const admins = cases(byBob)
  admins.allow('an admin mentions everyone', ({ bob }) => write(bob, 'bob', '*:0:6'))
  admins.deny('a former admin mentions everyone', ({ alice }) => write(alice, 'alice', '*:0:6'))
  return [...all, ...admins.all]
}

function changing(): RuleCase[] {
  const edited = { body: text('New'), editedAt: now, updatedAt: now }
  const deletion = { body: null, deletedAt: now, updatedAt: now }
  const change = (db: Firestore, id: string, fields: Fields, chat: Fields = {}): Promise<void> =>
    db
      .batch()
      .update(db.doc(`${groupPath}/messages/${id}`), fields)
      .update(db.doc(groupPath), { revision: oneMore, changed: id, updatedAt: now, ...chat })
      .commit()
  const { allow, deny, denyEach, all } = cases(byAlice)
  allow('a member edits an own text', ({ bob }) => change(bob, ids.text, edited))
  const editTo = (db: Firestore, body: Fields) => change(db, ids.text, { ...edited, body })
  allow('a member mentions someone in an edit', ({ bob }) => editTo(bob, mentioning('carol:0:6')))
  allow('a member mentions someone in the same text', ({ bob }) =>
    editTo(bob, mentioning('carol:0:5', 'Hello')),
  )
  deny('a member mentions everyone in an edit', ({ bob }) => editTo(bob, mentioning('*:0:6')))
  deny('an edit has malformed mentions', ({ bob }) => editTo(bob, mentioning('carol')))
  deny('an edit changes nothing', ({ bob }) => editTo(bob, text('Hello')))
  allow('a member deletes an own text', ({ bob }) => change(bob, ids.text, deletion))
  allow('an admin deletes a text of a member', ({ alice }) => change(alice, ids.text, deletion))
  deny('an admin edits a text of a member', ({ alice }) => change(alice, ids.text, edited))
  const last = Object.fromEntries(Object.entries(deletion).map(([name, value]) => [`last.${name}`, value]))
  deny('an event is deleted', ({ alice }) => change(alice, ids.event, deletion, last))
  deny('an event is edited', ({ alice }) =>
    change(alice, ids.event, { ...edited, body: event('added', ['zoe']) }),
  )
  deny('a removed person deletes a text', ({ mallory }) => change(mallory, ids.text, deletion))
  denyEach<Fields>(
    {
      'counts one more': { messageCount: oneMore },
      'renames the group': { title: 'Mine' },
      'adds an admin': { adminIds: arrayUnion('bob') },
      'changes the newest message': { last: { id: ids.text, ...bobsText } },
    },
    ({ bob }, chat) => change(bob, ids.text, edited, chat),
  )
  const carols = cases(
    given({}, { [`${groupPath}/messages/${ids.another}`]: message('carol', text('Mine'), 9) }),
  )
  carols.deny('a member deletes a text of another', ({ bob }) => change(bob, ids.another, deletion))
  const mentioned = cases(
    given({}, { [`${groupPath}/messages/${ids.text}`]: { ...bobsText, body: mentioning('carol:0:6') } }),
  )
  mentioned.allow('a member keeps a mention in an edit', ({ bob }) =>
    editTo(bob, mentioning('carol:3:6', 'Hi @Carol')),
  )
  mentioned.allow('a member removes a mention', ({ bob }) => editTo(bob, text('Hi')))
  const former = cases(given({ memberIds: ['alice', 'carol'] }))
  former.allow('a former member gets an own text', ({ bob }) =>
    bob.doc(`${groupPath}/messages/${ids.text}`).get(),
  )
  former.deny('a former member gets a text that does not exist', ({ bob }) =>
    bob.doc(`${groupPath}/messages/${ids.another}`).get(),
  )
  former.deny('a former member lists own texts', ({ bob }) =>
    bob.collection(`${groupPath}/messages`).where('senderId', '==', 'bob').limit(1000).get(),
  )
  former.deny('a former member edits an own text', ({ bob }) => change(bob, ids.text, edited))
  former.deny('a former member deletes an own text', ({ bob }) => change(bob, ids.text, deletion))
  return [...all, ...carols.all, ...mentioned.all, ...former.all]
}

function adding(): RuleCase[] {
  const { allow, deny, denyEach, all } = cases(byAlice)
  allow('a member adds someone', ({ bob }) => add(bob, 'bob', 'zoe'))
  allow('a member adds eight people', ({ bob }) => add(bob, 'bob', ...eight))
  allow('an admin adds someone who was removed', ({ alice }) => add(alice, 'alice', 'mallory'))
  deny('a member adds someone who was removed', ({ bob }) => add(bob, 'bob', 'mallory'))
  deny('a removed person adds themselves', ({ mallory }) => add(mallory, 'mallory', 'mallory'))
  deny('a member adds nine people', ({ bob }) => add(bob, 'bob', ...eight, 'p9'))
  deny('a member adds nobody', ({ bob }) => send(bob, 'bob', event('added', [])))
  deny('a member adds a member', ({ bob }) => add(bob, 'bob', 'carol'))
  deny('a member adds someone twice', ({ bob }) =>
    send(bob, 'bob', event('added', ['zoe', 'zoe']), { chat: added('zoe') }),
  )
  deny('a member adds someone who does not exist', ({ bob }) => add(bob, 'bob', 'nobody'))
  const zoe = event('added', ['zoe'])
  denyEach<Fields>(
    {
      'counts the event': { ...added('zoe'), messageCount: oneMore },
      'adds nobody': {},
      'adds another': added('p1'),
      'adds one more': added('zoe', 'p1'),
      'adds in front': { memberIds: ['zoe', 'alice', 'bob', 'carol'] },
      'makes them an admin': { ...added('zoe'), adminIds: arrayUnion('zoe') },
      'renames the group too': { ...added('zoe'), title: 'Mine' },
      'lets a removed person back too': { ...added('zoe'), bannedIds: [] },
    },
    ({ bob }, chat) => send(bob, 'bob', zoe, { chat }),
  )
  deny('an event with words of one’s own', ({ bob }) =>
    send(bob, 'bob', { ...zoe, title: 'Boo' }, { chat: added('zoe') }),
  )
  deny('an unknown event', ({ bob }) => send(bob, 'bob', event('invited', ['zoe']), { chat: added('zoe') }))
  deny('a change without an event', ({ bob }) =>
    bob.doc(groupPath).update({ ...added('zoe'), revision: oneMore, updatedAt: now }),
  )
  const admins = cases(closed)
  admins.allow('an admin adds someone where only admins may', ({ alice }) => add(alice, 'alice', 'zoe'))
  admins.deny('a member adds someone where only admins may', ({ bob }) => add(bob, 'bob', 'zoe'))
  const many = Array.from({ length: 252 }, (_, n) => `m${String(n)}`)
  const full = cases(given({ memberIds: ['alice', 'bob', 'carol', ...many] }))
  full.allow('the 256th member', ({ bob }) => add(bob, 'bob', 'zoe'))
  full.deny('the 257th member', ({ bob }) => add(bob, 'bob', 'zoe', 'p1'))
  return [...all, ...admins.all, ...full.all, ...consenting()]
}

function consenting(): RuleCase[] {
  const world = (documents: Documents) => cases(given({}, documents))
  const contact = { [`users/zoe/contacts/bob`]: { name: 'Bob', phone: null, updatedAt: ago(9) } }
  const invitesZoe = ({ bob }: { bob: Firestore }) => add(bob, 'bob', 'zoe')
  const worlds = {
    'someone who lets nobody add them': { allowed: false, documents: consent('zoe', 'nobody') },
    'someone with an unknown choice': { allowed: false, documents: consent('zoe', 'friends') },
    'someone who lets contacts add them, a stranger': {
      allowed: false,
      documents: consent('zoe', 'contacts'),
    },
    'someone who lets contacts add them, a contact': {
      allowed: true,
      documents: { ...consent('zoe', 'contacts'), ...contact },
    },
    'someone who lets nobody add them, a contact': {
      allowed: false,
      documents: { ...consent('zoe', 'nobody'), ...contact },
    },
    'someone who blocked them': { allowed: false, documents: blocked('bob', 'zoe') },
    'someone who unblocked them': { allowed: true, documents: blocked('bob', 'zoe', false) },
  }
  const all = Object.entries(worlds).flatMap(([name, { allowed, documents }]) => {
    const made = world(documents)
    made[allowed ? 'allow' : 'deny'](`a member adds ${name}`, invitesZoe)
    return made.all
  })
  // Each of the eight is asked.
  const each = eight.flatMap((uid, index) => {
    const made = world(consent(uid, 'nobody'))
    made.deny(`a member adds eight people, of whom number ${String(index + 1)} refuses`, ({ bob }) =>
      add(bob, 'bob', ...eight),
    )
    return made.all
  })
  const creates = cases({ ...people, ...consent('p2', 'nobody') })
  creates.deny('anyone creates a group with someone who refuses', ({ alice }) => create(alice, 'alice'))
  const lastOfEight = cases({ ...people, ...consent('p8', 'nobody') })
  lastOfEight.deny('anyone creates a group with eight others, of whom the last refuses', ({ alice }) =>
    create(alice, 'alice', { memberIds: ['alice', ...eight] }, { uids: eight }),
  )
  return [...all, ...each, ...creates.all, ...lastOfEight.all]
}

function removing(): RuleCase[] {
  const { allow, deny, denyEach, all } = cases(byAlice)
  allow('the owner removes a member', ({ alice }) => remove(alice, 'alice', 'bob'))
  allow('the owner removes an admin', ({ alice }) => remove(alice, 'alice', 'carol'))
  deny('a member removes a member', ({ bob }) => remove(bob, 'bob', 'carol'))
  deny('the owner removes themselves', ({ alice }) => remove(alice, 'alice', 'alice'))
  deny('the owner removes someone who is not a member', ({ alice }) => remove(alice, 'alice', 'zoe'))
  deny('the owner removes someone twice', ({ alice }) =>
    send(alice, 'alice', event('removed', ['bob', 'bob']), {
      chat: { memberIds: arrayRemove('bob'), bannedIds: ['mallory', 'bob', 'bob'] },
    }),
  )
  deny('the owner removes nobody', ({ alice }) => send(alice, 'alice', event('removed', [])))
  const bobOut = event('removed', ['bob'])
  denyEach<Fields>(
    {
      'removes another': removed('carol'),
      'removes one more': removed('bob', 'carol'),
      'does not note it': { memberIds: arrayRemove('bob') },
      'notes another': { ...removed('bob'), bannedIds: arrayUnion('zoe') },
      'removes nobody': {},
      'takes an admin’s role too': { ...removed('bob'), adminIds: ['alice'] },
      'takes the others’ bans away': { ...removed('bob'), bannedIds: ['bob'] },
      'counts the event': { ...removed('bob'), messageCount: oneMore },
      'renames the group too': { ...removed('bob'), title: 'Mine' },
    },
    ({ alice }, chat) => send(alice, 'alice', bobOut, { chat }),
  )
  const many = cases(given({ memberIds: ['alice', 'bob', ...eight, 'p9'] }))
  many.allow('the owner removes eight people', ({ alice }) => remove(alice, 'alice', ...eight))
  many.deny('the owner removes nine people', ({ alice }) => remove(alice, 'alice', ...eight, 'p9'))
  const admin = cases(
    given({ ownerId: 'carol', adminIds: ['carol', 'bob', 'p1'], memberIds: ['alice', 'bob', 'carol', 'p1'] }),
  )
  admin.allow('an admin removes a member', ({ bob }) => remove(bob, 'bob', 'alice'))
  admin.deny('an admin removes the owner', ({ bob }) => remove(bob, 'bob', 'carol'))
  admin.deny('an admin removes an admin', ({ bob }) => remove(bob, 'bob', 'p1'))
  admin.deny('an admin removes themselves', ({ bob }) => remove(bob, 'bob', 'bob'))
  return [...all, ...many.all, ...admin.all]
}

function leaving(): RuleCase[] {
  const leave = (db: Firestore, uid: string, who = uid) =>
    send(db, uid, event('left', [who]), { chat: left(who) })
  const { allow, deny, denyEach, all } = cases(byAlice)
  allow('a member leaves', ({ bob }) => leave(bob, 'bob'))
  deny('the owner leaves the others', ({ alice }) => leave(alice, 'alice'))
  deny('a member makes another leave', ({ bob }) => leave(bob, 'bob', 'carol'))
  deny('a removed person leaves', ({ mallory }) => leave(mallory, 'mallory'))
  denyEach<Fields>(
    {
      stays: {},
      'takes another along': { memberIds: ['alice'] },
      'takes an admin’s role too': { ...left('bob'), adminIds: ['alice'] },
      'counts the event': { ...left('bob'), messageCount: oneMore },
      'renames the group too': { ...left('bob'), title: 'Mine' },
    },
    ({ bob }, chat) => send(bob, 'bob', event('left', ['bob']), { chat }),
  )
  const admin = cases(byBob)
  admin.allow('an admin leaves', ({ bob }) => leave(bob, 'bob'))
  admin.deny('an admin leaves and keeps the role', ({ bob }) =>
    send(bob, 'bob', event('left', ['bob']), { chat: { memberIds: arrayRemove('bob') } }),
  )
  const alone = cases(given({ memberIds: ['alice'], adminIds: ['alice'] }))
  alone.allow('the owner leaves as the last one', ({ alice }) => leave(alice, 'alice'))
  return [...all, ...admin.all, ...alone.all]
}

function roles(): RuleCase[] {
  const promote = (db: Firestore, uid: string, ...uids: string[]) =>
    send(db, uid, event('promoted', uids), { chat: { adminIds: arrayUnion(...uids) } })
  const demote = (db: Firestore, uid: string, ...uids: string[]) =>
    send(db, uid, event('demoted', uids), { chat: { adminIds: arrayRemove(...uids) } })
  const transfer = (db: Firestore, uid: string, to: string, chat: Fields = {}) =>
    send(db, uid, event('transferred', [to]), { chat: { ownerId: to, adminIds: arrayUnion(to), ...chat } })
  const { allow, deny, all } = cases(byAlice)
  allow('the owner makes a member an admin', ({ alice }) => promote(alice, 'alice', 'bob'))
  deny('a member makes themselves an admin', ({ bob }) => promote(bob, 'bob', 'bob'))
  deny('the owner makes an admin an admin', ({ alice }) => promote(alice, 'alice', 'carol'))
  deny('the owner makes someone an admin who is not a member', ({ alice }) => promote(alice, 'alice', 'zoe'))
  deny('the owner makes nobody an admin', ({ alice }) => send(alice, 'alice', event('promoted', [])))
  deny('the owner makes another an admin than the event says', ({ alice }) =>
    send(alice, 'alice', event('promoted', ['bob']), { chat: { adminIds: arrayUnion('zoe') } }),
  )
  deny('the owner makes a member an admin and renames the group', ({ alice }) =>
    send(alice, 'alice', event('promoted', ['bob']), {
      chat: { adminIds: arrayUnion('bob'), title: 'Mine' },
    }),
  )
  allow('the owner takes an admin’s role', ({ alice }) => demote(alice, 'alice', 'carol'))
  deny('the owner takes the role of a member', ({ alice }) => demote(alice, 'alice', 'bob'))
  deny('the owner takes their own role', ({ alice }) => demote(alice, 'alice', 'alice'))
  deny('the owner takes another role than the event says', ({ alice }) =>
    send(alice, 'alice', event('demoted', ['carol']), { chat: { adminIds: [] } }),
  )
  deny('the owner takes an admin’s role and renames the group', ({ alice }) =>
    send(alice, 'alice', event('demoted', ['carol']), {
      chat: { adminIds: arrayRemove('carol'), title: 'Mine' },
    }),
  )
  allow('the owner hands the group to a member', ({ alice }) => transfer(alice, 'alice', 'bob'))
  allow('the owner hands the group to an admin', ({ alice }) => transfer(alice, 'alice', 'carol'))
  deny('the owner hands the group to someone who is not a member', ({ alice }) =>
    transfer(alice, 'alice', 'zoe'),
  )
  deny('the owner hands the group to themselves', ({ alice }) => transfer(alice, 'alice', 'alice'))
  deny('a member takes the group', ({ bob }) => transfer(bob, 'bob', 'bob'))
  deny('the owner hands the group to another than the event says', ({ alice }) =>
    transfer(alice, 'alice', 'bob', { ownerId: 'carol' }),
  )
  deny('the new owner is not an admin', ({ alice }) =>
    transfer(alice, 'alice', 'bob', { adminIds: ['alice', 'carol'] }),
  )
  deny('the new owner is an admin twice', ({ alice }) =>
    transfer(alice, 'alice', 'bob', { adminIds: ['alice', 'carol', 'bob', 'bob'] }),
  )
  deny('the owner hands the group over and renames it', ({ alice }) =>
    transfer(alice, 'alice', 'bob', { title: 'x' }),
  )
  const pair = cases(given({ memberIds: ['alice', 'bob', 'carol', 'zoe'] }))
  pair.deny('the owner makes two members admins', ({ alice }) => promote(alice, 'alice', 'bob', 'zoe'))
  const admin = cases(byBob)
  admin.deny('an admin makes a member an admin', ({ bob }) => promote(bob, 'bob', 'alice'))
  admin.deny('an admin takes their own role', ({ bob }) => demote(bob, 'bob', 'bob'))
  admin.deny('an admin takes the owner’s role', ({ bob }) => demote(bob, 'bob', 'carol'))
  admin.deny('an admin takes the group', ({ bob }) => transfer(bob, 'bob', 'bob'))
  return [...all, ...pair.all, ...admin.all]
}

function info(): RuleCase[] {
  const rename = (db: Firestore, uid: string, title: string, chat: Fields = { title }) =>
    send(db, uid, { kind: 'event', event: 'renamed', title }, { chat })
  const describe = (db: Firestore, uid: string, description: string, chat: Fields = { description }) =>
    send(db, uid, { kind: 'event', event: 'described', description }, { chat })
  const change = (db: Firestore, uid: string, next: unknown, chat: Fields = { policy: next }) =>
    send(db, uid, { kind: 'event', event: 'policy', policy: next }, { chat })
  const { allow, deny, denyEach, all } = cases(byAlice)
  allow('a member renames the group', ({ bob }) => rename(bob, 'bob', 'x'.repeat(100)))
  deny('a member takes the title away', ({ bob }) => rename(bob, 'bob', ''))
  deny('a member sets a title of 101 characters', ({ bob }) => rename(bob, 'bob', 'x'.repeat(101)))
  deny('a removed person renames the group', ({ mallory }) => rename(mallory, 'mallory', 'New'))
  denyEach<Fields>(
    {
      'another title than the event says': { title: 'Other' },
      'no title': {},
      'the description too': { title: 'New', description: 'x' },
      'with a counted event': { title: 'New', messageCount: oneMore },
    },
    ({ bob }, chat) => rename(bob, 'bob', 'New', chat),
  )
  allow('a member describes the group', ({ bob }) => describe(bob, 'bob', 'x'.repeat(500)))
  deny('a member sets a description of 501 characters', ({ bob }) => describe(bob, 'bob', 'x'.repeat(501)))
  deny('a member sets another description than the event says', ({ bob }) =>
    describe(bob, 'bob', 'New', { description: 'Other' }),
  )
  deny('a member sets the title by describing', ({ bob }) =>
    describe(bob, 'bob', 'New', { description: 'New', title: 'New' }),
  )
  const strict = { post: 'admins', edit: 'admins', add: 'admins' }
  allow('an admin changes the policy', ({ alice }) => change(alice, 'alice', strict))
  deny('a member changes the policy', ({ bob }) => change(bob, 'bob', strict))
  denyEach<unknown>(
    {
      'an unknown value for post': { ...strict, post: 'owner' },
      'an unknown value for edit': { ...strict, edit: 'owner' },
      'an unknown value for add': { ...strict, add: 'owner' },
      'a field more': { ...strict, more: 1 },
      'a field less': without(strict, 'add'),
      'a text': 'all',
    },
    ({ alice }, next) => change(alice, 'alice', next),
  )
  deny('an admin sets another policy than the event says', ({ alice }) =>
    change(alice, 'alice', strict, { policy: { ...strict, add: 'all' } }),
  )
  deny('an admin renames the group by its policy', ({ alice }) =>
    change(alice, 'alice', strict, { policy: strict, title: 'New' }),
  )
  const admins = cases(closed)
  admins.allow('an admin renames where only admins may', ({ alice }) => rename(alice, 'alice', 'New'))
  admins.allow('an admin describes where only admins may', ({ alice }) => describe(alice, 'alice', 'New'))
  admins.deny('a member renames where only admins may', ({ bob }) => rename(bob, 'bob', 'New'))
  admins.deny('a member describes where only admins may', ({ bob }) => describe(bob, 'bob', 'New'))
  return [...all, ...admins.all]
}

function changingThePhoto(): RuleCase[] {
  const show = (db: Firestore, uid: string, next: unknown, chat: Fields = { photo: next }) =>
    send(db, uid, { kind: 'event', event: 'photo', photo: next }, { chat })
  const { allow, deny, denyEach, all } = cases(byAlice)
  allow('a member sets the photo', ({ bob }) => show(bob, 'bob', photo))
  allow('a member sets no photo where there was none', ({ bob }) => show(bob, 'bob', null))
  deny('a removed person sets the photo', ({ mallory }) => show(mallory, 'mallory', photo))
  deny('an account without a number sets the photo', ({ phoneless }) => show(phoneless, 'alice', photo))
  deny('a member sets the photo with an event that says more', ({ bob }) =>
    send(bob, 'bob', { kind: 'event', event: 'photo', photo, title: 'x' }, { chat: { photo } }),
  )
  denyEach<Fields>(
    {
      'another photo than the event says': { photo: { ...photo, size: 7 } },
      'no photo although the event has one': {},
      'the title too': { photo, title: 'New' },
      'with a counted event': { photo, messageCount: oneMore },
    },
    ({ bob }, chat) => show(bob, 'bob', photo, chat),
  )
  denyEach(wrongPhotos, ({ bob }, wrong) => show(bob, 'bob', wrong))
  const pictured = cases(given({ photo }))
  pictured.allow('a member removes the photo', ({ bob }) => show(bob, 'bob', null))
  pictured.deny('a member says that they removed the photo, and keeps it', ({ bob }) =>
    show(bob, 'bob', null, {}),
  )
  const admins = cases(closed)
  admins.allow('an admin sets the photo where only admins may', ({ alice }) => show(alice, 'alice', photo))
  admins.deny('a member sets the photo where only admins may', ({ bob }) => show(bob, 'bob', photo))
  return [...all, ...pictured.all, ...admins.all]
}

function deleting(): RuleCase[] {
  const gone = { kind: 'event', event: 'deleted' }
  const nobody = { memberIds: [], adminIds: [] }
  const { allow, deny, denyEach, all } = cases(byAlice)
  allow('the owner deletes the group', ({ alice }) => send(alice, 'alice', gone, { chat: nobody }))
  deny('a member deletes the group', ({ bob }) => send(bob, 'bob', gone, { chat: nobody }))
  deny('with an event that says more', ({ alice }) =>
    send(alice, 'alice', { ...gone, uids: [] }, { chat: nobody }),
  )
  denyEach<Fields>(
    {
      'and keeps a member': { ...nobody, memberIds: ['bob'] },
      'and keeps an admin': { ...nobody, adminIds: ['alice'] },
      'and hands it over': { ...nobody, ownerId: 'bob' },
      'and renames it': { ...nobody, title: 'x' },
    },
    ({ alice }, chat) => send(alice, 'alice', gone, { chat }),
  )
  const admin = cases(byBob)
  admin.deny('an admin deletes the group', ({ bob }) => send(bob, 'bob', gone, { chat: nobody }))
  return [...all, ...admin.all]
}

function twoChanges(): RuleCase[] {
  const { deny, all } = cases(byAlice)
  deny('two events in one batch', ({ alice }) => {
    const reference = alice.doc(groupPath)
    const sent = (uids: string[]) => ({
      ...message('alice', event('added', uids), 0),
      sentAt: now,
      updatedAt: now,
      seq: 5000,
    })
    return alice
      .batch()
      .set(reference.collection('messages').doc(ids.next), sent(['zoe']))
      .set(reference.collection('messages').doc(ids.another), sent(['p1']))
      .update(reference, {
        ...added('zoe', 'p1'),
        revision: oneMore,
        changed: ids.another,
        last: { id: ids.another, ...sent(['p1']) },
        updatedAt: now,
      })
      .commit()
  })
  return all
}

const directPath = 'chats/alice_bob'

/** Events exist only in groups. */
function inDirectChats(): RuleCase[] {
  const first = message('bob', text('Hello'), 9)
  const { deny, all } = cases({
    ...people,
    [directPath]: {
      kind: 'direct',
      memberIds: ['alice', 'bob'],
      createdAt: ago(9),
      createdBy: 'bob',
      messageCount: 1,
      revision: 1,
      changed: ids.text,
      last: { id: ids.text, ...first },
      updatedAt: ago(9),
    },
    [`${directPath}/messages/${ids.text}`]: first,
  })
  const put = (db: Firestore, body: Fields, chat: Fields): Promise<void> => {
    const sent = { ...message('alice', body, 0), sentAt: now, updatedAt: now, seq: 5000 }
    const reference = db.doc(directPath)
    return db
      .batch()
      .set(reference.collection('messages').doc(ids.next), sent)
      .update(reference, {
        revision: oneMore,
        changed: ids.next,
        last: { id: ids.next, ...sent },
        updatedAt: now,
        ...chat,
      })
      .commit()
  }
  deny('a member writes an event', ({ alice }) =>
    put(alice, event('left', ['alice']), { messageCount: oneMore }),
  )
  deny('a member writes an event that is not counted', ({ alice }) =>
    put(alice, event('left', ['alice']), {}),
  )
  deny('a member makes it a group', ({ alice }) =>
    put(alice, text('Hi'), { messageCount: oneMore, kind: 'group' }),
  )
  deny('a member adds someone', ({ alice }) =>
    put(alice, event('added', ['zoe']), { memberIds: ['alice', 'bob', 'zoe'] }),
  )
  return all
}

export const groupsSuite: RuleSuite = {
  block: 'chats/{chatId}',
  cases: [
    ...reading(),
    ...creating(),
    ...writing(),
    ...mentioningPeople(),
    ...changing(),
    ...adding(),
    ...removing(),
    ...leaving(),
    ...roles(),
    ...info(),
    ...changingThePhoto(),
    ...deleting(),
    ...twoChanges(),
    ...inDirectChats(),
  ],
}
