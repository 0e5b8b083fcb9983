import {
  ago,
  arrayRemove,
  arrayUnion,
  cases,
  deleteField,
  inSeconds,
  now,
  oneMore,
  without,
  type Documents,
  type Fields,
  type Firestore,
  type RuleCase,
  type RuleSuite,
} from '../world.ts'
import type { Batch } from '../firestore.ts'
import { event, given, groupPath, send, text } from './groups.ts'
import { photo } from './photo.ts'

/*
 * The group of groups.ts: Alice owns it, Carol is an admin, Bob is a member. Mallory is someone who has the link. In `removedMallory`
 * an admin removed her.
 */

const code = 'c0de0000000000000000000000000001'
const otherCode = 'c0de0000000000000000000000000002'
const invitePath = `${groupPath}/invites/${code}`
const requestPath = (uid: string): string => `${groupPath}/requests/${uid}`

const invite: Fields = {
  title: 'Garden',
  description: '',
  memberCount: 3,
  createdAt: ago(60),
  expiresAt: null,
  maxJoins: null,
  approve: false,
  joins: 4,
  revoked: false,
}
const revoked: Fields = { title: '', description: '', memberCount: 0, revoked: true }
const asked: Fields = { code, at: ago(1) }

/** A group that has removed nobody, with a link. */
function withInvite(patch: Fields = {}, group: Fields = {}, more: Documents = {}): Documents {
  return given({ bannedIds: [], ...group }, { [invitePath]: { ...invite, ...patch }, ...more })
}
const withRequest = (patch: Fields = {}, group: Fields = {}, more: Documents = {}): Documents =>
  withInvite(patch, group, { [requestPath('mallory')]: asked, ...more })

const inviteOf = (db: Firestore, id = code) => db.doc(`${groupPath}/invites/${id}`)

function reading(): RuleCase[] {
  const { allow, deny, all } = cases(withRequest())
  const invites = (db: Firestore) => db.collection(`${groupPath}/invites`)
  allow('anyone who has the code reads the link', ({ mallory }) => inviteOf(mallory).get())
  deny('someone signed out reads the link', ({ signedOut }) => inviteOf(signedOut).get())
  deny('an account without a number reads the link', ({ phoneless }) => inviteOf(phoneless).get())
  allow('an admin lists the links', ({ alice }) => invites(alice).limit(100).get())
  deny('an admin lists the links without a limit', ({ alice }) => invites(alice).get())
  deny('a member lists the links', ({ bob }) => invites(bob).limit(100).get())
  deny('a stranger lists the links', ({ mallory }) => invites(mallory).limit(1).get())
  deny('an account without a number lists the links', ({ phoneless }) => invites(phoneless).limit(100).get())
  deny('a stranger searches the links of all groups', ({ mallory }) =>
    mallory.collectionGroup('invites').limit(1).get(),
  )
  return all
}

function creating(): RuleCase[] {
  const { allow, deny, denyEach, all } = cases(given())
  const fresh = { ...invite, createdAt: now, joins: 0 }
  const create = (db: Firestore, patch: Fields = {}, id = code, missing = ''): Promise<void> =>
    inviteOf(db, id).set(without({ ...fresh, ...patch }, missing))
  allow('an admin creates a link', ({ alice }) => create(alice))
  allow('an admin creates a link with limits', ({ alice }) =>
    create(alice, { expiresAt: inSeconds(3600), maxJoins: 256 }),
  )
  allow('an admin creates a link that needs approval', ({ alice }) => create(alice, { approve: true }))
  deny('a member creates a link', ({ bob }) => create(bob))
  deny('a stranger creates a link', ({ mallory }) => create(mallory))
  deny('an account without a number creates a link', ({ phoneless }) => create(phoneless))
  for (const field of Object.keys(invite))
    deny(`a link without ${field}`, ({ alice }) => create(alice, {}, code, field))
  denyEach<Fields>(
    {
      'with another title': { title: 'Bank' },
      'with another description': { description: 'Bank' },
      'with another member count': { memberCount: 4 },
      'created in the past': { createdAt: ago(1) },
      'expired already': { expiresAt: ago(1) },
      'that expires at once': { expiresAt: now },
      'that expires at a number': { expiresAt: 9_999_999_999_999 },
      'for 257 joins': { maxJoins: 257 },
      'for half a join': { maxJoins: 0.5 },
      'for joins in words': { maxJoins: 'many' },
      'with an approval in words': { approve: 'no' },
      'with joins already': { joins: 1 },
      'revoked already': { revoked: true },
      'with a field more': { createdBy: 'alice' },
    },
    ({ alice }, patch) => create(alice, patch),
  )
  denyEach<string>(
    {
      'with a short code': 'c0de',
      'with a long code': `${code}0`,
      'with a code of other letters': code.toUpperCase(),
    },
    ({ alice }, id) => create(alice, {}, id),
  )
  allow('an admin creates a link without a photo', ({ alice }) => create(alice, { photo: null }))
  deny('an admin creates a link with a photo that the group does not have', ({ alice }) =>
    create(alice, { photo: photo['small'] }),
  )
  const pictured = cases(given({ photo }))
  pictured.allow('an admin creates a link with the group’s photo', ({ alice }) =>
    create(alice, { photo: photo['small'] }),
  )
  pictured.deny('an admin creates a link with another photo', ({ alice }) => create(alice, { photo: 'UklG' }))
  pictured.deny('an admin creates a link without the group’s photo', ({ alice }) =>
    create(alice, { photo: null }),
  )
  const deleted = cases(given({ memberIds: [], adminIds: [] }))
  deleted.deny('the owner of a deleted group creates a link', ({ alice }) =>
    create(alice, { memberCount: 0 }),
  )
  return [...all, ...pictured.all, ...deleted.all]
}

function changing(): RuleCase[] {
  const { allow, deny, denyEach, all } = cases(withInvite())
  const update = (db: Firestore, patch: Fields): Promise<void> => inviteOf(db).update(patch)
  allow('an admin revokes a link', ({ alice }) => update(alice, revoked))
  deny('a member revokes a link', ({ bob }) => update(bob, revoked))
  deny('a stranger revokes a link', ({ mallory }) => update(mallory, revoked))
  deny('an account without a number revokes a link', ({ phoneless }) => update(phoneless, revoked))
  denyEach<Fields>(
    {
      'an admin revokes a link that goes on to show the title': { ...revoked, title: 'Garden' },
      'an admin revokes a link that goes on to show the number of members': { ...revoked, memberCount: 3 },
      'an admin revokes a link and describes it': { ...revoked, description: 'Gone' },
      'an admin revokes a link with a word': { ...revoked, revoked: 'yes' },
      'an admin revokes a link and counts a join': { ...revoked, joins: oneMore },
      'an admin shows another title': { title: 'Bank' },
      'an admin shows another description': { description: 'Bank' },
      'an admin shows another member count': { memberCount: 99 },
      'an admin shows a photo that the group does not have': { photo: photo['small'] },
      'an admin revokes a link and shows a photo': { ...revoked, photo: photo['small'] },
      'an admin resets the joins': { joins: 0 },
      'an admin counts a join': { joins: oneMore, memberCount: oneMore },
      'an admin lets a link live longer': { expiresAt: inSeconds(60) },
      'an admin lets more people join': { maxJoins: 9 },
      'an admin drops the approval': { approve: true },
      'an admin adds a field': { note: 'x' },
    },
    ({ alice }, patch) => update(alice, patch),
  )
  deny('an admin deletes a link', ({ alice }) => inviteOf(alice).delete())
  /** One batch changes the group and the link. The link's rule sees the group as it was before. */
  const changeBoth = (db: Firestore, body: Fields, chat: Fields, shows: Fields): Promise<void> =>
    send(db, 'alice', body, { chat, extend: (batch) => batch.update(inviteOf(db), shows) })
  allow('the owner deletes the group and revokes its link at once', ({ alice }) =>
    changeBoth(alice, { kind: 'event', event: 'deleted' }, { memberIds: [], adminIds: [] }, revoked),
  )
  deny('an admin renames the group and shows the new title at once', ({ alice }) =>
    changeBoth(
      alice,
      { kind: 'event', event: 'renamed', title: 'Orchard' },
      { title: 'Orchard' },
      { title: 'Orchard' },
    ),
  )
  const described = cases(withInvite({ description: 'Tomatoes' }, { description: 'Tomatoes' }))
  described.allow('an admin revokes a link with a description', ({ alice }) => update(alice, revoked))
  const stale = cases(withInvite({ title: 'Old', description: 'Old', memberCount: 9 }))
  const shown = { title: 'Garden', description: '', memberCount: 3 }
  stale.allow('an admin renews what a link shows', ({ alice }) => update(alice, shown))
  stale.deny('an admin renews only the title', ({ alice }) => update(alice, { title: 'Garden' }))
  stale.deny('a member renews what a link shows', ({ bob }) => update(bob, shown))
  stale.deny('an admin renews a link and its joins', ({ alice }) => update(alice, { ...shown, joins: 0 }))
  const pictured = cases(withInvite({}, { photo }))
  pictured.allow('an admin renews the photo of a link', ({ alice }) =>
    update(alice, { photo: photo['small'] }),
  )
  const shownPhoto = cases(withInvite({ photo: photo['small'] }, { photo }))
  shownPhoto.allow('an admin revokes a link with a photo', ({ alice }) =>
    update(alice, { ...revoked, photo: null }),
  )
  shownPhoto.deny('an admin revokes a link that goes on to show the photo', ({ alice }) =>
    update(alice, revoked),
  )
  shownPhoto.deny('an admin renews a link without its photo', ({ alice }) => update(alice, { photo: null }))
  const closed = cases(withInvite(revoked))
  closed.deny('an admin opens a revoked link again', ({ alice }) =>
    update(alice, { ...shown, revoked: false }),
  )
  closed.deny('an admin shows the group on a revoked link', ({ alice }) => update(alice, shown))
  return [...all, ...described.all, ...stale.all, ...pictured.all, ...shownPhoto.all, ...closed.all]
}

function asking(): RuleCase[] {
  const { allow, deny, denyEach, all } = cases(withInvite())
  const ask = (db: Firestore, uid = 'mallory', patch: Fields = {}, missing = ''): Promise<void> =>
    db.doc(requestPath(uid)).set(without({ code, at: now, ...patch }, missing))
  allow('someone with the code asks', ({ mallory }) => ask(mallory))
  deny('someone asks for another', ({ mallory }) => ask(mallory, 'zoe'))
  deny('someone signed out asks', ({ signedOut }) => ask(signedOut))
  deny('a member asks', ({ bob }) => ask(bob, 'bob'))
  deny('an admin asks for someone', ({ alice }) => ask(alice, 'zoe'))
  deny('a member leaves and asks at once', ({ bob }) =>
    send(bob, 'bob', event('left', ['bob']), {
      chat: { memberIds: arrayRemove('bob'), adminIds: arrayRemove('bob') },
      extend: (batch) => batch.set(bob.doc(requestPath('bob')), { code, at: now }),
    }),
  )
  denyEach<Fields>(
    {
      'someone asks with a foreign code': { code: otherCode },
      'someone asks with a path': { code: `${code}/x/y` },
      'someone asks without a code': { code: null },
      'someone asks in the past': { at: ago(1) },
      'someone asks with a field more': { note: 'Hello' },
    },
    ({ mallory }, patch) => ask(mallory, 'mallory', patch),
  )
  for (const field of ['code', 'at'])
    deny(`someone asks without the field ${field}`, ({ mallory }) => ask(mallory, 'mallory', {}, field))
  const again = cases(withRequest())
  again.allow('someone asks again', ({ mallory }) => ask(mallory))
  again.deny('an admin writes the request of another', ({ alice }) => ask(alice))
  const phoneless = cases(
    withInvite({}, { memberIds: ['bob', 'carol'], adminIds: ['carol'], ownerId: 'carol' }),
  )
  phoneless.deny('an account without a number asks', ({ phoneless: db }) => ask(db, 'alice'))
  phoneless.allow('someone who left asks', ({ alice }) => ask(alice, 'alice'))
  const unusable: Record<string, Documents> = {
    'with a revoked link': withInvite(revoked),
    'with an expired link': withInvite({ expiresAt: ago(1) }),
    'with a used-up link': withInvite({ maxJoins: 4 }),
    'although an admin removed them': withInvite({}, { bannedIds: ['mallory'] }),
    'to a deleted group': withInvite({}, { memberIds: [], adminIds: [] }),
  }
  const refused = Object.entries(unusable).flatMap(([name, documents]) => {
    const one = cases(documents)
    one.deny(`someone asks ${name}`, ({ mallory }) => ask(mallory))
    return one.all
  })
  const limited = cases(withInvite({ expiresAt: inSeconds(600), maxJoins: 5 }))
  limited.allow('someone asks with a link that has limits', ({ mallory }) => ask(mallory))
  const alone = cases(withInvite({ memberCount: 1 }, { memberIds: ['alice'], adminIds: ['alice'] }))
  alone.allow('someone asks to join a group of one', ({ mallory }) => ask(mallory))
  return [...all, ...again.all, ...phoneless.all, ...refused, ...limited.all, ...alone.all]
}

function requestReading(): RuleCase[] {
  const { allow, deny, all } = cases(withRequest())
  const requests = (db: Firestore) => db.collection(`${groupPath}/requests`)
  allow('an admin lists the requests', ({ alice }) => requests(alice).limit(100).get())
  deny('an admin lists the requests without a limit', ({ alice }) => requests(alice).get())
  deny('a member lists the requests', ({ bob }) => requests(bob).limit(100).get())
  deny('the one who asked lists the requests', ({ mallory }) => requests(mallory).limit(100).get())
  deny('an account without a number lists the requests', ({ phoneless }) =>
    requests(phoneless).limit(100).get(),
  )
  allow('an admin reads a request', ({ alice }) => alice.doc(requestPath('mallory')).get())
  allow('the one who asked reads their request', ({ mallory }) => mallory.doc(requestPath('mallory')).get())
  deny('a member reads a request', ({ bob }) => bob.doc(requestPath('mallory')).get())
  deny('an account without a number reads a request', ({ phoneless }) =>
    phoneless.doc(requestPath('mallory')).get(),
  )
  return all
}

function withdrawing(): RuleCase[] {
  const { allow, deny, all } = cases(withRequest())
  const remove = (db: Firestore): Promise<void> => db.doc(requestPath('mallory')).delete()
  allow('the one who asked withdraws', ({ mallory }) => remove(mallory))
  allow('an admin declines', ({ alice }) => remove(alice))
  deny('a member declines', ({ bob }) => remove(bob))
  deny('someone signed out declines', ({ signedOut }) => remove(signedOut))
  deny('an account without a number declines', ({ phoneless }) => remove(phoneless))
  return all
}

interface Joining {
  uid?: string
  body?: Fields
  chat?: Fields
  /** Null: the batch does not write the link. */
  invite?: Fields | null
  inviteCode?: string
  keepsRequest?: boolean
  /** Adds more writes to the batch. */
  extend?: (batch: Batch) => void
}

/** The batch of someone who joins: the message, the group, the link, and the request. */
function join(db: Firestore, joining: Joining = {}): Promise<void> {
  const { uid = 'mallory', body = event('joined', [uid]), chat = { memberIds: arrayUnion(uid) } } = joining
  return send(db, uid, body, {
    chat,
    extend(batch) {
      const counted = joining.invite === undefined ? { joins: oneMore, memberCount: oneMore } : joining.invite
      if (counted !== null) batch.update(inviteOf(db, joining.inviteCode), counted)
      if (joining.keepsRequest !== true) batch.delete(db.doc(requestPath(uid)))
      joining.extend?.(batch)
    },
  })
}

function joining(): RuleCase[] {
  const { allow, deny, denyEach, all } = cases(withRequest())
  allow('someone joins with the code', ({ mallory }) => join(mallory))
  deny('someone signed out joins', ({ signedOut }) => join(signedOut))
  deny('a member joins again', ({ bob }) => join(bob, { uid: 'bob', chat: {} }))
  denyEach<Joining>(
    {
      'someone joins without counting': { invite: null },
      'someone joins and counts two': { invite: { joins: 6, memberCount: oneMore } },
      'someone joins and counts nothing': { invite: { joins: 4, memberCount: oneMore } },
      'someone joins and lowers the count': { invite: { joins: 3, memberCount: oneMore } },
      'someone joins and keeps the member count': { invite: { joins: oneMore } },
      'someone joins and raises the member count by two': { invite: { joins: oneMore, memberCount: 5 } },
      'someone joins and renames the link': {
        invite: { joins: oneMore, memberCount: oneMore, title: 'Bank' },
      },
      'someone joins and keeps the request': { keepsRequest: true },
      'someone joins with another': { chat: { memberIds: arrayUnion('mallory', 'zoe') } },
      'someone joins twice': { chat: { memberIds: ['alice', 'bob', 'carol', 'mallory', 'mallory'] } },
      'someone joins at the front': { chat: { memberIds: ['mallory', 'alice', 'bob', 'carol'] } },
      'someone joins in the place of a member': { chat: { memberIds: ['alice', 'bob', 'mallory'] } },
      'someone adds another with a link': {
        body: event('joined', ['zoe']),
        chat: { memberIds: arrayUnion('zoe') },
      },
      'someone joins without becoming a member': { chat: {} },
      'someone joins as an admin': {
        chat: { memberIds: arrayUnion('mallory'), adminIds: arrayUnion('mallory') },
      },
      'someone joins as the owner': { chat: { memberIds: arrayUnion('mallory'), ownerId: 'mallory' } },
      'someone joins and renames the group': { chat: { memberIds: arrayUnion('mallory'), title: 'Bank' } },
      'someone joins and counts a message': {
        chat: { memberIds: arrayUnion('mallory'), messageCount: oneMore },
      },
      'someone joins and clears the removed people': {
        chat: { memberIds: arrayUnion('mallory'), bannedIds: deleteField },
      },
      'someone joins with an event about another': { body: event('joined', ['zoe']) },
      'someone joins with an event of adding': { body: event('added', ['mallory']) },
      'someone joins with an event of accepting': { body: event('admitted', ['mallory']) },
      'someone joins with an event that says more': {
        body: { ...event('joined', ['mallory']), title: 'Bank' },
      },
      'someone joins with a text': { body: text('Hi') },
    },
    ({ mallory }, variant) => join(mallory, variant),
  )
  deny('someone counts a join without joining', ({ mallory }) =>
    mallory
      .batch()
      .update(inviteOf(mallory), { joins: oneMore, memberCount: oneMore })
      .delete(mallory.doc(requestPath('mallory')))
      .commit(),
  )
  const unusable: Record<string, Documents> = {
    'without a request': withInvite(),
    'with a link that was revoked meanwhile': withRequest(revoked),
    'with a link that has expired meanwhile': withRequest({ expiresAt: ago(1) }),
    'with a link that was used up meanwhile': withRequest({ maxJoins: 4 }),
    'with a link that needs approval': withRequest({ approve: true }),
    'although an admin removed them meanwhile': withRequest({}, { bannedIds: ['mallory'] }),
    'a deleted group': withRequest({}, { memberIds: [], adminIds: [] }),
    'a full group': withRequest({}, { memberIds: ['alice', 'carol', ...crowd(254)] }),
    'a direct chat': withRequest({}, { kind: 'direct' }),
  }
  const refused = Object.entries(unusable).flatMap(([name, documents]) => {
    const one = cases(documents)
    one.deny(`someone joins ${name}`, ({ mallory }) => join(mallory))
    return one.all
  })
  const last = cases(withRequest({ maxJoins: 5, expiresAt: inSeconds(600) }))
  last.allow('someone joins as the last one', ({ mallory }) => join(mallory))
  const almostFull = cases(withRequest({}, { memberIds: ['alice', 'carol', ...crowd(253)] }))
  almostFull.allow('someone joins as member 256', ({ mallory }) => join(mallory))
  const foreign = cases(withRequest({}, {}, { [`${groupPath}/invites/${otherCode}`]: invite }))
  foreign.deny('someone joins and counts at another link', ({ mallory }) =>
    join(mallory, { inviteCode: otherCode }),
  )
  foreign.deny('someone joins and counts at another link too', ({ mallory }) =>
    join(mallory, {
      extend: (batch) => batch.update(inviteOf(mallory, otherCode), { joins: oneMore, memberCount: oneMore }),
    }),
  )
  const added = cases(withRequest({}, { memberIds: ['alice', 'bob', 'carol', 'mallory'] }))
  added.deny('someone who was added meanwhile counts a join', ({ mallory }) =>
    mallory
      .batch()
      .update(inviteOf(mallory), { joins: oneMore, memberCount: oneMore })
      .delete(mallory.doc(requestPath('mallory')))
      .commit(),
  )
  added.deny('someone who was added meanwhile joins', ({ mallory }) =>
    join(mallory, { chat: { memberIds: ['alice', 'bob', 'carol', 'mallory', 'mallory'] } }),
  )
  const phoneless = cases(
    withInvite(
      {},
      { memberIds: ['bob', 'carol'], adminIds: ['carol'], ownerId: 'carol' },
      { [requestPath('alice')]: asked },
    ),
  )
  phoneless.deny('an account without a number joins', ({ phoneless: db }) => join(db, { uid: 'alice' }))
  phoneless.allow('someone who left joins again', ({ alice }) => join(alice, { uid: 'alice' }))
  return [...all, ...refused, ...last.all, ...almostFull.all, ...foreign.all, ...added.all, ...phoneless.all]
}

const crowd = (size: number): string[] => Array.from({ length: size }, (_, index) => `crowd${String(index)}`)

interface Admitting {
  uid?: string
  uids?: readonly string[]
  chat?: Fields
  keepsRequest?: boolean
}

function admit(db: Firestore, admitting: Admitting = {}): Promise<void> {
  const { uid = 'alice', uids = ['mallory'], chat = { memberIds: arrayUnion(...uids) } } = admitting
  return send(db, uid, event('admitted', uids), {
    chat,
    extend(batch) {
      if (admitting.keepsRequest !== true) batch.delete(db.doc(requestPath('mallory')))
    },
  })
}

function admitting(): RuleCase[] {
  const { allow, deny, denyEach, all } = cases(withRequest({ approve: true }))
  allow('an admin accepts a request', ({ alice }) => admit(alice))
  deny('a member accepts a request', ({ bob }) => admit(bob, { uid: 'bob' }))
  deny('the one who asked accepts the request', ({ mallory }) => admit(mallory, { uid: 'mallory' }))
  denyEach<Admitting>(
    {
      'an admin accepts and keeps the request': { keepsRequest: true },
      'an admin accepts someone who has not asked': { uids: ['zoe'] },
      'an admin accepts two people': { uids: ['mallory', 'zoe'] },
      'an admin accepts nobody': { uids: [], chat: {} },
      'an admin accepts one and adds two': { chat: { memberIds: arrayUnion('mallory', 'zoe') } },
      'an admin accepts without adding': { chat: {} },
      'an admin accepts and makes an admin': {
        chat: { memberIds: arrayUnion('mallory'), adminIds: arrayUnion('mallory') },
      },
      'an admin accepts and removes another': { chat: { memberIds: ['alice', 'carol', 'mallory'] } },
    },
    ({ alice }, variant) => admit(alice, variant),
  )
  const refused: Record<string, Documents> = {
    'who has not asked': withInvite(),
    'who was removed': withRequest({}, { bannedIds: ['mallory'] }),
    'who is a member': withRequest({}, { memberIds: ['alice', 'bob', 'carol', 'mallory'] }),
    'to a full group': withRequest({}, { memberIds: ['alice', 'carol', ...crowd(254)] }),
  }
  const others = Object.entries(refused).flatMap(([name, documents]) => {
    const one = cases(documents)
    one.deny(`an admin accepts someone ${name}`, ({ alice }) => admit(alice))
    return one.all
  })
  const twice = cases(withRequest({}, { memberIds: ['alice', 'bob', 'carol', 'mallory'] }))
  twice.deny('an admin accepts a member a second time', ({ alice }) =>
    admit(alice, { chat: { memberIds: ['alice', 'bob', 'carol', 'mallory', 'mallory'] } }),
  )
  const closed = cases(withRequest(revoked))
  closed.allow('an admin accepts a request of a revoked link', ({ alice }) => admit(alice))
  return [...all, ...others, ...twice.all, ...closed.all]
}

/** Nothing of a link works in a chat that is no group. */
function inDirectChats(): RuleCase[] {
  const { deny, all } = cases(withInvite())
  const direct = 'chats/alice_bob'
  deny('a member of a direct chat creates a link', ({ alice }) =>
    alice.doc(`${direct}/invites/${code}`).set({ ...invite, createdAt: now, joins: 0 }),
  )
  deny('someone asks to join a direct chat', ({ mallory }) =>
    mallory.doc(`${direct}/requests/mallory`).set({ code, at: now }),
  )
  deny('someone uses the code of another group', ({ mallory }) =>
    mallory.doc(`chats/Group000000000000002/requests/mallory`).set({ code, at: now }),
  )
  return all
}

/** The rules of the group and of the link both decide on joining, so its cases are in both suites. */
export const inviteSuites: RuleSuite[] = [
  { block: 'chats/{chatId}', cases: [...joining(), ...admitting()] },
  {
    block: 'chats/{chatId}/invites/{code}',
    cases: [...reading(), ...creating(), ...changing(), ...inDirectChats(), ...joining()],
  },
  { block: 'chats/{chatId}/requests/{uid}', cases: [...asking(), ...withdrawing(), ...requestReading()] },
]
