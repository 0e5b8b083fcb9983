import {
  aggregate,
  batchGet,
  commit,
  createDocument,
  deleteDocument,
  getDocument,
  groupQuery,
  now,
  query,
  remove,
  set,
  update,
  type Fields,
  type Request,
} from '../../rest.ts'
import { tokens } from '../../tokens.ts'
import { accepted, chatPath, each, groupPath, minutesAgo, wrongValues, type AttackGroup } from '../world.ts'

/* Bob, Alice and Zoe are members of the group, Mallory was removed. Zoe has no activity yet. */

const { alice, mallory, zoe, anonymous, signedOut } = tokens
const same = (request: Request): Request => request
const activityOf = (uid: string, at = groupPath): string => `${at}/activity/${uid}`
/** Later than any of these requests is sent. */
const inAnHour = minutesAgo(-60)
const inventedPath = 'chats/Group000000000000009'

const watermarks: Fields = { deliveredAt: now, readAt: null, typingUntil: null, updatedAt: now }
const put = (uid: string, fields: Fields = {}, at = groupPath): Request =>
  commit([set(activityOf(uid, at), { ...watermarks, ...fields })])
const move = (uid: string, fields: Fields): Request =>
  commit([update(activityOf(uid), { updatedAt: now, ...fields })])
const reads = (more: Record<string, Request> = {}): Record<string, Request> => ({
  'a member’s activity': getDocument(activityOf('alice')),
  'a member’s activity in a batch': batchGet([activityOf('alice'), activityOf('bob')]),
  'all activity of the group': query(`${groupPath}/activity`, { limit: 64 }),
  'who is typing': query(`${groupPath}/activity`, {
    orderBy: [{ field: { fieldPath: 'typingUntil' }, direction: 'DESCENDING' }],
    limit: 64,
  }),
  'a count of the members': aggregate(`${groupPath}/activity`, { limit: 64 }),
  ...more,
})

const writing: AttackGroup = {
  proves:
    'A member writes only their own activity of a group, only while a member, and only where there are at most 64.',
  attacks: [
    { name: 'allowed: first activity', token: zoe, request: put('zoe'), expected: accepted },
    ...each<Request>(
      {
        'another’s activity': put('alice'),
        'activity under an invented id': put('somebody'),
        'activity with the members': put('zoe', { memberIds: ['bob', 'alice', 'zoe'] }),
        'activity with the group’s id as its member': put('zoe', {
          memberIds: [groupPath.replace('chats/', '')],
        }),
        'activity for a former member': put('zoe', { memberIds: ['mallory', 'zoe'] }),
        'an extra field': put('zoe', { text: 'Hello' }),
        'delivered later than now': put('zoe', { deliveredAt: inAnHour }),
        'read later than now': put('zoe', { readAt: inAnHour }),
        'typing for an hour': put('zoe', { typingUntil: inAnHour }),
        'written in the past': put('zoe', { updatedAt: minutesAgo(9) }),
        'an activity without times': commit([set(activityOf('zoe'), { updatedAt: now })]),
        'below a message': commit([set(`${groupPath}/messages/message-00000001/activity/zoe`, watermarks)]),
        'in a group that does not exist': put('zoe', {}, inventedPath),
        'in a chat whose id has three parts': put('zoe', {}, 'chats/bob_zoe_x'),
        'in a direct chat': put('zoe', {}, 'chats/bob_zoe'),
        'in the chat of others': put('zoe', {}, chatPath),
        'a group that is created beside it': commit([
          set(inventedPath, { kind: 'group', memberIds: ['zoe'] }),
          set(activityOf('zoe', inventedPath), watermarks),
        ]),
        'by create': createDocument(`${groupPath}/activity`, 'alice', {
          deliveredAt: null,
          readAt: null,
          typingUntil: null,
          updatedAt: minutesAgo(0),
        }),
      },
      zoe,
      same,
    ),
    ...each(wrongValues, zoe, (value) => put('zoe', { readAt: value })).map((attack) => ({
      ...attack,
      name: `${attack.name} as readAt`,
    })),
  ],
}

const moving: AttackGroup = {
  proves:
    '`deliveredAt` and `readAt` of a group’s activity never move back either, and its documents are never deleted.',
  attacks: [
    {
      name: 'allowed: reading on',
      token: alice,
      request: move('alice', { readAt: now }),
      expected: accepted,
    },
    ...each<Request>(
      {
        'delivered moves back': move('alice', { deliveredAt: minutesAgo(30) }),
        'read moves back': move('alice', { readAt: minutesAgo(30) }),
        'nothing is delivered any more': move('alice', { deliveredAt: null }),
        'nothing is read any more': move('alice', { readAt: null }),
        'the own activity is deleted': deleteDocument(activityOf('alice')),
        'the own activity is deleted and written anew': commit([
          remove(activityOf('alice')),
          set(activityOf('alice'), watermarks),
        ]),
        'the members are added later': move('alice', { memberIds: ['alice', 'mallory'] }),
      },
      alice,
      same,
    ),
  ],
}

const former: AttackGroup = {
  proves: 'Former members, strangers and members of other chats neither read nor write a group’s activity.',
  attacks: [
    ...each<Request>(
      reads({
        'their own activity': getDocument(activityOf('mallory')),
        'all activity by collection group': groupQuery('activity', { limit: 64 }),
        typing: move('mallory', { typingUntil: now }),
        'reading on': move('mallory', { readAt: now }),
        'their own activity anew': put('mallory'),
      }),
      mallory,
      same,
    ),
    ...each<Request>(reads(), anonymous, same).map(({ name, ...rest }) => ({
      ...rest,
      name: `${name}, without a number`,
    })),
    ...each<Request>(reads(), signedOut, same).map(({ name, ...rest }) => ({
      ...rest,
      name: `${name}, signed out`,
    })),
  ],
}

const reading: AttackGroup = {
  proves: '**A list of a group’s activity needs a limit of at most 64.**',
  attacks: [
    {
      name: 'allowed: 64',
      token: alice,
      request: query(`${groupPath}/activity`, { limit: 64 }),
      expected: accepted,
    },
    ...each<Request>(
      {
        'no limit': query(`${groupPath}/activity`),
        'a limit of 65': query(`${groupPath}/activity`, { limit: 65 }),
        'a count without a limit': aggregate(`${groupPath}/activity`, {}),
        'the activity of all groups': groupQuery('activity', { limit: 64 }),
        'a group that does not exist': query(`${inventedPath}/activity`, { limit: 64 }),
        'a direct chat like a group': query(`${chatPath}/activity`, { limit: 64 }),
      },
      alice,
      same,
    ),
  ],
}

export const groupActivityAttacks = [writing, moving, former, reading]
