import {
  append,
  atLeast,
  bytes,
  commit,
  deleteDocument,
  float,
  integer,
  now,
  plus,
  reference,
  remove,
  set,
  update,
  type Fields,
} from '../../rest.ts'
import { tokens } from '../../tokens.ts'
import {
  accepted,
  changing,
  chatPath,
  deletion,
  each,
  edit,
  ids,
  messagePath,
  minutesAgo,
  newMessage,
  sending,
  wrongValues,
  type AttackGroup,
} from '../world.ts'

const { alice, bob, mallory, anonymous, unverified, signedOut } = tokens
const text = { kind: 'text', text: 'Next' }

const creation: AttackGroup = {
  proves:
    '**Create:** as oneself, with the chat. `sentAt` = `updatedAt` = now, `editedAt` = `deletedAt` = null.',
  attacks: [
    ...each<Fields>(
      {
        'in the other’s name': { senderId: 'bob' },
        'a sender that is a reference': { senderId: reference('users/alice') },
        'sentAt in the past': { sentAt: minutesAgo(9) },
        'sentAt in the future': { sentAt: minutesAgo(-9) },
        'sentAt as a number': { sentAt: Date.now() },
        'updatedAt in the future': { updatedAt: minutesAgo(-9) },
        'created as edited': { editedAt: now },
        'created as deleted': { deletedAt: now, body: null },
        'an extra field': { reactions: {} },
        'an extra list by a transform': { mentions: append('bob') },
        'a field named id': { id: ids.next },
      },
      alice,
      (message) => commit(sending('alice', { message })),
    ),
    {
      name: 'over an existing message',
      token: alice,
      request: commit(sending('alice', { id: ids.first })),
    },
    {
      name: 'over the other’s message',
      token: alice,
      request: commit(sending('alice', { id: ids.last })),
    },
    {
      name: 'over a deleted message',
      token: alice,
      request: commit(sending('alice', { id: ids.deleted })),
    },
  ],
}

const numbers: AttackGroup = {
  proves: 'A _count_ is an integer from 0 to 2^53 − 1, the largest that JavaScript represents exactly.',
  attacks: each<Fields>(
    {
      'a seq of 2^53': { seq: integer('9007199254740992') },
      'the largest seq': { seq: integer('9223372036854775807') },
      'the smallest seq': { seq: integer('-9223372036854775808') },
      'a seq of -1': { seq: -1 },
      'a seq as NaN': { seq: float('NaN') },
      'a seq as infinity': { seq: float('Infinity') },
      'a seq as a float': { seq: float(1) },
      'a seq as a string': { seq: '1' },
      'a seq by a transform beyond the limit': { seq: plus(integer('9007199254740992')) },
      'a seq by a maximum beyond the limit': { seq: atLeast(integer('9007199254740992')) },
    },
    alice,
    (message) => commit(sending('alice', { message })),
  ),
}

const bodies: AttackGroup = {
  proves: '`body` is null once deleted. In a group it can be an event (above). Otherwise it is one of:',
  attacks: [
    ...each(
      {
        'no body': null,
        'a body that is a text': 'Next',
        'an empty text': { kind: 'text', text: '' },
        'a text of 4097 characters': { kind: 'text', text: 'x'.repeat(4097) },
        'a text that is bytes': { kind: 'text', text: bytes('Next') },
        'a text that is a number': { kind: 'text', text: 5 },
        'a text that is NaN': { kind: 'text', text: float('NaN') },
        'a text by a transform': { kind: 'text', text: now },
        'a list of texts by a transform': { kind: 'text', text: append('Next') },
        'another kind': { kind: 'sealed', text: 'Next' },
        'a kind that is a list': { kind: ['text'], text: 'Next' },
        'an extra field': { ...text, replyTo: 'x' },
        'an extra field by a transform': { ...text, at: now },
      },
      alice,
      (body) => commit(sending('alice', { message: { body } })),
    ),
    ...each(wrongValues, alice, (body) => commit(sending('alice', { message: { body } }))).map((attack) => ({
      ...attack,
      name: `a body that is ${attack.name}`,
    })),
  ],
}

const document = {
  kind: 'file',
  file: {
    object: '0'.repeat(32),
    size: 1,
    sha256: '0'.repeat(64),
    mime: 'application/pdf',
    enc: null,
  },
  name: 'Plan.pdf',
}

const covers: AttackGroup = {
  proves: 'It is a WebP file of the simple lossy format in base64, at most 8000 characters.',
  attacks: [
    {
      name: 'allowed: a cover',
      token: alice,
      request: commit(sending('alice', { message: { body: { ...document, cover: 'UklGRg==' } } })),
      expected: accepted,
    },
    ...each<unknown>(
      {
        'a cover that is bytes': bytes('UklGRg=='),
        'a cover that is a number': 5,
        'a cover that is a reference': reference('users/alice'),
        'a cover by a transform': now,
        'a cover of 8001 characters': 'A'.repeat(8001),
        'a cover that is a page': '<svg onload=alert(1)>',
      },
      alice,
      (cover) => commit(sending('alice', { message: { body: { ...document, cover } } })),
    ),
    ...each(wrongValues, alice, (cover) =>
      commit(sending('alice', { message: { body: { ...document, cover } } })),
    ).map((attack) => ({ ...attack, name: `a cover that is ${attack.name}` })),
  ],
}

const edits: AttackGroup = {
  proves:
    '**Edit:** by the sender, with the chat, within 24 hours of `sentAt`, while the message is not deleted.',
  attacks: [
    { name: 'by the other member', token: bob, request: commit(changing(edit)) },
    { name: 'by a stranger', token: mallory, request: commit(changing(edit)) },
    { name: 'by an anonymous account', token: anonymous, request: commit(changing(edit)) },
    { name: 'by an unverified account', token: unverified, request: commit(changing(edit)) },
    { name: 'by someone signed out', token: signedOut, request: commit(changing(edit)) },
    ...each(
      {
        'after 24 hours': changing(edit, { id: ids.old }),
        'after 24 hours, sent again now': changing({ ...edit, sentAt: now }, { id: ids.old }),
        'after 24 hours, sent again in an earlier write of the batch': [
          update(messagePath(ids.old), { sentAt: now }),
          ...changing(edit, { id: ids.old }),
        ],
        'a deleted message': changing(edit, { id: ids.deleted }),
        'a deleted message, restoring it': changing({ ...edit, deletedAt: null }, { id: ids.deleted }),
        'a message that does not exist': changing(edit, { id: ids.next }),
        'the whole message': [
          set(messagePath(ids.first), { ...newMessage('alice'), editedAt: now }),
          changing(edit)[1],
        ],
      },
      alice,
      (writes) => commit(writes),
    ),
  ],
}

const editedFields: AttackGroup = {
  proves:
    '`body.text` or `body.mentions` changes to another valid value, `editedAt` = `updatedAt` = now, the rest stays the same.',
  attacks: [
    ...each<Fields>(
      {
        'the same text': { body: { kind: 'text', text: 'First' } },
        'an empty text': { body: { kind: 'text', text: '' } },
        'a text of 4097 characters': { body: { kind: 'text', text: 'x'.repeat(4097) } },
        'another kind': { body: { kind: 'event', text: 'Corrected' } },
        'an extra field in the body': { body: { kind: 'text', text: 'Corrected', html: '<b>' } },
        'a body that is a text': { body: 'Corrected' },
        'editedAt in the past': { editedAt: minutesAgo(9) },
        'editedAt as null': { editedAt: null },
        'another sender': { senderId: 'bob' },
        'another seq': { seq: plus(1) },
        'a new sentAt': { sentAt: now },
        'deleted too': { deletedAt: now },
        'an extra field': { extra: float('NaN') },
        'an extra map by a transform': { reactions: { alice: now } },
      },
      alice,
      (fields) => commit(changing({ ...edit, ...fields })),
    ),
    ...each(
      {
        'the mask leaves out editedAt': ['body', 'updatedAt'],
        'the mask leaves out updatedAt': ['body', 'editedAt'],
        'the mask leaves out the body': ['editedAt', 'updatedAt'],
      },
      alice,
      (names) => {
        const kept = Object.fromEntries(Object.entries(edit).filter(([name]) => names.includes(name)))
        return commit(changing(kept))
      },
    ),
    ...each(
      {
        'the mask deletes the kind': ['body.text', 'body.kind'],
        'the mask deletes seq': ['body', 'seq'],
        'the mask deletes deletedAt': ['body', 'deletedAt'],
      },
      alice,
      (mask) =>
        commit([
          update(messagePath(ids.first), { ...edit, body: { text: 'Corrected' } }, mask),
          changing(edit)[1],
        ]),
    ),
  ],
}

const times: AttackGroup = {
  proves: '`updatedAt` grows strictly with every change, so readers keep the version with the newest one.',
  attacks: each<Fields>(
    {
      'an edit at an older time': { updatedAt: minutesAgo(60) },
      'an edit in the future': { updatedAt: minutesAgo(-60) },
      'an edit at the year 1': { updatedAt: new Date('0001-01-01T00:00:00Z') },
      'an edit at the year 9999': { updatedAt: new Date('9999-12-31T23:59:59Z') },
      'an edit at a number': { updatedAt: integer('9223372036854775807') },
    },
    alice,
    (fields) => commit(changing({ ...edit, ...fields })),
  ),
}

const deletions: AttackGroup = {
  proves: '**Deletion for everyone:** by the sender, with the chat, once.',
  attacks: [
    { name: 'by the other member', token: bob, request: commit(changing(deletion)) },
    { name: 'by a stranger', token: mallory, request: commit(changing(deletion)) },
    { name: 'by an anonymous account', token: anonymous, request: commit(changing(deletion)) },
    ...each(
      {
        'a second time': changing(deletion, { id: ids.deleted }),
        'keeping the body': changing({ deletedAt: now, updatedAt: now }),
        'with another body': changing({ ...deletion, body: { kind: 'text', text: 'Never said' } }),
        'at another time': changing({ ...deletion, deletedAt: minutesAgo(9) }),
        'with another seq': changing({ ...deletion, seq: plus(1) }),
        'the body by its mask': [
          update(messagePath(ids.first), { deletedAt: now, updatedAt: now }, ['body']),
          changing(deletion)[1],
        ],
        'restored in the same batch': [
          ...changing(deletion),
          update(messagePath(ids.first), { body: text, deletedAt: null }),
        ],
      },
      alice,
      (writes) => commit(writes),
    ),
  ],
}

const documents: AttackGroup = {
  proves: 'Clients delete no message documents.',
  attacks: each(
    {
      'one’s own, by DELETE': deleteDocument(messagePath(ids.first)),
      'the other’s, by DELETE': deleteDocument(messagePath(ids.last)),
      'one’s own, with the chat': commit([
        remove(messagePath(ids.first)),
        update(chatPath, { revision: plus(1), changed: ids.first, updatedAt: now }),
      ]),
      'and written again': commit([remove(messagePath(ids.first)), ...sending('alice', { id: ids.first })]),
    },
    alice,
    (request) => request,
  ),
}

export const messageAttacks = [
  creation,
  numbers,
  bodies,
  covers,
  edits,
  editedFields,
  times,
  deletions,
  documents,
]
