import {
  aggregate,
  append,
  batchGet,
  batchWrite,
  commit,
  deleteDocument,
  getDocument,
  groupQuery,
  now,
  patchDocument,
  plus,
  query,
  remove,
  set,
  update,
  type Fields,
  type Request,
  type Write,
} from '../../rest.ts'
import { tokens } from '../../tokens.ts'
import {
  accepted,
  each,
  groupPath,
  inviteCode,
  invitePath,
  linkedGroupPath,
  minutesAgo,
  sending,
  type AttackGroup,
} from '../world.ts'

/* Bob owns the group with the link. Alice has asked to join, Zoe has not, Mallory was removed. */

const { alice, bob, mallory, zoe, anonymous, signedOut } = tokens
const same = (request: Request): Request => request
const requestPath = (uid: string): string => `${linkedGroupPath}/requests/${uid}`

interface Joining {
  body?: Fields
  chat?: Fields
  invite?: Write[]
  request?: Write[]
}

/** The writes of someone who joins. */
function joinWrites(uid: string, { body, chat, invite, request }: Joining = {}): Write[] {
  return [
    ...sending(uid, {
      at: linkedGroupPath,
      message: { body: body ?? { kind: 'event', event: 'joined', uids: [uid] } },
      chat: { messageCount: 1, memberIds: append(uid), ...chat },
    }),
    ...(invite ?? [update(invitePath, { joins: plus(1), memberCount: plus(1) })]),
    ...(request ?? [remove(requestPath(uid))]),
  ]
}
const join = (uid: string, joining: Joining = {}): Request => commit(joinWrites(uid, joining))
const ask = (uid: string, fields: Fields = {}, at = linkedGroupPath): Request =>
  commit([set(`${at}/requests/${uid}`, { code: inviteCode, at: now, ...fields })])

const reading: AttackGroup = {
  proves: '**Who has the code reads the invite; only admins list the invites of a group.**',
  attacks: [
    { name: 'allowed: a link by its code', token: zoe, request: getDocument(invitePath), expected: accepted },
    ...each<Request>(
      {
        'the links of a group': query(`${linkedGroupPath}/invites`, { limit: 1 }),
        'the links of all groups': groupQuery('invites', { limit: 1 }),
        'a count of the links': aggregate(`${linkedGroupPath}/invites`, { limit: 1 }),
        'the requests of a group': query(`${linkedGroupPath}/requests`, { limit: 1 }),
        'the requests of all groups': groupQuery('requests', { limit: 1 }),
        'the request of another': getDocument(requestPath('alice')),
        'the request of another, in a batch': batchGet([requestPath('alice')]),
        'the group behind a link': getDocument(linkedGroupPath),
        'the messages behind a link': query(`${linkedGroupPath}/messages`, { limit: 1 }),
      },
      zoe,
      same,
    ),
    ...each<Request>(
      {
        'the links of a group, by someone who has asked': query(`${linkedGroupPath}/invites`, { limit: 1 }),
        'the group, by someone who has asked': getDocument(linkedGroupPath),
        'the messages, by someone who has asked': query(`${linkedGroupPath}/messages`, { limit: 1 }),
      },
      alice,
      same,
    ),
    { name: 'a link, signed out', token: signedOut, request: getDocument(invitePath) },
    { name: 'a link, by an anonymous account', token: anonymous, request: getDocument(invitePath) },
    { name: 'the links of another group', token: zoe, request: query(`${groupPath}/invites`, { limit: 1 }) },
  ],
}

const changing: AttackGroup = {
  proves: '**Admins create and revoke invites, and update the copies to what the group says now.**',
  attacks: [
    {
      name: 'allowed: revoking',
      token: bob,
      request: commit([update(invitePath, { title: '', memberCount: 0, revoked: true })]),
      expected: accepted,
    },
    ...each<Request>(
      {
        'a reset of the joins': commit([update(invitePath, { joins: 0 })]),
        'a count of minus one': commit([update(invitePath, { joins: plus(-1), memberCount: plus(1) })]),
        'more joins': patchDocument(invitePath, { maxJoins: 256 }),
        'a revocation': commit([update(invitePath, { title: '', memberCount: 0, revoked: true })]),
        'a title': patchDocument(invitePath, { title: 'Mine' }),
        'a deletion': deleteDocument(invitePath),
        'a link of one’s own': commit([
          set(`${linkedGroupPath}/invites/c0de0000000000000000000000000009`, {
            title: 'Group',
            description: '',
            memberCount: 1,
            createdAt: now,
            expiresAt: null,
            maxJoins: null,
            approve: false,
            joins: 0,
            revoked: false,
          }),
        ]),
      },
      alice,
      same,
    ),
    { name: 'a deletion by an admin', token: bob, request: deleteDocument(invitePath) },
  ],
}

const asking: AttackGroup = {
  proves: '**A request proves that its writer knows the code of an open invite.**',
  attacks: [
    { name: 'allowed: a request', token: zoe, request: ask('zoe'), expected: accepted },
    ...each<Request>(
      {
        'for another': ask('alice'),
        'for an invented person': ask('somebody'),
        'with an unknown code': ask('zoe', { code: 'c0de0000000000000000000000000009' }),
        'with a number as the code': ask('zoe', { code: 1 }),
        'with a path as the code': ask('zoe', { code: `../${inviteCode}` }),
        'with an empty code': ask('zoe', { code: '' }),
        'in the past': ask('zoe', { at: minutesAgo(1) }),
        'with a text': ask('zoe', { text: 'Please' }),
        'to the group of another code': ask('zoe', {}, 'chats/Group000000000000009'),
        'to a direct chat': ask('zoe', {}, 'chats/alice_bob'),
        'with the link in the same batch': commit([
          set('chats/Group000000000000009/invites/c0de0000000000000000000000000001', { revoked: false }),
          set('chats/Group000000000000009/requests/zoe', { code: inviteCode, at: now }),
        ]),
      },
      zoe,
      same,
    ),
    { name: 'by a removed person', token: mallory, request: ask('mallory') },
    { name: 'by a member', token: bob, request: ask('bob') },
    { name: 'the deletion of another’s', token: zoe, request: deleteDocument(requestPath('alice')) },
  ],
}

const joining: AttackGroup = {
  proves: '**Joining** is one batch: the message with the event, the group with one member more',
  attacks: [
    { name: 'allowed: joining', token: alice, request: join('alice'), expected: accepted },
    ...each<Request>(
      {
        'without the link': join('alice', { invite: [] }),
        'without the end of the request': join('alice', { request: [] }),
        'without an event': commit([
          update(linkedGroupPath, { memberIds: append('alice'), revision: plus(1), updatedAt: now }),
          update(invitePath, { joins: plus(1), memberCount: plus(1) }),
          remove(requestPath('alice')),
        ]),
        'with a text': join('alice', { body: { kind: 'text', text: 'Hi' }, chat: { messageCount: plus(1) } }),
        'as an admin': join('alice', { chat: { adminIds: append('alice') } }),
        'as the owner': join('alice', { chat: { ownerId: 'alice' } }),
        'with a friend': join('alice', { chat: { memberIds: append('alice', 'zoe') } }),
        'and opens the group to the removed': join('alice', { chat: { bannedIds: [] } }),
        'and removes the owner': join('alice', { chat: { memberIds: ['alice'] } }),
        'and counts nothing': join('alice', {
          invite: [update(invitePath, { joins: 8, memberCount: plus(1) })],
        }),
        'and counts back': join('alice', {
          invite: [update(invitePath, { joins: 0, memberCount: plus(1) })],
        }),
        'and lets more people join': join('alice', {
          invite: [update(invitePath, { joins: plus(1), memberCount: plus(1), maxJoins: 99 })],
        }),
        'in two batches at once': batchWrite(joinWrites('alice')),
        'counted without joining': commit([
          update(invitePath, { joins: plus(1), memberCount: plus(1) }),
          remove(requestPath('alice')),
        ]),
      },
      alice,
      same,
    ),
    { name: 'without a request', token: zoe, request: join('zoe', { request: [] }) },
    {
      name: 'with the request of another',
      token: zoe,
      request: join('zoe', { request: [remove(requestPath('alice'))] }),
    },
    { name: 'by a removed person', token: mallory, request: join('mallory') },
  ],
}

export const inviteAttacks: AttackGroup[] = [reading, changing, asking, joining]
