import { chatSounds } from '../../../src/shared/notifications/sounds.ts'
import {
  cases,
  inSeconds,
  now,
  oneMore,
  past,
  type Documents,
  type Fields,
  type Firestore,
  type RuleCase,
  type RuleSuite,
} from '../world.ts'
import { gotByOwner, readByOwner, writtenByOwner } from './owned.ts'
import { photo, validPhotos, wrongPhotos } from './photo.ts'

const profile = { displayName: 'Alice', about: 'Here', updatedAt: now }
const settings = { lastSeen: 'nobody', groups: 'contacts', photo: 'contacts', updatedAt: now }
const contact = { name: 'Bobby', phone: '+16505553402', updatedAt: now }
const block = { blocked: true, updatedAt: now }
const device = { token: 'fcm-token', platform: 'linux', updatedAt: now }
const devicePath = `users/alice/devices/${'0f'.repeat(16)}`
/** As apps wrote it before chats had sounds. */
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

function deviceIds(): RuleCase[] {
  const { denyEach, all } = cases()
  denyEach(
    {
      '31 digits': '0'.repeat(31),
      '33 digits': '0'.repeat(33),
      'a capital': 'A'.repeat(32),
      'a letter after f': 'g'.repeat(32),
    },
    ({ alice }, id) => alice.doc(`users/alice/devices/${id}`).set(device),
  )
  return all
}

function readProfiles(): RuleCase[] {
  const { allow, deny, all } = cases({ 'users/alice': profile, 'users/bob': profile })
  allow('anyone signed in gets one', ({ mallory }) => mallory.doc('users/alice').get())
  deny('someone without a number gets one', ({ phoneless }) => phoneless.doc('users/bob').get())
  deny('someone signed out gets one', ({ signedOut }) => signedOut.doc('users/alice').get())
  deny('anyone lists them', ({ mallory }) => mallory.collection('users').limit(1000).get())
  deny('anyone lists one of them', ({ mallory }) => mallory.collection('users').limit(1).get())
  deny('anyone queries them by name', ({ mallory }) =>
    mallory.collection('users').where('displayName', '==', 'Alice').limit(1).get(),
  )
  return all
}

function readPrivate(): RuleCase[] {
  const path = 'users/alice/private/settings'
  const { deny, all } = cases({ [path]: settings })
  deny('the owner lists them', ({ alice }) => alice.collection('users/alice/private').limit(1).get())
  return [...gotByOwner(path, settings), ...gotByOwner('users/alice/private/clock', { at: past(1) }), ...all]
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
  read.allow('mentions and a sound are set', ({ alice }) =>
    alice.doc(path).update({ muteMentions: true, sound: 'none', updatedAt: now }),
  )
  read.deny('it becomes malformed', ({ alice }) => alice.doc(path).update({ pinned: 1, updatedAt: now }))
  const unread = cases({ [path]: { ...chatState, readCount: 0, readAt: null, updatedAt: past(3) } })
  unread.allow('readCount and readAt are set for the first time', ({ alice }) =>
    alice.doc(path).update(chatState),
  )
  unread.allow('readAt stays null', ({ alice }) => alice.doc(path).update({ pinned: true, updatedAt: now }))
  unread.allow('readAt becomes now', ({ alice }) => alice.doc(path).update({ readAt: now, updatedAt: now }))
  const last = cases({
    [path]: { ...chatState, readCount: Number.MAX_SAFE_INTEGER - 1, updatedAt: past(3) },
  })
  last.allow('readCount reaches the largest number', ({ alice }) =>
    alice.doc(path).update({ readCount: oneMore, updatedAt: now }),
  )
  const full = cases({ [path]: { ...chatState, readCount: Number.MAX_SAFE_INTEGER, updatedAt: past(3) } })
  full.deny('readCount passes the largest number', ({ alice }) =>
    alice.doc(path).update({ readCount: oneMore, updatedAt: now }),
  )
  const { deny, all: later } = cases()
  deny('readAt is later than now', ({ alice }) =>
    alice.doc(path).set({ ...chatState, readAt: inSeconds(3600) }),
  )
  return [...read.all, ...unread.all, ...last.all, ...full.all, ...later]
}

const paths = {
  profile: 'users/alice',
  settings: 'users/alice/private/settings',
  photo: 'users/alice/private/photo',
}
const chosen = (choice: string): Documents => ({
  [paths.settings]: { ...settings, photo: choice, updatedAt: past(1) },
})
const showing = (shown: unknown): Documents => ({
  [paths.profile]: { ...profile, photo: shown, updatedAt: past(1) },
})
const hasPhoto: Documents = { [paths.photo]: { photo, updatedAt: past(1) } }

/** The photo in the profile, which everyone reads. */
function photoInProfile(): RuleCase[] {
  const show = (alice: Firestore, shown: unknown): Promise<void> =>
    alice.doc(paths.profile).update({ photo: shown, updatedAt: now })
  const publish = (alice: Firestore, choice: string, shown: unknown): Promise<void> =>
    alice
      .batch()
      .set(alice.doc(paths.settings), { ...settings, photo: choice })
      .set(alice.doc(paths.profile), { ...profile, photo: shown })
      .commit()
  const open = cases({ ...chosen('everyone'), ...showing(null) })
  for (const [name, valid] of Object.entries(validPhotos))
    open.allow(`the profile shows ${name}`, ({ alice }) => show(alice, valid))
  open.allow('the profile shows no photo', ({ alice }) => show(alice, null))
  open.deny('someone else shows a photo in a profile', ({ bob }) => show(bob, photo))
  open.denyEach(wrongPhotos, ({ alice }, wrong) => show(alice, wrong))
  open.deny('the profile shows the photo in the batch that hides it', ({ alice }) =>
    publish(alice, 'contacts', photo),
  )
  const contacts = cases({ ...chosen('contacts'), ...showing(null) })
  contacts.allow('the profile refers to the photo for contacts', ({ alice }) => show(alice, 'contacts'))
  contacts.deny('the profile shows a photo that is for contacts', ({ alice }) => show(alice, photo))
  contacts.allow('the profile shows the photo in the batch that shows it to everyone', ({ alice }) =>
    publish(alice, 'everyone', photo),
  )
  const nobody = cases({ ...chosen('nobody'), ...showing(null) })
  nobody.deny('the profile shows a photo that is for nobody', ({ alice }) => show(alice, photo))
  const old = cases({
    [paths.settings]: { lastSeen: 'nobody', groups: 'contacts', updatedAt: past(1) },
    ...showing(null),
  })
  old.deny('the profile shows a photo, and nothing says that everyone may see it', ({ alice }) =>
    show(alice, photo),
  )
  return [...open.all, ...contacts.all, ...nobody.all, ...old.all]
}

/** The choice who sees the photo. */
function photoChoice(): RuleCase[] {
  const choose = (alice: Firestore, choice: string): Promise<void> =>
    alice.doc(paths.settings).set({ ...settings, photo: choice })
  const hide = (alice: Firestore, choice: string, shown: unknown): Promise<void> =>
    alice
      .batch()
      .set(alice.doc(paths.settings), { ...settings, photo: choice })
      .update(alice.doc(paths.profile), { photo: shown, updatedAt: now })
      .commit()
  const shown = cases({ ...chosen('everyone'), ...showing(photo) })
  shown.allow('the choice stays everyone', ({ alice }) => choose(alice, 'everyone'))
  for (const choice of ['contacts', 'nobody'])
    shown.deny(`the choice becomes ${choice} while the profile shows the photo`, ({ alice }) =>
      choose(alice, choice),
    )
  shown.allow('the batch that hides the photo from strangers refers to it', ({ alice }) =>
    hide(alice, 'contacts', 'contacts'),
  )
  shown.allow('the batch that hides the photo takes it from the profile', ({ alice }) =>
    hide(alice, 'nobody', null),
  )
  shown.allow('the batch that hides the photo deletes the profile', ({ alice }) =>
    alice
      .batch()
      .set(alice.doc(paths.settings), { ...settings, photo: 'nobody' })
      .delete(alice.doc(paths.profile))
      .commit(),
  )
  const hidden = cases({ ...chosen('nobody'), ...showing(null) })
  for (const choice of ['everyone', 'contacts', 'nobody'])
    hidden.allow(`the choice becomes ${choice} without a photo`, ({ alice }) => choose(alice, choice))
  const fresh = cases()
  fresh.allow('someone without a profile chooses nobody', ({ alice }) => choose(alice, 'nobody'))
  return [...shown.all, ...hidden.all, ...fresh.all]
}

/** The photo for those who may see it. */
function photoForSome(): RuleCase[] {
  const get = (db: Firestore) => db.doc(paths.photo).get()
  const isContact: Documents = { 'users/alice/contacts/bob': { ...contact, updatedAt: past(1) } }
  const isBlocked: Documents = { 'users/alice/blocked/bob': { ...block, updatedAt: past(1) } }
  const contacts = cases({ ...hasPhoto, ...chosen('contacts'), ...isContact })
  contacts.allow('a contact gets a photo that is for contacts', ({ bob }) => get(bob))
  contacts.deny('a stranger gets a photo that is for contacts', ({ mallory }) => get(mallory))
  contacts.deny('an account without a number gets a photo', ({ phoneless }) => get(phoneless))
  contacts.deny('someone signed out gets a photo', ({ signedOut }) => get(signedOut))
  const nobody = cases({ ...hasPhoto, ...chosen('nobody'), ...isContact })
  nobody.deny('a contact gets a photo that is for nobody', ({ bob }) => get(bob))
  nobody.allow('the owner gets a photo that is for nobody', ({ alice }) => get(alice))
  const everyone = cases({ ...hasPhoto, ...chosen('everyone') })
  everyone.allow('a stranger gets a photo that is for everyone', ({ mallory }) => get(mallory))
  everyone.deny('a stranger gets the settings of someone whose photo is for everyone', ({ mallory }) =>
    mallory.doc(paths.settings).get(),
  )
  everyone.deny('an account without a number gets a photo that is for everyone', ({ phoneless }) =>
    get(phoneless),
  )
  const blocked = cases({ ...hasPhoto, ...chosen('contacts'), ...isContact, ...isBlocked })
  blocked.deny('a contact whom the owner has blocked gets a photo', ({ bob }) => get(bob))
  // Mallory has Alice among her contacts, not the other way round.
  const inverse = cases({
    ...hasPhoto,
    ...chosen('contacts'),
    'users/mallory/contacts/alice': { ...contact, updatedAt: past(1) },
  })
  inverse.deny('someone who has the owner among their contacts gets a photo', ({ mallory }) => get(mallory))
  const { deny, all } = cases({ ...hasPhoto })
  deny('someone gets the photo of an account without settings', ({ bob }) => get(bob))
  return [...contacts.all, ...nobody.all, ...everyone.all, ...blocked.all, ...inverse.all, ...all]
}

export const userSuites: RuleSuite[] = [
  {
    block: 'users/{uid}',
    cases: [
      ...writtenByOwner({
        path: 'users/alice',
        fields: profile,
        deletable: true,
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
      ...photoInProfile(),
    ],
  },
  { block: 'users/{uid}/private/{name}', cases: [...readPrivate(), ...photoForSome()] },
  {
    block: 'users/{uid}/private/settings',
    cases: [
      ...writtenByOwner({
        path: 'users/alice/private/settings',
        fields: settings,
        deletable: true,
        wrong: {
          'an unknown choice': { lastSeen: 'friends' },
          'an unknown choice for groups': { groups: 'friends' },
          'an unknown choice for the photo': { photo: 'friends' },
        },
      }),
      ...photoChoice(),
      ...aliceWrites('users/alice/private/settings', {
        everyone: { ...settings, lastSeen: 'everyone', groups: 'everyone' },
        'nobody for groups': { ...settings, groups: 'nobody' },
      }),
    ],
  },
  {
    block: 'users/{uid}/private/photo',
    cases: [
      ...writtenByOwner({
        path: paths.photo,
        fields: { photo, updatedAt: now },
        deletable: true,
        wrong: Object.fromEntries(
          Object.entries(wrongPhotos).map(([name, wrong]) => [`a photo ${name}`, { photo: wrong }]),
        ),
      }),
      ...aliceWrites(paths.photo, { 'no photo': { photo: null, updatedAt: now } }),
    ],
  },
  {
    block: 'users/{uid}/private/clock',
    cases: writtenByOwner({ path: 'users/alice/private/clock', fields: { at: now }, wrong: {} }),
  },
  {
    block: 'users/{uid}/contacts/{other}',
    cases: [
      ...writtenByOwner({
        path: 'users/alice/contacts/bob',
        fields: contact,
        deletable: true,
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
    ],
  },
  {
    block: 'users/{uid}/blocked/{other}',
    cases: [
      ...writtenByOwner({
        path: 'users/alice/blocked/bob',
        fields: block,
        deletable: true,
        wrong: { 'blocked as a string': { blocked: 'yes' } },
      }),
      ...aliceWrites('users/alice/blocked/bob', { unblocking: { ...block, blocked: false } }),
      ...aboutSomeoneElse('blocked', block),
      ...readByOwner('users/alice/blocked/bob', block),
    ],
  },
  {
    block: 'users/{uid}/devices/{deviceId}',
    cases: [
      ...writtenByOwner({
        path: devicePath,
        fields: device,
        deletable: true,
        wrong: {
          'an empty token': { token: '' },
          'a token of 4097 characters': { token: 'x'.repeat(4097) },
          'a token that is a list': { token: ['x'] },
          'an unknown platform': { platform: 'android' },
        },
      }),
      ...aliceWrites(devicePath, {
        'the longest token': { ...device, token: 'x'.repeat(4096) },
        'the shortest token': { ...device, token: 'x' },
        ...Object.fromEntries(
          ['win32', 'darwin', 'linux'].map((platform) => [`platform ${platform}`, { ...device, platform }]),
        ),
      }),
      ...deviceIds(),
      ...readByOwner(devicePath, device),
    ],
  },
  {
    block: 'users/{uid}/chats/{chatId}',
    cases: [
      ...writtenByOwner({
        path: 'users/alice/chats/alice_bob',
        fields: chatState,
        deletable: true,
        wrong: {
          'a negative readCount': { readCount: -1 },
          'a fractional readCount': { readCount: 3.5 },
          'a readAt that is a number': { readAt: 5 },
          'pinned as a number': { pinned: 1 },
          'archived as a string': { archived: 'no' },
          'markedUnread as a list': { markedUnread: [] },
          'mutedUntil as a time': { mutedUntil: past(5) },
          'mutedUntil as a fraction': { mutedUntil: 1.5 },
          'a negative mutedUntil': { mutedUntil: -1 },
          'mutedUntil after the year 9999': { mutedUntil: 253_402_300_799_001 },
          'mutedUntil as NaN': { mutedUntil: Number.NaN },
          'mutedUntil as infinity': { mutedUntil: Number.POSITIVE_INFINITY },
          'muteMentions as a number': { muteMentions: 1 },
          'muteMentions as null': { muteMentions: null },
          'an unknown sound': { sound: 'siren' },
          'an empty sound': { sound: '' },
          'a sound as a list': { sound: ['chime'] },
          'a sound as null': { sound: null },
          'readCount as NaN': { readCount: Number.NaN },
          'a readCount that is too large': { readCount: 2 ** 53 },
        },
      }),
      ...aliceWrites('users/alice/chats/alice_bob', {
        'not read and not muted': { ...chatState, readCount: 0, readAt: null, mutedUntil: null },
        'muted from the start of time': { ...chatState, mutedUntil: 0 },
        'muted for the longest time': { ...chatState, mutedUntil: 253_402_300_799_000 },
        'without mentions': { ...chatState, muteMentions: true },
        ...Object.fromEntries(chatSounds.map((sound) => [`the sound ${sound}`, { ...chatState, sound }])),
        'the largest readCount': { ...chatState, readCount: Number.MAX_SAFE_INTEGER },
      }),
      ...chatStateMoves(),
      ...readByOwner('users/alice/chats/alice_bob', chatState),
    ],
  },
]
