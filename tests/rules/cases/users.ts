import { cases, now, past, type Fields, type RuleCase, type RuleSuite } from '../world.ts'
import { readByOwner, writtenByOwner } from './owned.ts'

const profile = { displayName: 'Alice', about: 'Here', updatedAt: now }
const settings = { lastSeen: 'nobody', updatedAt: now }
const contact = { name: 'Bobby', phone: '+16505553402', updatedAt: now }
const block = { blocked: true, updatedAt: now }
const chatState = {
  readCount: 3,
  readAt: past(3),
  pinned: false,
  archived: false,
  markedUnread: false,
  mutedUntil: 1_800_000_000_000,
  updatedAt: now,
}

function aliceWrites(path: string, variants: Record<string, Fields>): RuleCase[] {
  const { allow, all } = cases()
  for (const [name, fields] of Object.entries(variants)) {
    allow(name, ({ alice }) => alice.doc(path).set(fields))
  }
  return all
}

/** Cases for a document whose id must be the well-formed uid of another person. */
function aboutSomeoneElse(collection: string, fields: Fields): RuleCase[] {
  const { allow, denyEach, all } = cases()
  allow('a uid of 128 characters', ({ alice }) =>
    alice.doc(`users/alice/${collection}/${'u'.repeat(128)}`).set(fields),
  )
  denyEach(
    { oneself: 'alice', 'a uid with a symbol': 'bob_x', 'a uid of 129 characters': 'u'.repeat(129) },
    ({ alice }, other) => alice.doc(`users/alice/${collection}/${other}`).set(fields),
  )
  return all
}

function readProfiles(): RuleCase[] {
  const { allow, deny, all } = cases({ 'users/alice': profile, 'users/bob': profile })
  allow('anyone signed in gets one', ({ mallory }) => mallory.doc('users/alice').get())
  deny('someone without a number gets one', ({ phoneless }) => phoneless.doc('users/bob').get())
  deny('someone signed out gets one', ({ signedOut }) => signedOut.doc('users/alice').get())
  deny('anyone lists them', ({ mallory }) => mallory.collection('users').get())
  deny('anyone lists one of them', ({ mallory }) => mallory.collection('users').limit(1).get())
  deny('anyone queries them by name', ({ mallory }) =>
    mallory.collection('users').where('displayName', '==', 'Alice').get(),
  )
  deny('the owner deletes it', ({ alice }) => alice.doc('users/alice').delete())
  return all
}

function noDelete(path: string, fields: Fields): RuleCase[] {
  const { deny, all } = cases({ [path]: fields })
  deny('the owner deletes it', ({ alice }) => alice.doc(path).delete())
  return all
}

function chatStateMoves(): RuleCase[] {
  const path = 'users/alice/chats/alice_bob'
  const read = cases({ [path]: { ...chatState, updatedAt: past(3) } })
  read.allow('readCount and readAt move forward', ({ alice }) =>
    alice.doc(path).update({ readCount: 4, readAt: past(4), updatedAt: now }),
  )
  read.deny('readCount moves back', ({ alice }) => alice.doc(path).update({ readCount: 2, updatedAt: now }))
  read.deny('readAt moves back', ({ alice }) => alice.doc(path).update({ readAt: past(2), updatedAt: now }))
  read.deny('readAt becomes null', ({ alice }) => alice.doc(path).update({ readAt: null, updatedAt: now }))
  read.deny('it becomes malformed', ({ alice }) => alice.doc(path).update({ pinned: 1, updatedAt: now }))
  const unread = cases({ [path]: { ...chatState, readCount: 0, readAt: null, updatedAt: past(3) } })
  unread.allow('readCount and readAt are set for the first time', ({ alice }) =>
    alice.doc(path).update(chatState),
  )
  unread.allow('readAt stays null', ({ alice }) => alice.doc(path).update({ pinned: true, updatedAt: now }))
  return [...read.all, ...unread.all]
}

export const userSuites: RuleSuite[] = [
  {
    block: 'users/{uid}',
    cases: [
      ...writtenByOwner({
        path: 'users/alice',
        fields: profile,
        wrong: {
          'an empty name': { displayName: '' },
          'a name of 51 characters': { displayName: 'x'.repeat(51) },
          'a name that is a list': { displayName: ['x'] },
          'an about of 141 characters': { about: 'x'.repeat(141) },
          'an about that is a map': { about: {} },
        },
      }),
      ...aliceWrites('users/alice', {
        'the longest of both': { ...profile, displayName: 'x'.repeat(50), about: 'x'.repeat(140) },
        'the shortest of both': { ...profile, displayName: 'x', about: '' },
      }),
      ...readProfiles(),
    ],
  },
  { block: 'users/{uid}/private/{name}', cases: readByOwner('users/alice/private/settings', settings) },
  {
    block: 'users/{uid}/private/settings',
    cases: [
      ...writtenByOwner({
        path: 'users/alice/private/settings',
        fields: settings,
        wrong: { 'an unknown choice': { lastSeen: 'friends' } },
      }),
      ...aliceWrites('users/alice/private/settings', { everyone: { ...settings, lastSeen: 'everyone' } }),
      ...noDelete('users/alice/private/settings', settings),
    ],
  },
  {
    block: 'users/{uid}/private/clock',
    cases: [
      ...writtenByOwner({ path: 'users/alice/private/clock', fields: { at: now }, wrong: {} }),
      ...noDelete('users/alice/private/clock', { at: past(1) }),
    ],
  },
  {
    block: 'users/{uid}/contacts/{other}',
    cases: [
      ...writtenByOwner({
        path: 'users/alice/contacts/bob',
        fields: contact,
        wrong: {
          'a name of 51 characters': { name: 'x'.repeat(51) },
          'a name that is a list': { name: [] },
          'a number without its plus': { phone: '16505553402' },
          'a number with a space': { phone: '+1 6505553402' },
          'a number that is too long': { phone: '+1234567890123456' },
          'a number of another type': { phone: 16_505_553_402 },
        },
      }),
      ...aliceWrites('users/alice/contacts/bob', {
        'no name and no number': { ...contact, name: '', phone: null },
        'the longest name': { ...contact, name: 'x'.repeat(50) },
      }),
      ...aboutSomeoneElse('contacts', contact),
      ...readByOwner('users/alice/contacts/bob', contact),
      ...noDelete('users/alice/contacts/bob', contact),
    ],
  },
  {
    block: 'users/{uid}/blocked/{other}',
    cases: [
      ...writtenByOwner({
        path: 'users/alice/blocked/bob',
        fields: block,
        wrong: { 'blocked as a string': { blocked: 'yes' } },
      }),
      ...aliceWrites('users/alice/blocked/bob', { unblocking: { ...block, blocked: false } }),
      ...aboutSomeoneElse('blocked', block),
      ...readByOwner('users/alice/blocked/bob', block),
      ...noDelete('users/alice/blocked/bob', block),
    ],
  },
  {
    block: 'users/{uid}/chats/{chatId}',
    cases: [
      ...writtenByOwner({
        path: 'users/alice/chats/alice_bob',
        fields: chatState,
        wrong: {
          'a negative readCount': { readCount: -1 },
          'a fractional readCount': { readCount: 3.5 },
          'a readAt that is a number': { readAt: 5 },
          'pinned as a number': { pinned: 1 },
          'archived as a string': { archived: 'no' },
          'markedUnread as a list': { markedUnread: [] },
          'mutedUntil as a time': { mutedUntil: past(5) },
          'mutedUntil as a fraction': { mutedUntil: 1.5 },
        },
      }),
      ...aliceWrites('users/alice/chats/alice_bob', {
        'not read and not muted': { ...chatState, readCount: 0, readAt: null, mutedUntil: null },
      }),
      ...chatStateMoves(),
      ...readByOwner('users/alice/chats/alice_bob', chatState),
      ...noDelete('users/alice/chats/alice_bob', chatState),
    ],
  },
]
