import {
  append,
  atLeast,
  commit,
  deleteDocument,
  float,
  integer,
  now,
  plus,
  removeAll,
  set,
  update,
  type Fields,
  type Request,
} from '../../rest.ts'
import { phones, tokens } from '../../tokens.ts'
import { accepted, chatPath, each, minutesAgo, type AttackGroup } from '../world.ts'

const { alice, bob, mallory, anonymous } = tokens
const same = (request: Request): Request => request
const soon = minutesAgo(-5)

const profiles: AttackGroup = {
  proves: 'owner: create, update, delete',
  attacks: [
    ...each(
      {
        'another’s profile': commit([set('users/alice', { displayName: 'M', about: '', updatedAt: now })]),
        'another’s name by a mask': commit([update('users/alice', { displayName: 'M', updatedAt: now })]),
        'another’s time by a transform': commit([update('users/alice', { updatedAt: now })]),
        'a deletion of another’s profile': deleteDocument('users/alice'),
        'a deletion of another’s settings': deleteDocument('users/alice/private/settings'),
        'a deletion of another’s contact': deleteDocument('users/alice/contacts/bob'),
        'a deletion of another’s chat state': deleteDocument('users/alice/chats/alice_bob'),
        'a deletion of another’s number': deleteDocument(`phones/${phones.alice}`),
        'a deletion of another’s presence': deleteDocument('presence/alice'),
        'a contact of another': commit([
          set('users/alice/contacts/mallory', { name: 'Boss', phone: null, updatedAt: now }),
        ]),
        'own profile and another’s in one batch': commit([
          set('users/mallory', { displayName: 'M', about: '', updatedAt: now }),
          set('users/alice', { displayName: 'M', about: '', updatedAt: now }),
        ]),
      },
      mallory,
      same,
    ),
    ...each(
      {
        'own profile': deleteDocument('users/alice'),
        'own settings': deleteDocument('users/alice/private/settings'),
        'own contact': deleteDocument('users/alice/contacts/bob'),
        'own chat state': deleteDocument('users/alice/chats/alice_bob'),
        'own number': deleteDocument(`phones/${phones.alice}`),
        'own presence': deleteDocument('presence/alice'),
      },
      alice,
      same,
    ).map((attack) => ({ ...attack, name: `allowed: a deletion of ${attack.name}`, expected: accepted })),
  ],
}

const writeOf =
  (path: string, base: Fields) =>
  (fields: Fields): Request =>
    commit([set(path, { ...base, ...fields })])

const profile = writeOf('users/alice', { displayName: 'Alice', about: '', updatedAt: now })
const settings = writeOf('users/alice/private/settings', {
  lastSeen: 'everyone',
  groups: 'everyone',
  photo: 'everyone',
  updatedAt: now,
})
const clock = writeOf('users/alice/private/clock', { at: now })
const chatState = writeOf('users/alice/chats/alice_bob', {
  readCount: 4,
  readAt: now,
  pinned: false,
  archived: false,
  markedUnread: false,
  mutedUntil: null,
  updatedAt: now,
})

const exact: AttackGroup = {
  proves: 'The rules deny a write with a missing, extra or wrongly typed field.',
  attacks: [
    ...each(
      {
        'a valid profile': profile({}),
        'valid settings': settings({}),
        'a valid clock': clock({}),
        'a valid chat state': chatState({}),
      },
      alice,
      same,
    ).map((attack) => ({ ...attack, name: `allowed: ${attack.name}`, expected: accepted })),
    ...each<Fields>(
      {
        'a name that is a list': { displayName: ['Alice'] },
        'a name by a transform': { displayName: append('Alice') },
        'a name of 51 characters': { displayName: 'x'.repeat(51) },
        'an about as NaN': { about: float('NaN') },
        'an about of 100,000 characters': { about: 'x'.repeat(100_000) },
        'a photo that is a path': { photo: { path: 'x' } },
        'a time in the past': { updatedAt: minutesAgo(1) },
      },
      alice,
      profile,
    ),
    ...each<Fields>(
      {
        'lastSeen as a map': { lastSeen: { everyone: true } },
        'lastSeen of an unknown value': { lastSeen: 'contacts' },
        'groups of an unknown value': { groups: 'friends' },
        'groups as a list': { groups: ['everyone'] },
        'the photo for friends': { photo: 'friends' },
        'the photo for a list': { photo: ['everyone'] },
        'another setting': { theme: 'dark' },
      },
      alice,
      settings,
    ),
    ...each<Fields>(
      {
        'a clock in the past': { at: minutesAgo(1) },
        'a clock with a field': { extra: 1 },
      },
      alice,
      clock,
    ),
    ...each<Fields>(
      {
        'readCount as a float': { readCount: float(5) },
        'readCount of 2^53': { readCount: integer('9007199254740992') },
        'readCount as NaN': { readCount: float('NaN') },
        'readCount that moves back': { readCount: 2 },
        'readAt in the future': { readAt: soon },
        'readAt that moves back': { readAt: minutesAgo(60) },
        'mutedUntil after the year 9999': { mutedUntil: integer('253402300799001') },
        'mutedUntil before 1970': { mutedUntil: -1 },
        'mutedUntil as infinity': { mutedUntil: float('Infinity') },
        'mutedUntil by a transform': { mutedUntil: now },
        'muteMentions as 1': { muteMentions: 1 },
        'muteMentions by a transform': { muteMentions: now },
        'an unknown sound': { sound: 'siren' },
        'a sound of 100,000 characters': { sound: 'x'.repeat(100_000) },
        'pinned as 1': { pinned: 1 },
        'archived as null': { archived: null },
        'markedUnread by a transform': { markedUnread: append(true) },
      },
      alice,
      chatState,
    ),
    ...each<Fields>(
      {
        'readCount raised beyond 2^53': { readCount: plus(integer('9007199254740992')) },
        'readCount raised by the largest integer': { readCount: plus(integer('9223372036854775807')) },
        'readCount raised to a maximum beyond 2^53': { readCount: atLeast(integer('9223372036854775807')) },
      },
      alice,
      (fields) => commit([update('users/alice/chats/alice_bob', { ...fields, updatedAt: now })]),
    ),
    ...each<string[]>(
      {
        'a mask that deletes readAt': ['readCount', 'readAt'],
        'a mask that deletes pinned': ['readCount', 'pinned'],
      },
      alice,
      (mask) => commit([update('users/alice/chats/alice_bob', { readCount: 4, updatedAt: now }, mask)]),
    ),
  ],
}

const uids: AttackGroup = {
  proves: "`{other}` is never one's own uid.",
  attacks: each<[string, Fields]>(
    {
      'a contact of oneself': ['contacts/alice', { name: 'Me', phone: null, updatedAt: now }],
      'a block of oneself': ['blocked/alice', { blocked: true, updatedAt: now }],
      'a block of two uids': ['blocked/alice_bob', { blocked: true, updatedAt: now }],
      'a contact of a name with spaces': ['contacts/a b', { name: 'X', phone: null, updatedAt: now }],
    },
    alice,
    ([path, fields]) => commit([set(`users/alice/${path}`, fields)]),
  ),
}

const holders: AttackGroup = {
  proves: 'holder only (id == `token.phone_number`, `uid` == own): create, update, delete',
  attacks: [
    ...each(
      {
        'another’s number for oneself': commit([set(`phones/${phones.alice}`, { uid: 'mallory' })]),
        'another’s number for them': commit([set(`phones/${phones.alice}`, { uid: 'alice' })]),
        'own number for another': commit([set(`phones/${phones.mallory}`, { uid: 'alice' })]),
        'own number for several': commit([set(`phones/${phones.mallory}`, { uid: ['mallory', 'alice'] })]),
        'own number with a name': commit([set(`phones/${phones.mallory}`, { uid: 'mallory', name: 'M' })]),
        'a number that nobody holds': commit([set('phones/+16505559999', { uid: 'mallory' })]),
        'a word as a number': commit([set('phones/support', { uid: 'mallory' })]),
      },
      mallory,
      same,
    ),
    {
      name: 'an anonymous account claims a number',
      token: anonymous,
      request: commit([set(`phones/${phones.alice}`, { uid: 'alice' })]),
    },
  ],
}

const presence: AttackGroup = {
  proves: 'owner: create, update (not while their `lastSeen` is `nobody`), delete',
  attacks: [
    {
      name: 'allowed: a valid presence',
      token: alice,
      request: commit([set('presence/alice', { state: 'online', lastActiveAt: now })]),
      expected: accepted,
    },
    {
      name: 'presence while hidden',
      token: bob,
      request: commit([set('presence/bob', { state: 'online', lastActiveAt: now })]),
    },
    {
      name: 'another’s presence',
      token: mallory,
      request: commit([set('presence/alice', { state: 'offline', lastActiveAt: now })]),
    },
    ...each<Fields>(
      {
        'presence in the future': { lastActiveAt: soon },
        'an unknown state': { state: 'asleep' },
        'a state that is a list': { state: ['online'] },
        'presence with a text': { note: 'On holiday' },
      },
      alice,
      writeOf('presence/alice', { state: 'online', lastActiveAt: now }),
    ),
  ],
}

const watermarks: Fields = {
  memberIds: ['alice', 'bob'],
  deliveredAt: now,
  readAt: now,
  typingUntil: null,
  updatedAt: now,
}

const activity: AttackGroup = {
  proves:
    'that member, unless either member has blocked the other: create (the chat exists after the batch), update;',
  attacks: [
    {
      name: 'allowed: valid activity',
      token: alice,
      request: commit([set(`${chatPath}/activity/alice`, watermarks)]),
      expected: accepted,
    },
    ...each(
      {
        'the other’s activity': commit([set(`${chatPath}/activity/bob`, watermarks)]),
        'activity under another id': commit([set(`${chatPath}/activity/somebody`, watermarks)]),
        'activity in a chat that does not exist': commit([
          set('chats/alice_zoe/activity/alice', { ...watermarks, memberIds: ['alice', 'zoe'] }),
        ]),
      },
      alice,
      same,
    ),
    ...each(
      {
        'a stranger’s activity': commit([
          set(`${chatPath}/activity/mallory`, { ...watermarks, memberIds: ['alice', 'bob', 'mallory'] }),
        ]),
        'a member’s activity': commit([
          update(`${chatPath}/activity/alice`, { typingUntil: now, updatedAt: now }),
        ]),
      },
      mallory,
      same,
    ),
    {
      name: 'activity towards someone whom one has blocked',
      token: bob,
      request: commit([set('chats/bob_zoe/activity/bob', { ...watermarks, memberIds: ['bob', 'zoe'] })]),
    },
  ],
}

const marks: AttackGroup = {
  proves: '`deliveredAt` and `readAt` never move back, none is later than now (`typingUntil`: now + 10 s)',
  attacks: each<Fields>(
    {
      'readAt in the future': { readAt: soon },
      'deliveredAt in the future': { deliveredAt: soon },
      'readAt that moves back': { readAt: minutesAgo(60) },
      'deliveredAt that becomes null': { deliveredAt: null },
      'readAt at the year 9999': { readAt: new Date('9999-12-31T23:59:59Z') },
      'readAt as a number': { readAt: integer('9223372036854775807') },
      'readAt by a transform to a list': { readAt: append('x') },
      'typing for an hour': { typingUntil: minutesAgo(-60) },
      'typing as NaN': { typingUntil: float('NaN') },
      'a third member by a transform': { memberIds: append('mallory') },
      'one member fewer by a transform': { memberIds: removeAll('bob') },
      'updatedAt in the past': { updatedAt: minutesAgo(9) },
      'an extra field': { state: 'online' },
    },
    alice,
    (fields) => commit([update(`${chatPath}/activity/alice`, { updatedAt: now, ...fields })]),
  ),
}

export const ownAttacks = [profiles, exact, uids, holders, presence, activity, marks]
