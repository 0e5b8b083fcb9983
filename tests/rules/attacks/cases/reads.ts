import {
  aggregate,
  batchGet,
  collectionIds,
  commit,
  contains,
  either,
  getDocument,
  groupQuery,
  nameOf,
  query,
  remove,
  set,
  where,
  type Request,
} from '../../rest.ts'
import { phones, tokenOf, tokens } from '../../tokens.ts'
import { accepted, chatPath, each, ids, invalid, messagePath, type AttackGroup } from '../world.ts'

const { alice, mallory, zoe, anonymous, unverified, signedOut } = tokens
const messages = `${chatPath}/messages`
const same = (request: Request): Request => request
const byUpdate = { orderBy: [{ field: { fieldPath: 'updatedAt' }, direction: 'ASCENDING' }] }

const limits: AttackGroup = {
  proves:
    '**Every `list` needs a limit of at most 1000.** This applies to queries, listeners, counts and collection groups.',
  attacks: [
    ...each(
      {
        'chats of mine, 1000': query('chats', { where: contains('alice'), limit: 1000 }),
        'messages, 1000': query(messages, { limit: 1000 }),
        'activity of mine, 1000': groupQuery('activity', { where: contains('alice'), limit: 1000 }),
        'a count of 1000': aggregate('chats', { where: contains('alice'), limit: 1000 }),
        'own contacts, 1000': query('users/alice/contacts', { limit: 1000 }),
      },
      alice,
      same,
    ).map((attack) => ({ ...attack, name: `allowed: ${attack.name}`, expected: accepted })),
    ...each(
      {
        'chats of mine': query('chats', { where: contains('alice') }),
        'chats of mine, 1001': query('chats', { where: contains('alice'), limit: 1001 }),
        messages: query(messages),
        'messages, 1001': query(messages, { limit: 1001 }),
        'messages, the largest limit': query(messages, { limit: 2_147_483_647 }),
        'messages, with an offset only': query(messages, { offset: 5 }),
        'activity of mine': groupQuery('activity', { where: contains('alice') }),
        'activity of mine, 1001': groupQuery('activity', { where: contains('alice'), limit: 1001 }),
        'activity of one chat': query(`${chatPath}/activity`, { where: contains('alice') }),
        'own contacts': query('users/alice/contacts'),
        'own blocks': query('users/alice/blocked', { limit: 1001 }),
        'own chat states': query('users/alice/chats'),
        'a count of chats': aggregate('chats', { where: contains('alice') }),
        'a count of 1001 chats': aggregate('chats', { where: contains('alice'), limit: 1001 }),
        'a count up to 10': aggregate(
          'chats',
          { where: contains('alice') },
          { aggregation: { count: { upTo: '10' } } },
        ),
        'a count of activity': aggregate('activity', { where: contains('alice') }, { group: true }),
        'a sum over messages': aggregate(
          messages,
          {},
          { aggregation: { sum: { field: { fieldPath: 'seq' } } } },
        ),
      },
      alice,
      same,
    ),
    {
      name: 'a negative limit',
      token: alice,
      request: query(messages, { limit: -1 }),
      expected: invalid,
    },
  ],
}

const others: AttackGroup = {
  proves: 'members (`get`; `list` by `memberIds array-contains` me)',
  attacks: [
    ...each(
      {
        'a chat': getDocument(chatPath),
        'a chat, only its name': getDocument(`${chatPath}?mask.fieldPaths=__name__`),
        'a message': getDocument(messagePath(ids.first)),
        'a message that does not exist': getDocument(messagePath(ids.next)),
        'all messages': query(messages, { limit: 1 }),
        'messages by their sender': query(messages, {
          where: where('senderId', 'EQUAL', 'mallory'),
          limit: 1,
        }),
        'a member’s activity': getDocument(`${chatPath}/activity/alice`),
        'all chats': query('chats', { limit: 1 }),
        'chats of Alice': query('chats', { where: contains('alice'), limit: 1 }),
        'chats of Alice or mine': query('chats', {
          where: either(contains('alice'), contains('mallory')),
          limit: 1,
        }),
        'chats of any of both': query('chats', {
          where: where('memberIds', 'ARRAY_CONTAINS_ANY', ['alice', 'mallory']),
          limit: 1,
        }),
        'chats with exactly these members': query('chats', {
          where: where('memberIds', 'EQUAL', ['alice', 'bob']),
          limit: 1,
        }),
        'chats without me': query('chats', {
          where: where('memberIds', 'NOT_EQUAL', ['mallory']),
          limit: 1,
        }),
        'chats by time': query('chats', { ...byUpdate, limit: 1 }),
        'chats by what they last contain': query('chats', {
          where: where('last.senderId', 'EQUAL', 'bob'),
          limit: 1,
        }),
        'chats by their creator': query('chats', {
          where: where('createdBy', 'EQUAL', 'mallory'),
          limit: 1,
        }),
        'chats by id': query('chats', {
          where: {
            fieldFilter: {
              field: { fieldPath: '__name__' },
              op: 'EQUAL',
              value: { referenceValue: nameOf(chatPath) },
            },
          },
          limit: 1,
        }),
        'a count of chats of Alice': aggregate('chats', { where: contains('alice'), limit: 1 }),
        'a count of messages': aggregate(messages, { limit: 1 }),
        'an average over messages': aggregate(
          messages,
          { limit: 1 },
          { aggregation: { avg: { field: { fieldPath: 'seq' } } } },
        ),
        'the plan of a query': query('chats', { limit: 1 }, { explainOptions: { analyze: true } }),
      },
      mallory,
      same,
    ),
    ...each(
      {
        'a chat': getDocument(chatPath),
        'chats of mine': query('chats', { where: contains('alice'), limit: 1 }),
      },
      anonymous,
      same,
    ).map((attack) => ({ ...attack, name: `${attack.name}, as an anonymous account` })),
  ],
}

const groups: AttackGroup = {
  proves: 'members: `get`, and `list` (also as collection group) by `memberIds array-contains` me',
  attacks: each(
    {
      'all activity': groupQuery('activity', { limit: 1 }),
      'activity of Alice': groupQuery('activity', { where: contains('alice'), limit: 1 }),
      'activity of Alice or mine': groupQuery('activity', {
        where: either(contains('alice'), contains('mallory')),
        limit: 1,
      }),
      'activity by time': groupQuery('activity', { ...byUpdate, limit: 1 }),
      'activity of those who type': groupQuery('activity', {
        where: where('typingUntil', 'NOT_EQUAL', null),
        limit: 1,
      }),
      'activity with exactly these members': groupQuery('activity', {
        where: where('memberIds', 'EQUAL', ['alice', 'bob']),
        limit: 1,
      }),
      'a count of activity': aggregate('activity', { limit: 1 }, { group: true }),
    },
    mallory,
    same,
  ),
}

const elsewhere: AttackGroup = {
  proves: 'Clients can reach nothing else, and only the deletes listed are allowed.',
  attacks: [
    ...each(
      {
        'the messages of all chats': groupQuery('messages', { limit: 1 }),
        'own messages of all chats': groupQuery('messages', {
          where: where('senderId', 'EQUAL', 'alice'),
          limit: 1,
        }),
        'the chats of all levels': groupQuery('chats', { where: contains('alice'), limit: 1 }),
        'all settings': groupQuery('private', { limit: 1 }),
        'all contacts': groupQuery('contacts', { limit: 1 }),
        'all blocks': groupQuery('blocked', { where: where('blocked', 'EQUAL', true), limit: 1 }),
        'all documents': groupQuery(null, { limit: 1 }),
        'the names of the collections': collectionIds(),
        'the names of a chat’s collections': collectionIds(chatPath),
        'missing documents': getDocument('users?pageSize=5&showMissing=true'),
        'own settings as a list': query('users/alice/private', { limit: 1 }),
        'a new collection': commit([set('anything/alice', { uid: 'alice' })]),
        'a document below a message': commit([
          set(`${messagePath(ids.first)}/reactions/alice`, { emoji: 'x' }),
        ]),
        'a document below one’s own': commit([set('users/alice/anything/x', { a: 1 })]),
        'another private document': commit([set('users/alice/private/keys', { a: 1 })]),
        'activity elsewhere': commit([
          set('anything/x/activity/alice', { memberIds: ['alice', 'bob'], updatedAt: new Date() }),
        ]),
        'a deletion of one’s clock': commit([remove('users/alice/private/clock')]),
        'a deletion of one’s activity': commit([remove(`${chatPath}/activity/alice`)]),
        'a deletion of a document that does not exist': commit([remove('anything/x')]),
      },
      alice,
      same,
    ),
  ],
}

const directory: AttackGroup = {
  proves: 'signed in, `get`',
  attacks: each(
    {
      'all profiles': query('users', { limit: 1 }),
      'profiles by name': query('users', { where: where('displayName', 'EQUAL', 'Alice'), limit: 1 }),
      'profiles nearest to a vector': query('users', {
        findNearest: {
          vectorField: { fieldPath: 'v' },
          queryVector: {
            mapValue: {
              fields: {
                __type__: { stringValue: '__vector__' },
                value: { arrayValue: { values: [{ doubleValue: 1 }] } },
              },
            },
          },
          distanceMeasure: 'EUCLIDEAN',
          limit: 1,
        },
      }),
      'a count of profiles': aggregate('users', { limit: 1 }),
      'all numbers': query('phones', { limit: 1 }),
      'numbers of an account': query('phones', { where: where('uid', 'EQUAL', 'alice'), limit: 1 }),
      'a count of numbers': aggregate('phones', { limit: 1 }),
      'a page of numbers': getDocument('phones?pageSize=1'),
      'all presence': query('presence', { limit: 1 }),
      'who is online': query('presence', { where: where('state', 'EQUAL', 'online'), limit: 1 }),
    },
    mallory,
    same,
  ),
}

const transactionOf = { newTransaction: { readWrite: {} } }

const privateDocuments: AttackGroup = {
  proves: 'owner, `get`',
  attacks: [
    ...each(
      {
        'another’s settings': getDocument('users/alice/private/settings'),
        'another’s settings, only the name': getDocument(
          'users/alice/private/settings?mask.fieldPaths=__name__',
        ),
        'another’s clock': getDocument('users/alice/private/clock'),
        'another’s settings by batchGet': batchGet(['users/alice/private/settings']),
        'a profile and another’s settings by batchGet': batchGet([
          'users/alice',
          'users/alice/private/settings',
        ]),
        'another’s contact by batchGet': batchGet(['users/alice/contacts/bob']),
        'another’s block by batchGet': batchGet(['users/bob/blocked/zoe']),
        'another’s chat state by batchGet': batchGet(['users/alice/chats/alice_bob']),
        'another’s settings in a transaction': batchGet(['users/alice/private/settings'], transactionOf),
        'another’s settings in a read-only transaction': batchGet(['users/alice/private/settings'], {
          newTransaction: { readOnly: {} },
        }),
        'another’s contacts in a transaction': query('users/alice/contacts', { limit: 1 }, transactionOf),
        'another’s settings, verified': commit([
          { verify: nameOf('users/alice/private/settings'), currentDocument: { exists: true } },
        ]),
        'another’s settings, verified to be missing': commit([
          { verify: nameOf('users/bob/private/nothing'), currentDocument: { exists: false } },
        ]),
        'whether another’s settings exist, by a precondition': commit([
          remove('users/alice/private/settings', { currentDocument: { exists: true } }),
        ]),
        'whether another has no block, by a precondition': commit([
          set('users/alice/blocked/mallory', { blocked: false }, { currentDocument: { exists: false } }),
        ]),
        'the age of another’s settings, by a precondition': commit([
          remove('users/alice/private/settings', { currentDocument: { updateTime: '2020-01-01T00:00:00Z' } }),
        ]),
      },
      mallory,
      same,
    ),
  ],
}

const presence: AttackGroup = {
  proves: 'owner; others signed in whom the owner has not blocked, `get`',
  attacks: [
    { name: 'presence of the one who has blocked me', token: zoe, request: getDocument('presence/bob') },
    {
      name: 'presence of the one who has blocked me, by batchGet',
      token: zoe,
      request: batchGet(['presence/bob']),
    },
    {
      name: 'presence of several, one of whom has blocked me',
      token: zoe,
      request: batchGet(['presence/alice', 'presence/bob']),
    },
    { name: 'presence, as an anonymous account', token: anonymous, request: getDocument('presence/bob') },
  ],
}

const elapsed = Math.floor(Date.now() / 1000) - 86_400

const accounts: AttackGroup = {
  proves:
    '_Signed in_ means with a verified phone number: an account of another sign-in method can neither read nor write anything.',
  attacks: [
    ...Object.entries({
      'an anonymous account': anonymous,
      'an unverified account': unverified,
      'someone signed out': signedOut,
      'a number that is null': tokenOf('alice', { phone_number: null }),
      'a number that is a list': tokenOf('alice', { phone_number: [phones.alice] }),
      'a number that is a number': tokenOf('alice', { phone_number: 16_505_553_401 }),
      'a number in another claim': tokenOf('alice', { claims: { phone_number: phones.alice } }),
      'a number only among the identities': tokenOf('alice', {
        firebase: { sign_in_provider: 'custom', identities: { phone: [phones.alice] } },
      }),
      'a claim to be an administrator': tokenOf('alice', { admin: true, role: 'owner' }),
    }).flatMap(([who, token]) => [
      { name: `${who} gets a profile`, token, request: getDocument('users/bob') },
      { name: `${who} gets own settings`, token, request: getDocument('users/alice/private/settings') },
      {
        name: `${who} deletes a profile`,
        token,
        request: commit([remove('users/alice')]),
      },
    ]),
    {
      name: 'a stranger whose token has expired gets another’s settings',
      token: tokenOf('mallory', { phone_number: phones.mallory, iat: elapsed, exp: elapsed + 3600 }),
      request: getDocument('users/alice/private/settings'),
    },
    {
      name: 'an anonymous account whose token has expired gets own settings',
      token: tokenOf('alice', { iat: elapsed, exp: elapsed + 3600 }),
      request: getDocument('users/alice/private/settings'),
    },
    {
      name: 'a stranger’s token that names another in user_id gets their settings',
      token: tokenOf('mallory', { phone_number: phones.mallory, user_id: 'alice', uid: 'alice' }),
      request: getDocument('users/alice/private/settings'),
    },
    {
      name: 'a text that is no token',
      token: 'garbage',
      request: getDocument('users/bob'),
      expected: invalid,
    },
    {
      name: 'a token of three empty parts',
      token: '..',
      request: getDocument('users/bob'),
      expected: invalid,
    },
  ],
}

export const readAttacks = [
  limits,
  others,
  groups,
  elsewhere,
  directory,
  privateDocuments,
  presence,
  accounts,
]
