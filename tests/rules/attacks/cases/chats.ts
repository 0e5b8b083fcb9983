import {
  append,
  atLeast,
  batchWrite,
  bytes,
  commit,
  createDocument,
  deleteDocument,
  float,
  integer,
  now,
  nameOf,
  patchDocument,
  plus,
  reference,
  remove,
  removeAll,
  set,
  update,
  type Fields,
  type Write,
} from '../../rest.ts'
import { tokens } from '../../tokens.ts'
import {
  accepted,
  changing,
  chatPath,
  creating,
  deletion,
  each,
  edit,
  ids,
  messagePath,
  minutesAgo,
  newMessage,
  sending,
  stored,
  wrongValues,
  type AttackGroup,
  type Differences,
} from '../world.ts'

const { alice, mallory, zoe, anonymous, unverified, signedOut } = tokens
const [newMessageWrite] = sending('alice')
const chatFields: Fields = {
  messageCount: plus(1),
  revision: plus(1),
  changed: ids.next,
  last: { id: ids.next, ...newMessage('alice') },
  updatedAt: now,
}
const sendOf = (differences: Differences) => commit(sending('alice', differences))
const chatAlone = (fields: Fields, mask?: string[]) => commit([update(chatPath, fields, mask)])
const transformAlone = (fieldPath: string, transform: object): Write => ({
  transform: { document: nameOf(chatPath), fieldTransforms: [{ fieldPath, ...transform }] },
})

/** The batches that the attacks below change. Unchanged, they are accepted. */
const valid: AttackGroup = {
  proves: 'A chat and a message change only together, in one batch of two writes.',
  attacks: [
    { name: 'a valid message', token: alice, request: sendOf({}), expected: accepted },
    { name: 'a valid edit', token: alice, request: commit(changing(edit)), expected: accepted },
    { name: 'a valid deletion', token: alice, request: commit(changing(deletion)), expected: accepted },
    {
      name: 'a valid chat',
      token: alice,
      request: commit(creating('alice', ['alice', 'mallory'])),
      expected: accepted,
    },
  ],
}

const together: AttackGroup = {
  proves: 'A chat and a message change only together, in one batch of two writes.',
  attacks: each(
    {
      'a message alone': commit([newMessageWrite]),
      'a chat alone': chatAlone(chatFields),
      'a chat’s time alone': chatAlone({ updatedAt: now }),
      'a chat’s time and revision': chatAlone({ updatedAt: now, revision: plus(1) }),
      'a chat’s time, by a bare transform': commit([
        transformAlone('updatedAt', { setToServerValue: 'REQUEST_TIME' }),
      ]),
      'a revision, by a bare transform': commit([
        transformAlone('revision', { increment: { integerValue: '1' } }),
      ]),
      'a chat by PATCH': patchDocument(chatPath, { revision: 5 }),
      'a message by PATCH': patchDocument(messagePath(ids.first), { seq: 5 }),
      'a message by POST': createDocument(`${chatPath}/messages`, ids.next, stored(ids.first)),
      'both in a batch that is not atomic': batchWrite(sending('alice')),
      'a message that is only verified': commit([
        { verify: nameOf(messagePath(ids.first)), currentDocument: { exists: true } },
        update(chatPath, { revision: plus(1), changed: ids.first, updatedAt: now }),
      ]),
      'a message that is written with the same content': commit([
        set(messagePath(ids.first), stored(ids.first)),
        update(chatPath, { revision: plus(1), changed: ids.first, updatedAt: now }),
      ]),
      'a message that only gets a transform': commit([
        update(messagePath(ids.first), { updatedAt: now }),
        update(chatPath, { revision: plus(1), changed: ids.first, updatedAt: now }),
      ]),
      'a message that is deleted instead': commit([
        remove(messagePath(ids.first)),
        update(chatPath, { revision: plus(1), changed: ids.first, updatedAt: now }),
      ]),
      'the changed message in another chat': commit([
        update(messagePath(ids.first, 'chats/bob_zoe'), edit),
        update(chatPath, { revision: plus(1), changed: ids.first, updatedAt: now }),
      ]),
    },
    alice,
    (request) => request,
  ),
}

const oneMessage: AttackGroup = {
  proves: 'No batch changes two messages.',
  attacks: each<Write[]>(
    {
      'two new messages': [
        ...sending('alice'),
        set(messagePath(ids.next.replace('9', '8')), newMessage('alice')),
      ],
      'two edits': [...changing(edit), update(messagePath(ids.old), edit)],
      'an edit and a deletion': [...changing(edit), update(messagePath(ids.old), deletion)],
      'a new message and a deletion': [...sending('alice'), update(messagePath(ids.first), deletion)],
      'two messages, each with the chat': [...sending('alice'), ...changing(edit)],
      'a new message, edited at once': [...sending('alice'), ...changing(edit, { id: ids.next })],
      'twenty messages': [
        ...sending('alice'),
        ...Array.from({ length: 20 }, (_, index) =>
          set(messagePath(`message-000001${index + 10}`), newMessage('alice')),
        ),
      ],
    },
    alice,
    (writes) => commit(writes),
  ),
}

/** For each field of `last`, a value that differs from the message's. */
const otherValues: Record<string, unknown> = {
  id: ids.first,
  senderId: 'bob',
  sentAt: minutesAgo(1),
  updatedAt: minutesAgo(1),
  seq: 2,
  body: { kind: 'text', text: 'Never said' },
  editedAt: now,
  deletedAt: minutesAgo(1),
}

const last: AttackGroup = {
  proves: 'After every write of a chat, `last` equals its message in every field.',
  attacks: [
    ...Object.entries(otherValues).flatMap(([name, other]) =>
      each<unknown>(
        {
          [`another last.${name}`]: other,
          [`last.${name} as a list`]: ['x'],
          [`last.${name} as a map`]: { of: 'x' },
          [`last.${name} as NaN`]: float('NaN'),
        },
        alice,
        (value) => sendOf({ last: { [name]: value } }),
      ),
    ),
    ...each<Fields>(
      {
        'a float last.seq of the same value': { seq: float(1) },
        'last.seq raised by a transform': { seq: atLeast(9) },
        'bytes in last.body': { body: { kind: 'text', text: bytes('Next') } },
        'an extra field in last.body': { body: { kind: 'text', text: 'Next', html: '<b>' } },
        'an extra field': { extra: true },
        'an extra list by a transform': { extra: append('x') },
        'an extra deep map': { extra: { a: { b: { c: 'x' } } } },
        'an id that is a path': { id: `${ids.next}/activity/alice` },
        'an id that leads upwards': { id: `../messages/${ids.next}` },
        'an id that is a reference': { id: reference(messagePath(ids.next)) },
        'an empty id': { id: '' },
      },
      alice,
      (last) => sendOf({ last }),
    ),
    ...each<unknown>(
      {
        ...wrongValues,
        null: null,
        'only an id': { id: ids.next },
        'the message before': { id: ids.last, ...stored(ids.last) },
        'a list of messages': [{ id: ids.next }],
      },
      alice,
      (last) => sendOf({ chat: { last } }),
    ).map((attack) => ({ ...attack, name: `last as ${attack.name}` })),
    {
      name: 'a field of last, by its path, with an edit of an older message',
      token: alice,
      request: commit([
        update(messagePath(ids.first), edit),
        update(
          chatPath,
          { revision: plus(1), changed: ids.first, updatedAt: now, last: { body: { text: 'Never said' } } },
          ['revision', 'changed', 'last.body.text'],
        ),
      ]),
    },
    {
      name: 'a time of last, by a transform, with an edit of an older message',
      token: alice,
      request: commit([
        update(messagePath(ids.first), edit),
        update(chatPath, { revision: plus(1), changed: ids.first, updatedAt: now, last: { editedAt: now } }, [
          'changed',
        ]),
      ]),
    },
  ],
}

const counters: AttackGroup = {
  proves: '`messageCount` and `revision` grow by one',
  attacks: ['messageCount', 'revision'].flatMap((name) =>
    each<unknown>(
      {
        [`${name} plus 0`]: plus(0),
        [`${name} plus 2`]: plus(2),
        [`${name} minus 1`]: plus(-1),
        [`${name} plus 1 as a float`]: plus(float(1)),
        [`${name} plus the largest integer`]: plus(integer('9223372036854775807')),
        [`${name} raised to a maximum`]: atLeast(100),
        [`${name} as the right value, as a float`]: float(5),
        [`${name} as a stale value`]: 4,
        [`${name} as NaN`]: float('NaN'),
        [`${name} as infinity`]: float('Infinity'),
        [`${name} as a string`]: '5',
        [`${name} as null`]: null,
        [`${name} as a list, by a transform`]: append(5),
      },
      alice,
      (value) => sendOf({ chat: { [name]: value } }),
    ),
  ),
}

const masks: AttackGroup = {
  proves: "`changed` = `last.id` = the message's id, `updatedAt` = now, nothing else changes.",
  attacks: [
    ...each(
      Object.fromEntries(Object.keys(chatFields).map((name) => [`the mask leaves out ${name}`, name])),
      alice,
      (name) => {
        const kept = Object.fromEntries(Object.entries(chatFields).filter(([key]) => key !== name))
        return commit([newMessageWrite, update(chatPath, kept)])
      },
    ),
    ...each(
      Object.fromEntries(
        ['kind', 'memberIds', 'createdAt', 'createdBy'].map((name) => [`the mask deletes ${name}`, name]),
      ),
      alice,
      (name) => commit([newMessageWrite, update(chatPath, chatFields, [...Object.keys(chatFields), name])]),
    ),
    ...each<Fields>(
      {
        'a member by a transform': { memberIds: append('mallory') },
        'a member removed by a transform': { memberIds: removeAll('bob') },
        'a new createdAt': { createdAt: now },
        'another kind': { kind: 'group' },
        'an extra field': { adminIds: ['alice'] },
        'an extra field by a transform': { adminIds: append('alice') },
        'updatedAt in the future': { updatedAt: minutesAgo(-60) },
        'updatedAt as a number': { updatedAt: 0 },
        'another changed message': { changed: ids.first },
        'a changed message that is a path': { changed: messagePath(ids.next) },
        'a changed message that is a map': { changed: { id: ids.next } },
      },
      alice,
      (chat) => sendOf({ chat }),
    ),
  ],
}

const creation: AttackGroup = {
  proves: 'by a member, when both members have a profile (`users/{uid}`) and neither has blocked the other.',
  attacks: [
    ...each(
      {
        'a chat with an invented uid': creating('alice', ['alice', 'nobody']),
        'a chat with oneself': creating('alice', ['alice', 'alice']),
        'a chat of three': creating('alice', ['alice', 'bob', 'mallory']),
        'a chat of one': creating('alice', ['alice']),
        'members in reverse order': creating('alice', ['mallory', 'alice']),
        'members other than in the id': creating('alice', ['alice', 'bob'], { at: 'chats/alice_mallory' }),
        'members appended by a transform': creating('alice', ['alice', 'mallory'], {
          chat: { memberIds: append('alice', 'mallory', 'zoe') },
        }),
        'in another’s name': creating('alice', ['alice', 'mallory'], { chat: { createdBy: 'mallory' } }),
        'createdAt in the past': creating('alice', ['alice', 'mallory'], {
          chat: { createdAt: minutesAgo(9) },
        }),
        'a title': creating('alice', ['alice', 'mallory'], { chat: { title: 'Us' } }),
        'a huge count': creating('alice', ['alice', 'mallory'], {
          chat: { messageCount: integer('9223372036854775807') },
        }),
        'a float count': creating('alice', ['alice', 'mallory'], { chat: { messageCount: float(1) } }),
        'a float revision': creating('alice', ['alice', 'mallory'], { chat: { revision: float(1) } }),
        'a count by a transform': creating('alice', ['alice', 'mallory'], {
          chat: { messageCount: plus(2) },
        }),
      },
      alice,
      (writes) => commit(writes),
    ),
    {
      name: 'a stranger creates others’ chat',
      token: mallory,
      request: commit(creating('mallory', ['alice', 'zoe'])),
    },
    {
      name: 'someone blocked creates a chat anew',
      token: zoe,
      request: commit([remove('chats/bob_zoe'), ...creating('zoe', ['bob', 'zoe'])]),
    },
  ],
}

const above = (senderId: string): Write[] => {
  const [, chat] = creating(senderId, ['alice', 'zoe'], {
    id: ids.first,
    message: { ...stored(ids.first), senderId: 'zoe' },
  })
  return [chat]
}

const again: AttackGroup = {
  proves: 'So nobody can create a chat again above its existing messages without writing a new one.',
  attacks: [
    ...[
      { name: 'a member', token: alice, uid: 'alice' },
      { name: 'the sender of the message', token: zoe, uid: 'zoe' },
      { name: 'a stranger', token: mallory, uid: 'mallory' },
      { name: 'an anonymous account', token: anonymous, uid: 'alice' },
      { name: 'an unverified account', token: unverified, uid: 'alice' },
      { name: 'someone signed out', token: signedOut, uid: 'alice' },
    ].map(({ name, token, uid }) => ({ name, token, request: commit(above(uid)) })),
    {
      name: 'a member, over an existing chat',
      token: alice,
      request: commit(creating('alice', ['alice', 'bob'])),
    },
    {
      name: 'a member, who claims that it does not exist',
      token: alice,
      request: commit([
        newMessageWrite,
        { ...creating('alice', ['alice', 'bob'])[1], currentDocument: { exists: false } },
      ]),
      expected: { status: 409, code: 'ALREADY_EXISTS' },
    },
  ],
}

const deletions: AttackGroup = {
  proves: 'Chats are never deleted.',
  attacks: each(
    {
      'by DELETE': deleteDocument(chatPath),
      'by a commit': commit([remove(chatPath)]),
      'and created again in one batch': commit([remove(chatPath), ...creating('alice', ['alice', 'bob'])]),
      'with its messages': commit([remove(chatPath), remove(messagePath(ids.first))]),
    },
    alice,
    (request) => request,
  ),
}

const blocked: AttackGroup = {
  proves:
    '**Someone whom the other has blocked changes nothing here:** no new message, no edit, no deletion, no activity.',
  attacks: each(
    {
      'a new message': commit(sending('zoe', { at: 'chats/bob_zoe' })),
      'an edit': commit(changing(edit, { at: 'chats/bob_zoe' })),
      'a deletion': commit(changing(deletion, { at: 'chats/bob_zoe' })),
      'a wake-up': commit([update('chats/bob_zoe', { revision: plus(1), updatedAt: now })]),
      'a new message and an unblocking': commit([
        set('users/bob/blocked/zoe', { blocked: false, updatedAt: now }),
        ...sending('zoe', { at: 'chats/bob_zoe' }),
      ]),
      'an unblocking': commit([set('users/bob/blocked/zoe', { blocked: false, updatedAt: now })]),
      'a deletion of the block': deleteDocument('users/bob/blocked/zoe'),
      typing: commit([update('chats/bob_zoe/activity/zoe', { typingUntil: now, updatedAt: now })]),
      reading: commit([update('chats/bob_zoe/activity/zoe', { readAt: now, updatedAt: now })]),
      'an activity anew': commit([
        remove('chats/bob_zoe/activity/zoe'),
        set('chats/bob_zoe/activity/zoe', {
          memberIds: ['bob', 'zoe'],
          deliveredAt: null,
          readAt: null,
          typingUntil: null,
          updatedAt: now,
        }),
      ]),
    },
    zoe,
    (request) => request,
  ),
}

export const chatAttacks = [
  valid,
  together,
  oneMessage,
  last,
  counters,
  masks,
  creation,
  again,
  deletions,
  blocked,
]
