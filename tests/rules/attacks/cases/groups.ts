import {
  aggregate,
  append,
  batchGet,
  bytes,
  batchWrite,
  commit,
  contains,
  createDocument,
  deleteDocument,
  getDocument,
  groupQuery,
  now,
  patchDocument,
  plus,
  query,
  reference,
  remove,
  removeAll,
  set,
  update,
  type Fields,
  type Request,
  type Write,
} from '../../rest.ts'
import { tokens } from '../../tokens.ts'
import {
  accepted,
  changing,
  deletion,
  each,
  edit,
  groupPath,
  ids,
  messagePath,
  minutesAgo,
  newMessage,
  sending,
  type AttackGroup,
} from '../world.ts'

/* Bob owns the group. Alice and Zoe are members, Mallory was removed. */

const { alice, bob, mallory, anonymous, signedOut } = tokens
const same = (request: Request): Request => request
const event = (name: string, uids: string[]): Fields => ({ kind: 'event', event: name, uids })

/** The batch of an event: it does not count as a message. */
const eventWrites = (sender: string, body: Fields, chat: Fields = {}): [Write, Write] =>
  sending(sender, { at: groupPath, message: { body }, chat: { messageCount: 1, ...chat } })
const send = (sender: string, body: Fields, chat: Fields = {}): Request =>
  commit(eventWrites(sender, body, chat))
const text = (sender: string, chat: Fields = {}): Request => commit(sending(sender, { at: groupPath, chat }))

const renamed = (title: string): Fields => ({ kind: 'event', event: 'renamed', title })
const out = (uid: string): Fields => ({ memberIds: removeAll(uid), adminIds: removeAll(uid) })
const policy = { post: 'all', edit: 'all', add: 'all' }

const valid: AttackGroup = {
  proves:
    '**Every change of a group is a message of kind `event` in the same batch, and the rules compare the event with the change.**',
  attacks: [
    { name: 'allowed: a text', token: alice, request: text('alice'), expected: accepted },
    {
      name: 'allowed: a title',
      token: alice,
      request: send('alice', renamed('New'), { title: 'New' }),
      expected: accepted,
    },
    {
      name: 'allowed: leaving',
      token: alice,
      request: send('alice', event('left', ['alice']), out('alice')),
      expected: accepted,
    },
  ],
}

const withoutEvent: AttackGroup = {
  proves: 'So nobody can invent an event, or change the group without one.',
  attacks: [
    ...each<Request>(
      {
        'a title alone': commit([update(groupPath, { title: 'Mine' })]),
        'a title by PATCH': patchDocument(groupPath, { title: 'Mine' }),
        'oneself as an admin, by PATCH': patchDocument(groupPath, { adminIds: ['bob', 'alice'] }),
        'oneself as the owner, with revision and time': commit([
          update(groupPath, { ownerId: 'alice', revision: plus(1), updatedAt: now }),
        ]),
        'oneself as an admin, by a bare transform': commit([
          update(groupPath, { adminIds: append('alice') }),
        ]),
        'a title with a text': text('alice', { title: 'Mine' }),
        'a member with a text': text('alice', { memberIds: append('mallory') }),
        'the owner with a text': text('alice', { ownerId: 'alice' }),
        'an admin with a text': text('alice', { adminIds: append('alice') }),
        'a removal with a text': text('alice', { memberIds: removeAll('zoe') }),
        'the policy with a text': text('alice', { policy: { ...policy, post: 'admins' } }),
        'the removed people with a text': text('alice', { bannedIds: [] }),
        'the title with an edit': commit(changing(edit, { at: groupPath, chat: { title: 'Mine' } })),
        'an admin with a deletion': commit(
          changing(deletion, { at: groupPath, chat: { adminIds: append('alice') } }),
        ),
        'the kind with a text': text('alice', { kind: 'direct' }),
        'an event and its change in a batch that is not atomic': batchWrite(
          eventWrites('alice', renamed('New'), { title: 'New' }),
        ),
      },
      alice,
      same,
    ),
    ...each<Fields>(
      {
        'that someone left': event('left', ['zoe']),
        'that oneself left': event('left', ['alice']),
        'that someone was added': event('added', ['mallory']),
        'that someone was removed': event('removed', ['zoe']),
        'that oneself became an admin': event('promoted', ['alice']),
        'that oneself became the owner': event('transferred', ['alice']),
        'of a new group': { ...event('created', ['zoe']), title: 'Group' },
        'of a title': renamed('New'),
        'of the end': { kind: 'event', event: 'deleted' },
        'of an unknown kind': event('exploded', ['zoe']),
        'without a kind of event': { kind: 'event' },
        'whose people are a map': { kind: 'event', event: 'left', uids: { 0: 'alice' } },
        'whose event is a list': { kind: 'event', event: ['left'], uids: ['alice'] },
      },
      alice,
      (body) => send('alice', body),
    ).map((attack) => ({ ...attack, name: `an invented event ${attack.name}` })),
  ],
}

const roles: AttackGroup = {
  proves: 'Besides the fields of every change it changes exactly these:',
  attacks: [
    ...each<Request>(
      {
        'makes themselves an admin': send('alice', event('promoted', ['alice']), {
          adminIds: append('alice'),
        }),
        'takes the owner’s role': send('alice', event('demoted', ['bob']), { adminIds: [] }),
        'takes the group': send('alice', event('transferred', ['alice']), {
          ownerId: 'alice',
          adminIds: append('alice'),
        }),
        'removes a member': send('alice', event('removed', ['zoe']), {
          ...out('zoe'),
          bannedIds: append('zoe'),
        }),
        'removes the owner': send('alice', event('removed', ['bob']), {
          ...out('bob'),
          bannedIds: append('bob'),
        }),
        'makes another leave': send('alice', event('left', ['zoe']), out('zoe')),
        'leaves and takes another along': send('alice', event('left', ['alice']), { memberIds: ['bob'] }),
        'leaves in the name of another': send('zoe', event('left', ['alice']), out('alice')),
        'changes the policy': send(
          'alice',
          { kind: 'event', event: 'policy', policy },
          { policy: { ...policy } },
        ),
        'deletes the group': send(
          'alice',
          { kind: 'event', event: 'deleted' },
          { memberIds: [], adminIds: [] },
        ),
        'adds a removed person': send('alice', event('added', ['mallory']), {
          memberIds: append('mallory'),
          bannedIds: removeAll('mallory'),
        }),
        'renames it and becomes an admin': send('alice', renamed('New'), {
          title: 'New',
          adminIds: append('alice'),
        }),
        'sets a title that the event does not have': send('alice', renamed('New'), { title: 'Other' }),
        'sets a title of 100,000 characters': send('alice', renamed('x'.repeat(100_000)), {
          title: 'x'.repeat(100_000),
        }),
        'sets a title that is a map': send(
          'alice',
          { kind: 'event', event: 'renamed', title: { a: 'x' } },
          { title: { a: 'x' } },
        ),
        'deletes the document': deleteDocument(groupPath),
        'deletes the document in a batch': commit([remove(groupPath)]),
      },
      alice,
      same,
    ),
    ...each<Request>(
      {
        'the owner leaves the others': send('bob', event('left', ['bob']), out('bob')),
        'the owner removes themselves': send('bob', event('removed', ['bob']), {
          ...out('bob'),
          bannedIds: append('bob'),
        }),
        'the owner hands the group to a stranger': send('bob', event('transferred', ['mallory']), {
          ownerId: 'mallory',
          adminIds: append('mallory'),
        }),
        'the owner makes a stranger an admin': send('bob', event('promoted', ['mallory']), {
          adminIds: append('mallory'),
        }),
        'the owner deletes it and keeps reading': send(
          'bob',
          { kind: 'event', event: 'deleted' },
          { memberIds: ['bob'], adminIds: [] },
        ),
      },
      bob,
      same,
    ),
  ],
}

const consent: AttackGroup = {
  proves: 'Each added person must have settings whose `groups` is `everyone`',
  attacks: each<string[]>(
    {
      'someone without settings': ['zoe2'],
      'a path as a uid': ['zoe/../bob'],
      'an empty uid': [''],
      'a member again': ['zoe'],
      nobody: [],
      'nine people': ['1', '2', '3', '4', '5', '6', '7', '8', '9'],
    },
    bob,
    (uids) => send('bob', event('added', uids), uids.length === 0 ? {} : { memberIds: append(...uids) }),
  ),
}

const counts: AttackGroup = {
  proves: 'It does not raise `messageCount`, so it is never unread.',
  attacks: each<unknown>(
    { 'one more': plus(1), 'one less': plus(-1), zero: 0, 'a string': '1' },
    alice,
    (messageCount) => send('alice', renamed('New'), { title: 'New', messageCount }),
  ),
}

const events: AttackGroup = {
  proves: 'It can never be edited or deleted.',
  attacks: each<Fields>(
    {
      'an edit': edit,
      'a deletion': deletion,
      'other people': { body: event('added', ['zoe', 'alice']), editedAt: now, updatedAt: now },
    },
    bob,
    (fields) => commit(changing(fields, { at: groupPath, id: ids.last })),
  ),
}

const former: AttackGroup = {
  proves: '**Former members** can neither read nor write the group or its messages.',
  attacks: [
    ...each<Request>(
      {
        'the group': getDocument(groupPath),
        'a message': getDocument(messagePath(ids.first, groupPath)),
        'the messages': query(`${groupPath}/messages`, { limit: 10 }),
        'the number of messages': aggregate(`${groupPath}/messages`, { limit: 10 }),
        'the group by a batch': batchGet([groupPath]),
        'the groups of the owner': query('chats', { where: contains('bob'), limit: 10 }),
        'all messages of all chats': groupQuery('messages', { limit: 10 }),
        'a text': text('mallory'),
        'an event': send('mallory', event('left', ['mallory']), out('mallory')),
        'themselves as a member': send('mallory', event('added', ['mallory']), {
          memberIds: append('mallory'),
          bannedIds: removeAll('mallory'),
        }),
        'themselves by the name of a member': send('alice', event('added', ['mallory']), {
          memberIds: append('mallory'),
          bannedIds: removeAll('mallory'),
        }),
        'a message alone': createDocument(`${groupPath}/messages`, ids.next, {
          ...newMessage('mallory'),
          sentAt: minutesAgo(0),
          updatedAt: minutesAgo(0),
        }),
      },
      mallory,
      same,
    ),
    ...each<Request>({ 'the group without a number': getDocument(groupPath) }, anonymous, same),
    ...each<Request>({ 'the group signed out': getDocument(groupPath) }, signedOut, same),
  ],
}

const first = { ...newMessage('mallory'), body: { ...event('created', []), title: 'Mine' } }
const newGroup: Fields = {
  kind: 'group',
  memberIds: ['mallory'],
  createdAt: now,
  createdBy: 'mallory',
  messageCount: 0,
  revision: 1,
  changed: ids.next,
  last: { id: ids.next, ...first },
  updatedAt: now,
  ownerId: 'mallory',
  adminIds: ['mallory'],
  bannedIds: [],
  title: 'Mine',
  description: '',
  policy,
}
const create = (path: string, fields: Fields = newGroup): Request =>
  commit([set(messagePath(ids.next, path), first), set(path, fields)])

const creation: AttackGroup = {
  proves: "The id is 20 letters and digits, so it never looks like a direct chat's.",
  attacks: [
    {
      name: 'allowed: a group of one',
      token: mallory,
      request: create('chats/Group000000000000002'),
      expected: accepted,
    },
    ...each<Request>(
      {
        'over an existing group': create(groupPath),
        'with the id of a direct chat': create('chats/alice_mallory'),
        'with one’s own uid as its id': create('chats/mallory'),
        'with someone who is not asked': create('chats/Group000000000000002', {
          ...newGroup,
          memberIds: ['mallory', 'alice'],
        }),
        'owned by another': create('chats/Group000000000000002', { ...newGroup, ownerId: 'alice' }),
        'with the fields of a direct chat': create('chats/Group000000000000002', {
          ...newGroup,
          kind: 'direct',
        }),
      },
      mallory,
      same,
    ),
  ],
}

const mentioning = (mentions: unknown): Fields => ({ kind: 'text', text: '@Zoe', mentions })
const writeMentions = (sender: string, mentions: unknown): Request =>
  commit(sending(sender, { at: groupPath, message: { body: mentioning(mentions) } }))

const mentions: AttackGroup = {
  proves: '`*` instead of a uid mentions everyone, which only an admin may do.',
  attacks: [
    {
      name: 'allowed: a mention of a member',
      token: alice,
      request: writeMentions('alice', 'zoe:0:4'),
      expected: accepted,
    },
    {
      name: 'allowed: an admin mentions everyone',
      token: bob,
      request: writeMentions('bob', '*:0:4'),
      expected: accepted,
    },
    ...each<unknown>(
      {
        'everyone, by a member': '*:0:4',
        'everyone, behind a member': 'zoe:0:2 *:2:2',
        'everyone, without a range': '*',
        'everyone, behind a line break': 'zoe:0:4\n*:0:4',
        'everyone, in another alphabet': '＊:0:4',
        'a list': ['*:0:4'],
        'a map': { '*': '0:4' },
        bytes: bytes('zoe:0:4'),
        'a reference': reference('users/zoe'),
        'a number': 4,
        'an empty text': '',
        'digits of another alphabet': 'zoe:٠:٤',
        'a very long text': `${'x'.repeat(900_000)}:0:4`,
        'many mentions': Array.from({ length: 500 }, () => 'zoe:0:4').join(' '),
      },
      alice,
      (value) => writeMentions('alice', value),
    ),
    {
      name: 'everyone, by a member who makes themselves an admin',
      token: alice,
      request: commit(
        sending('alice', {
          at: groupPath,
          message: { body: mentioning('*:0:4') },
          chat: { adminIds: ['bob', 'alice'] },
        }),
      ),
    },
    {
      name: 'everyone, by an edit of a member',
      token: alice,
      request: commit(changing({ ...edit, body: mentioning('*:0:4') }, { at: groupPath, id: ids.first })),
    },
    {
      name: 'everyone, in a direct chat',
      token: alice,
      request: commit(sending('alice', { message: { body: mentioning('*:0:4') } })),
    },
    {
      name: 'the other member, in a direct chat',
      token: alice,
      request: commit(sending('alice', { message: { body: mentioning('bob:0:4') } })),
    },
  ],
}

export const groupAttacks: AttackGroup[] = [
  valid,
  mentions,
  withoutEvent,
  roles,
  consent,
  counts,
  events,
  former,
  creation,
]
