import {
  ago,
  cases,
  now,
  oneMore,
  without,
  type Documents,
  type Fields,
  type Firestore,
  type RuleCase,
  type RuleSuite,
} from '../world.ts'
import { chatPath, conversation, deletion, message, messagePath, send } from './conversation.ts'
import { event, given, groupPath, ids as groupIds, send as sendToGroup } from './groups.ts'

/* Messages with files: the bodies of the kinds photo, video, voice and file. */

const hex = (length: number): string => '0123456789abcdef'.repeat(8).slice(0, length)

const file: Fields = {
  object: hex(32),
  size: 123_456,
  sha256: hex(64),
  mime: 'image/jpeg',
  enc: null,
}
const picture: Fields = { file, width: 4032, height: 3024, hash: '3OcRJYB4d3h/iIeHeEh3eIhw+j3A' }

/** The shortest body of each kind. */
export const bodies: Record<'photo' | 'video' | 'voice' | 'file', Fields> = {
  photo: { kind: 'photo', ...picture },
  video: { kind: 'video', ...picture, duration: 61_000 },
  voice: { kind: 'voice', file, duration: 3_400, wave: hex(48) },
  file: { kind: 'file', file, name: 'Plan.pdf' },
}
const kinds = ['photo', 'video', 'voice', 'file'] as const
type Kind = (typeof kinds)[number]

const allowedFiles: Record<string, Fields> = {
  'a file of one byte': { size: 1 },
  'the largest file': { size: 104_857_600 },
  'the shortest type': { mime: 'a/b' },
  'the longest type': { mime: `application/${'x'.repeat(88)}` },
  'a type with symbols': { mime: 'image/svg+xml' },
  'a type of a vendor': { mime: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document' },
}

const deniedFiles: Record<string, Fields> = {
  'an object that is too short': { object: hex(31) },
  'an object that is too long': { object: hex(33) },
  'an object with capital letters': { object: hex(32).toUpperCase() },
  'an object of another chat': { object: `../alice_carol/${hex(32)}` },
  'an object that is a URL': { object: 'https://example.com/x' },
  'an object with a line break': { object: `${hex(32)}\n` },
  'an object that is a number': { object: 7 },
  'an empty file': { size: 0 },
  'a file that is too large': { size: 104_857_601 },
  'a fractional size': { size: 1.5 },
  'a size that is a string': { size: '123456' },
  'a hash that is too short': { sha256: hex(63) },
  'a hash that is too long': { sha256: hex(65) },
  'a hash with other letters': { sha256: `g${hex(63)}` },
  'no hash': { sha256: null },
  'a type that is too long': { mime: `application/${'x'.repeat(89)}` },
  'a type without a subtype': { mime: 'image/' },
  'a type with parameters': { mime: 'text/html;charset=utf-8' },
  'a type with capital letters': { mime: 'Image/jpeg' },
  'a type that is two': { mime: 'image/jpeg/png' },
  'a type that is a list': { mime: ['image/jpeg'] },
  'an encryption': { enc: { key: hex(32) } },
  'an extra field in the file': { url: 'https://example.com/x' },
}

const captions: Record<string, Fields> = {
  'a caption': { text: 'The garden' },
  'the shortest caption': { text: '!' },
  'the longest caption': { text: 'x'.repeat(4096) },
}

const deniedCaptions: Record<string, Fields> = {
  'an empty caption': { text: '' },
  'a caption that is too long': { text: 'x'.repeat(4097) },
  'a caption that is null': { text: null },
  'a caption that is a map': { text: { value: 'x' } },
  'mentions in a direct chat': { text: '@Bob', mentions: 'bob:0:4' },
  'an extra field': { url: 'https://example.com/x' },
}

const allowedPictures: Record<string, Fields> = {
  'the smallest picture': { width: 1, height: 1 },
  'the largest picture': { width: 65_535, height: 65_535 },
  'no thumbhash': { hash: '' },
  'the longest thumbhash': { hash: 'x'.repeat(44) },
  'a padded thumbhash': { hash: 'YTE+/w==' },
  'an album': { album: hex(32) },
}

const deniedPictures: Record<string, Fields> = {
  'no width': { width: 0 },
  'a width that is too large': { width: 65_536 },
  'a fractional width': { width: 1.5 },
  'no height': { height: 0 },
  'a height that is too large': { height: 65_536 },
  'a height that is a string': { height: '3024' },
  'a thumbhash that is too long': { hash: 'x'.repeat(45) },
  'a thumbhash that is not base64': { hash: 'a-b_' },
  'a thumbhash with three signs of padding': { hash: 'YTE===' },
  'a thumbhash that is a list': { hash: ['YTE='] },
  'an album that is too short': { album: hex(31) },
  'an album that is too long': { album: hex(33) },
  'an album that is null': { album: null },
}

const covers: Record<string, Fields> = {
  'the shortest cover': { cover: 'AA==' },
  'the longest cover': { cover: 'A'.repeat(8000) },
  'a cover and a caption': { cover: 'UklGRg==', text: 'The garden' },
}

const deniedCovers: Record<string, Fields> = {
  'an empty cover': { cover: '' },
  'a cover that is too long': { cover: 'A'.repeat(8001) },
  'a cover that is a URL': { cover: 'https://example.com/a.webp' },
  'a cover with a line break': { cover: 'AAAA\n' },
  'a cover with three signs of padding': { cover: 'A===' },
  'a cover that is null': { cover: null },
  'a cover that is a list': { cover: ['AAAA'] },
}

const allowedDurations: Record<string, Fields> = {
  'no duration': { duration: 0 },
  'the longest duration': { duration: 86_400_000 },
}

const deniedDurations: Record<string, Fields> = {
  'a negative duration': { duration: -1 },
  'a duration that is too long': { duration: 86_400_001 },
  'a fractional duration': { duration: 0.5 },
  'a duration that is a string': { duration: '3400' },
}

/** Differences from the shortest body, by kind. */
const allowed: Record<Kind, Record<string, Fields>> = {
  photo: { ...captions, ...allowedPictures },
  video: { ...captions, ...allowedPictures, ...allowedDurations },
  voice: allowedDurations,
  file: {
    ...captions,
    ...covers,
    'the shortest name': { name: 'x' },
    'the longest name': { name: 'x'.repeat(255) },
  },
}
const denied: Record<Kind, Record<string, Fields>> = {
  photo: {
    ...deniedCaptions,
    ...deniedPictures,
    'a duration': { duration: 1 },
    'a name': { name: 'x' },
    'a cover': { cover: 'AAAA' },
  },
  video: {
    ...deniedCaptions,
    ...deniedPictures,
    ...deniedDurations,
    'a name': { name: 'x' },
    'a cover': { cover: 'AAAA' },
  },
  voice: {
    ...deniedDurations,
    'a wave that is too short': { wave: hex(47) },
    'a wave that is too long': { wave: hex(49) },
    'a wave with other letters': { wave: `g${hex(47)}` },
    'a caption': { text: 'Listen' },
    'an album': { album: hex(32) },
    'a cover': { cover: 'AAAA' },
  },
  file: {
    ...deniedCaptions,
    ...deniedCovers,
    'an empty name': { name: '' },
    'a name that is too long': { name: 'x'.repeat(256) },
    'a name that is a list': { name: ['Plan.pdf'] },
    'an album': { album: hex(32) },
  },
}

function creating(kind: Kind): RuleCase[] {
  const body = bodies[kind]
  const { allow, denyEach, all } = cases(conversation)
  const write = (db: Firestore, fields: Fields): Promise<void> =>
    send(db, 'alice', { message: { body: fields } })
  const patches = { 'the shortest body': {}, ...allowed[kind] }
  for (const [name, patch] of Object.entries(patches)) {
    allow(`a ${kind}: ${name}`, ({ alice }) => write(alice, { ...body, ...patch }))
  }
  for (const [name, patch] of Object.entries(kind === 'file' ? allowedFiles : {})) {
    allow(`a ${kind}: ${name}`, ({ alice }) => write(alice, { ...body, file: { ...file, ...patch } }))
  }
  const named = (variants: Record<string, Fields>): Record<string, Fields> =>
    Object.fromEntries(Object.entries(variants).map(([name, variant]) => [`a ${kind}: ${name}`, variant]))
  denyEach(named(denied[kind]), ({ alice }, patch) => write(alice, { ...body, ...patch }))
  denyEach(named(deniedFiles), ({ alice }, patch) => write(alice, { ...body, file: { ...file, ...patch } }))
  const missing = Object.keys(body).map((name) => [`a ${kind} without ${name}`, without(body, name)] as const)
  denyEach(Object.fromEntries(missing), ({ alice }, fields) => write(alice, fields))
  const fileless = Object.keys(file).map(
    (name) => [`a ${kind} whose file has no ${name}`, without(file, name)] as const,
  )
  denyEach(Object.fromEntries(fileless), ({ alice }, fields) => write(alice, { ...body, file: fields }))
  denyEach(
    named({ 'a list of files': { file: [file] }, 'an unknown kind': { kind: 'album' } }),
    ({ alice }, patch) => write(alice, { ...body, ...patch }),
  )
  for (const other of kinds.filter((one) => one !== kind)) {
    denyEach({ [`the body of a ${kind} as a ${other}`]: other }, ({ alice }, name) =>
      write(alice, { ...body, kind: name }),
    )
  }
  return all
}

/** A text with the fields of a file. */
function mixing(): RuleCase[] {
  const { deny, all } = cases(conversation)
  deny('a text with a file', ({ alice }) =>
    send(alice, 'alice', { message: { body: { kind: 'text', text: 'Look', file } } }),
  )
  deny('a photo of someone else', ({ mallory }) =>
    send(mallory, 'mallory', { message: { body: bodies.photo } }),
  )
  deny('a photo from an account without a number', ({ phoneless }) =>
    send(phoneless, 'alice', { message: { body: bodies.photo } }),
  )
  const blocked = cases({
    ...conversation,
    'users/bob/blocked/alice': { blocked: true, updatedAt: ago(1) },
  })
  blocked.deny('a photo to someone who has blocked its sender', ({ alice }) =>
    send(alice, 'alice', { message: { body: bodies.photo } }),
  )
  return [...all, ...blocked.all]
}

/** Bob is a member, Alice the owner, Mallory was removed. */
function inGroups(): RuleCase[] {
  const { allow, deny, all } = cases(given())
  const fifty = Array.from({ length: 50 }, () => 'carol:0:6').join(' ')
  const long: Fields = {
    ...bodies.video,
    album: hex(32),
    hash: 'x'.repeat(44),
    text: '@'.repeat(4096),
    file: { ...file, mime: `application/${'x'.repeat(88)}` },
  }
  for (const kind of kinds) {
    allow(`a member sends a ${kind}`, ({ bob }) => sendToGroup(bob, 'bob', bodies[kind]))
    deny(`a removed person sends a ${kind}`, ({ mallory }) => sendToGroup(mallory, 'mallory', bodies[kind]))
  }
  allow('a member sends a video with the longest caption and fifty mentions', ({ bob }) =>
    sendToGroup(bob, 'bob', { ...long, mentions: fifty }),
  )
  allow('an admin mentions everyone in a caption', ({ alice }) =>
    sendToGroup(alice, 'alice', { ...long, mentions: '*:0:6' }),
  )
  deny('a member mentions everyone in a caption', ({ bob }) =>
    sendToGroup(bob, 'bob', { ...long, mentions: '*:0:6' }),
  )
  for (const kind of ['photo', 'video', 'file'] as const) {
    allow(`a member mentions someone in the caption of a ${kind}`, ({ bob }) =>
      sendToGroup(bob, 'bob', { ...bodies[kind], text: '@Carol', mentions: 'carol:0:6' }),
    )
    deny(`a ${kind} has mentions without a caption`, ({ bob }) =>
      sendToGroup(bob, 'bob', { ...bodies[kind], mentions: 'carol:0:6' }),
    )
  }
  deny('a photo that is not counted', ({ bob }) =>
    sendToGroup(bob, 'bob', bodies.photo, { chat: { messageCount: 1 } }),
  )
  deny('a photo that changes the title', ({ bob }) =>
    sendToGroup(bob, 'bob', bodies.photo, { chat: { title: 'Mine' } }),
  )
  deny('an event that is counted as a message', ({ alice }) =>
    sendToGroup(alice, 'alice', event('promoted', ['bob']), { chat: { messageCount: oneMore } }),
  )
  deny('an event with a file', ({ alice }) =>
    sendToGroup(
      alice,
      'alice',
      { kind: 'event', event: 'renamed', title: 'New', file },
      { chat: { title: 'New' } },
    ),
  )
  const closed = cases(given({ policy: { post: 'admins', edit: 'all', add: 'all' } }))
  closed.allow('an admin sends a photo where only admins may write', ({ alice }) =>
    sendToGroup(alice, 'alice', bodies.photo),
  )
  closed.deny('a member sends a photo where only admins may write', ({ bob }) =>
    sendToGroup(bob, 'bob', bodies.photo),
  )
  return [...all, ...closed.all]
}

const captioned: Fields = { ...bodies.photo, text: 'The garden' }

const sent = (id: string, body: Fields, minutesAgo = 9) => ({ id, body, minutesAgo })
const sentByAlice = {
  photo: sent('media-0000000001', bodies.photo),
  video: sent('media-0000000002', bodies.video),
  voice: sent('media-0000000003', bodies.voice),
  file: sent('media-0000000004', bodies.file),
  captioned: sent('media-0000000005', captioned),
  old: sent('media-0000000006', captioned, 25 * 60),
  /** Of a kind that these rules do not know. */
  unknown: sent('media-0000000007', { kind: 'poll', text: 'Tea or coffee?' }),
}
const withMedia: Documents = {
  ...conversation,
  ...Object.fromEntries(
    Object.values(sentByAlice).map(({ id, body, minutesAgo }) => [
      messagePath(id),
      { ...message('alice', '', minutesAgo), body },
    ]),
  ),
}

function editing(): RuleCase[] {
  const { allow, deny, denyEach, all } = cases(withMedia)
  const change = (db: Firestore, id: string, fields: Fields): Promise<void> =>
    db
      .batch()
      .update(db.doc(messagePath(id)), fields)
      .update(db.doc(chatPath), { revision: oneMore, changed: id, updatedAt: now })
      .commit()
  const editTo = (db: Firestore, name: keyof typeof sentByAlice, body: Fields): Promise<void> =>
    change(db, sentByAlice[name].id, { body, editedAt: now, updatedAt: now })
  for (const kind of ['photo', 'video', 'file'] as const) {
    allow(`a caption is added to a ${kind}`, ({ alice }) =>
      editTo(alice, kind, { ...bodies[kind], text: 'Look' }),
    )
  }
  allow('a caption is changed', ({ alice }) => editTo(alice, 'captioned', { ...captioned, text: 'Look' }))
  allow('a caption is removed', ({ alice }) => editTo(alice, 'captioned', bodies.photo))
  allow('a file is deleted', ({ alice }) => change(alice, sentByAlice.voice.id, deletion))
  deny('a caption is added to a voice note', ({ alice }) =>
    editTo(alice, 'voice', { ...bodies.voice, text: 'Listen' }),
  )
  deny('a text of an unknown kind is changed', ({ alice }) =>
    editTo(alice, 'unknown', { kind: 'poll', text: 'Tea?' }),
  )
  deny('a caption is changed after 24 hours', ({ alice }) =>
    editTo(alice, 'old', { ...captioned, text: 'Look' }),
  )
  deny('a caption is changed by the other member', ({ bob }) =>
    editTo(bob, 'captioned', { ...captioned, text: 'Look' }),
  )
  deny('an edit changes nothing', ({ alice }) => editTo(alice, 'captioned', captioned))
  denyEach<Fields>(
    {
      'the file is exchanged': { file: { ...file, object: hex(32).replace('0', '1') } },
      'the size is changed': { file: { ...file, size: 1 } },
      'the width is changed': { width: 1 },
      'the album is changed': { album: hex(32) },
      'the kind is changed': { kind: 'video', duration: 1 },
      'a photo becomes a text': { kind: 'text' },
      'the caption is empty': { text: '' },
      'the caption is too long': { text: 'x'.repeat(4097) },
      'the caption has mentions in a direct chat': { mentions: 'bob:0:4' },
      'a field is added': { url: 'https://example.com/x' },
    },
    ({ alice }, patch) => editTo(alice, 'captioned', { ...captioned, text: 'Look', ...patch }),
  )
  deny('a text becomes a photo', ({ alice }) =>
    change(alice, 'message-00000001', { body: captioned, editedAt: now, updatedAt: now }),
  )
  deny('a text loses its words', ({ alice }) =>
    change(alice, 'message-00000001', { body: { kind: 'text' }, editedAt: now, updatedAt: now }),
  )
  deny('a photo is replaced by its caption', ({ alice }) =>
    editTo(alice, 'captioned', { kind: 'text', text: 'The garden' }),
  )
  return all
}

function deletingInGroups(): RuleCase[] {
  const path = `${groupPath}/messages/${groupIds.another}`
  const { allow, deny, all } = cases(given({}, { [path]: { ...message('bob', '', 9), body: bodies.photo } }))
  const remove = (db: Firestore): Promise<void> =>
    db
      .batch()
      .update(db.doc(path), deletion)
      .update(db.doc(groupPath), { revision: oneMore, changed: groupIds.another, updatedAt: now })
      .commit()
  allow('a member deletes an own photo', ({ bob }) => remove(bob))
  allow('an admin deletes a photo of a member', ({ alice }) => remove(alice))
  deny('a removed person deletes a photo', ({ mallory }) => remove(mallory))
  return all
}

export const mediaSuite: RuleSuite = {
  block: 'chats/{chatId}/messages/{messageId}',
  cases: [...kinds.flatMap(creating), ...mixing(), ...inGroups(), ...editing(), ...deletingInGroups()],
}
