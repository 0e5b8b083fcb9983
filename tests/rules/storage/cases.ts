import {
  download,
  getMetadata,
  list,
  media,
  multipart,
  patch,
  remove,
  resumable,
  type Request,
  type Upload,
} from './rest.ts'
import {
  blocking,
  cases,
  directPath,
  given,
  groupPath,
  hex,
  inGroup,
  object,
  photoPath,
  showingPhoto,
  type Person,
  type StorageCase,
  type StorageSuite,
} from './world.ts'

const standard = given()
const MIB = 1024 * 1024

/** The upload of a person's photo or file. */
const by = (owner: string, more: Upload = {}): Upload => ({
  contentType: 'image/jpeg',
  metadata: { owner },
  ...more,
})
const sized = (bytes: number): Upload => ({ bytes: Buffer.alloc(bytes, 7) })

/** Every way to read, one by one. */
const reads = (path: string): Record<string, Request> => ({
  'downloads it': download(path),
  'gets its metadata': getMetadata(path),
})
/** What nobody may do. */
const never = (path: string, owner: string): Record<string, Request> => ({
  'lists the folder': list(path.slice(0, path.lastIndexOf('/') + 1)),
  'lists the object': list(`${path}/`),
  'overwrites it': multipart(path, by(owner)),
  'overwrites it by a resumable upload': resumable(path, by(owner)),
  'changes its type': patch(path, { contentType: 'text/html' }),
  'changes its owner': patch(path, { metadata: { owner: 'mallory' } }),
  'removes its metadata': patch(path, { metadata: null }),
})
const uploads = (path: string, owner: string): Record<string, Request> => ({
  'uploads one': multipart(path, by(owner)),
  'uploads one by a resumable upload': resumable(path, by(owner)),
})

/** A missing object is not found, instead of denied: then a client knows that its file is gone. */
const absent =
  (request: Request): Request =>
  async (backend, token) => {
    const reply = await request(backend, token)
    return { ...reply, status: reply.status === 404 ? 200 : 500 }
  }

/** Cases of the same people and requests. */
function each(
  state: ReturnType<typeof given>,
  verdict: 'allow' | 'deny',
  where: string,
  people: readonly Person[],
  requests: (person: Person) => Record<string, Request>,
): StorageCase[] {
  const collected = cases(state)
  for (const person of people) {
    for (const [what, request] of Object.entries(requests(person))) {
      collected[verdict](`${what} (${where})`, person, request)
    }
  }
  return collected.all
}

/** The uid that the person's token names. */
const uidOf = (person: Person): string =>
  person === 'phoneless' || person === 'signedOut' ? 'alice' : person

const members = ['alice', 'bob'] as const
/** Zoe is a member of other chats, Mallory was removed from the group. */
const others = ['mallory', 'zoe', 'phoneless', 'signedOut'] as const

/** What both kinds of chats have in common. `file` is Alice's. */
function inChat(where: string, chat: string): StorageCase[] {
  const file = `${chat}/${object.alices}`
  const next = `${chat}/${object.next}`
  return [
    ...each(standard, 'allow', where, members, () => ({
      ...reads(file),
      'finds nothing where nothing is': absent(download(next)),
      'finds no metadata where nothing is': absent(getMetadata(next)),
    })),
    ...each(standard, 'allow', where, members, (person) => uploads(next, person)),
    ...each(standard, 'allow', where, ['alice'], () => ({ 'deletes an own one': remove(file) })),
    ...each(standard, 'deny', where, members, (person) => never(file, person)),
    ...each(standard, 'deny', where, ['bob'], () => ({ 'deletes one of another': remove(file) })),
    ...each(standard, 'deny', where, ['alice'], () => ({ 'deletes what is not there': remove(next) })),
    ...each(standard, 'deny', where, others, (person) => ({
      ...reads(file),
      ...never(file, uidOf(person)),
      ...uploads(next, uidOf(person)),
      'finds out that nothing is there': download(next),
      'deletes it': remove(file),
    })),
  ]
}

const upload = (more: Upload, path = `${directPath}/${object.next}`): Request =>
  multipart(path, by('alice', more))

/** Bounds of an upload, by Alice. */
function bounds(): StorageCase[] {
  const { allow, deny, all } = cases(standard)
  allow('uploads one byte', 'alice', upload(sized(1)))
  deny('uploads no bytes', 'alice', upload(sized(0)))
  for (const contentType of [
    ...['image/avif', 'image/gif', 'image/heic', 'image/heif', 'image/jpeg', 'image/png', 'image/webp'],
    ...['video/mp4', 'video/x-matroska', `video/${'x'.repeat(91)}`, 'audio/ogg', 'audio/mpeg'],
    ...['text/plain', 'application/pdf', 'application/octet-stream'],
  ]) {
    allow(`uploads ${contentType}`, 'alice', upload({ contentType }))
  }
  for (const contentType of [
    ...['text/html', 'text/html; charset=utf-8', 'TEXT/HTML', 'image/svg+xml', 'image/jpegx', 'ximage/jpeg'],
    ...['application/xhtml+xml', 'application/javascript', 'application/zip', 'text/css', 'video/', 'video'],
    ...[`video/${'x'.repeat(92)}`, 'video/-x', 'image/jpeg\r\nx: y', 'text/plain text/html', ' image/jpeg'],
    ...[['image/jpeg'], { image: 'jpeg' }, 7, true],
  ]) {
    deny(`uploads the type ${JSON.stringify(contentType)}`, 'alice', upload({ contentType }))
  }
  allow('uploads without a type', 'alice', upload({ contentType: undefined }))
  for (const [what, metadata] of Object.entries({
    'no metadata': undefined,
    'metadata that are null': null,
    'empty metadata': {},
    'another owner': { owner: 'bob' },
    'an empty owner': { owner: '' },
    'an owner that is null': { owner: null },
    'an owner that is a list': { owner: ['alice'] },
    'an owner under another name': { Owner: 'alice' },
  })) {
    deny(`uploads with ${what}`, 'alice', upload({ metadata }))
  }
  deny('uploads bytes alone', 'alice', media(`${directPath}/${object.next}`, 'image/jpeg'))
  for (const [what, name] of Object.entries({
    'of 31 digits': hex('e', 31),
    'of 33 digits': hex('e', 33),
    'with capital letters': hex('E'),
    'with another letter': `g${hex('e', 31)}`,
    'with a suffix': `${hex('e')}.html`,
    'with a line break': `${hex('e')}\n`,
    'in a folder': `x/${hex('e')}`,
    'that leaves the folder': `../alice_zoe/${hex('e')}`,
    'that is a folder': `${hex('e')}/`,
  })) {
    deny(`uploads a name ${what}`, 'alice', upload({}, `${directPath}/${name}`))
  }
  for (const id of [
    ...['bob_alice', 'alice_alice', 'alice_', '_alice', 'alice', 'alice_bob_zoe', 'alice_b-b'],
    ...['Group000000000000003', `alice_${'x'.repeat(129)}`, 'alice_b%6Fb', 'alice_bob '],
  ]) {
    deny(`uploads into the chat "${id}"`, 'alice', upload({}, `chats/${id}/${object.next}`))
  }
  allow('uploads before the chat exists', 'alice', upload({}, `chats/alice_zoe/${object.next}`))
  allow('uploads to a long uid', 'alice', upload({}, `chats/alice_${'x'.repeat(128)}/${object.next}`))
  return all
}

/** Each upload takes more than a second, so the mutation check runs these after all others. */
function largest(): StorageCase[] {
  const { allow, deny, all } = cases(standard)
  allow('uploads 100 MiB', 'alice', upload(sized(100 * MIB)))
  deny('uploads a byte more than 100 MiB', 'alice', upload(sized(100 * MIB + 1)))
  return all
}

/** Someone was blocked in the direct chat. */
function blocked(): StorageCase[] {
  const all: StorageCase[] = []
  const mine = { alice: `${directPath}/${object.alices}`, bob: `${directPath}/${object.bobs}` }
  const next = `${directPath}/${object.next}`
  for (const [blocker, other] of [
    ['alice', 'bob'],
    ['bob', 'alice'],
  ] as const) {
    const state = given(blocking(blocker, other))
    const { allow, deny, all: some } = cases(state)
    const where = `${blocker} has blocked ${other}`
    for (const person of members) {
      for (const [what, request] of Object.entries(uploads(next, person))) {
        deny(`${what} (${where})`, person, request)
      }
      for (const [what, request] of Object.entries(reads(mine.alice))) {
        allow(`${what} (${where})`, person, request)
      }
    }
    deny(`deletes an own one (${where})`, other, remove(mine[other]))
    for (const [what, request] of Object.entries(never(mine[other], other))) {
      deny(`${what} (${where})`, other, request)
    }
    allow(`deletes an own one (${where})`, blocker, remove(mine[blocker]))
    const unblocked = cases(given(blocking(blocker, other, false)))
    for (const person of members) {
      unblocked.allow(`uploads one (${blocker} has unblocked ${other})`, person, multipart(next, by(person)))
    }
    unblocked.allow(`deletes an own one (${blocker} has unblocked ${other})`, other, remove(mine[other]))
    all.push(...some, ...unblocked.all)
  }
  return all
}

/** The policy of a group, and who was a member. */
function groups(): StorageCase[] {
  const next = `${groupPath}/${object.next}`
  const closed = given(inGroup({ policy: { post: 'admins', edit: 'all', add: 'all' } }))
  const where = 'only admins write'
  const strict = given(inGroup({ policy: { post: 'admins', edit: 'admins', add: 'all' } }))
  const left = given(inGroup({ memberIds: ['alice'] }))
  const gone = given(inGroup({ memberIds: [], adminIds: [] }))
  const missing = given({ [groupPath]: null })
  const bobs = `${groupPath}/${object.bobs}`
  const alices = `${groupPath}/${object.alices}`
  return [
    ...each(closed, 'allow', where, ['alice'], () => uploads(next, 'alice')),
    ...each(closed, 'deny', where, ['bob'], () => ({
      'uploads a video': multipart(next, by('bob', { contentType: 'video/mp4' })),
      // Everyone may still edit the info of this group, so everyone may upload its photo.
      'uploads a GIF': multipart(next, by('bob', { contentType: 'image/gif' })),
      'uploads a byte more than 1 MiB': multipart(next, by('bob', sized(MIB + 1))),
      'uploads a photo of another owner': multipart(next, by('alice')),
      'uploads a photo with another name': multipart(`${next}.jpg`, by('bob')),
      'uploads a photo over another': multipart(alices, by('bob')),
    })),
    ...each(closed, 'allow', where, ['bob'], () => ({
      'uploads the photo of the group': multipart(next, by('bob', sized(MIB))),
    })),
    ...each(closed, 'deny', where, ['mallory', 'zoe', 'phoneless', 'signedOut'], (person) => ({
      'uploads the photo of the group': multipart(next, by(uidOf(person))),
    })),
    ...each(strict, 'deny', 'only admins write and edit', ['bob'], () => uploads(next, 'bob')),
    ...each(strict, 'allow', 'only admins write and edit', ['alice'], () => uploads(next, 'alice')),
    ...each(closed, 'allow', where, ['bob'], () => ({
      ...reads(alices),
      'deletes an own one': remove(bobs),
    })),
    ...each(standard, 'deny', 'after being removed', ['mallory'], () => ({
      'deletes an own one': remove(`${groupPath}/${object.mallorys}`),
      ...reads(`${groupPath}/${object.mallorys}`),
    })),
    ...each(left, 'deny', 'after leaving', ['bob'], () => ({
      ...reads(bobs),
      ...uploads(next, 'bob'),
      'deletes an own one': remove(bobs),
    })),
    ...each(gone, 'deny', 'after the group was deleted', ['alice'], () => ({
      ...reads(alices),
      ...uploads(next, 'alice'),
      'deletes an own one': remove(alices),
    })),
    ...each(missing, 'deny', 'in a group that does not exist', ['alice'], () => ({
      ...reads(alices),
      ...uploads(next, 'alice'),
      'deletes an own one': remove(alices),
    })),
    // Blocking is about direct chats.
    ...each(given(blocking('alice', 'bob')), 'allow', 'blocked by another member', ['bob'], () => ({
      ...reads(alices),
      'uploads one': multipart(next, by('bob')),
      'deletes an own one': remove(bobs),
    })),
  ]
}

/** Alice’s photo. */
function photos(): StorageCase[] {
  const path = photoPath('alice')
  const fresh = photoPath('alice', hex('e'))
  const photo = (more: Upload = {}): Request => multipart(fresh, { contentType: 'image/jpeg', ...more })
  const { allow, deny, all } = cases(standard)
  for (const contentType of ['image/jpeg', 'image/png', 'image/webp']) {
    allow(`uploads a photo, ${contentType}`, 'alice', photo({ contentType }))
  }
  allow('uploads a photo by a resumable upload', 'alice', resumable(fresh, { contentType: 'image/webp' }))
  allow('uploads a photo of one byte', 'alice', photo(sized(1)))
  allow('uploads a photo of 1 MiB', 'alice', photo(sized(MIB)))
  allow('deletes the photo', 'alice', remove(path))
  allow('finds no photo where none is', 'alice', absent(download(fresh)))
  deny('uploads a photo that is too large', 'alice', photo(sized(MIB + 1)))
  deny('uploads an empty photo', 'alice', photo(sized(0)))
  for (const contentType of ['image/svg+xml', 'image/gif', 'text/html', 'image/jpeg; x=y', undefined]) {
    deny(`uploads a photo of the type ${contentType}`, 'alice', photo({ contentType }))
  }
  for (const name of [
    ...[`photo-${hex('e', 31)}`, `photo-${hex('e', 33)}`, `photo-${hex('E')}`, hex('e')],
    ...[`photo-${hex('e')}.jpg`, `photo-x/${hex('e')}`, `x/photo-${hex('e')}`, 'photo-'],
  ]) {
    deny(`uploads a photo named ${name}`, 'alice', multipart(`users/alice/${name}`, by('alice')))
  }
  return [
    ...all,
    ...each(standard, 'deny', 'own photo', ['alice'], () => never(path, 'alice')),
    ...each(standard, 'deny', 'photo of another', ['bob', 'phoneless', 'signedOut'], () => ({
      ...never(path, 'alice'),
      ...uploads(fresh, 'alice'),
      'deletes it': remove(path),
    })),
  ]
}

function seeing(): StorageCase[] {
  const path = photoPath('alice')
  const contacts = (more = {}) =>
    given({ ...showingPhoto('contacts'), 'users/alice/contacts/bob': { name: 'Bob', phone: null }, ...more })
  const see = (
    state: ReturnType<typeof given>,
    verdict: 'allow' | 'deny',
    where: string,
    ...people: Person[]
  ): StorageCase[] => each(state, verdict, where, people, () => reads(path))
  return [
    ...see(standard, 'allow', 'no choice yet', 'alice', 'bob', 'mallory', 'zoe'),
    ...see(standard, 'deny', 'no choice yet', 'phoneless', 'signedOut'),
    ...see(given(showingPhoto('everyone')), 'allow', 'shown to everyone', 'alice', 'bob'),
    ...see(contacts(), 'allow', 'shown to contacts', 'alice', 'bob'),
    ...see(contacts(), 'deny', 'shown to contacts', 'mallory', 'zoe', 'phoneless', 'signedOut'),
    // That someone has her among their contacts does not matter.
    ...see(
      contacts({ 'users/zoe/contacts/alice': { name: 'Alice', phone: null } }),
      'deny',
      'shown to contacts',
      'zoe',
    ),
    ...see(given(showingPhoto('nobody')), 'allow', 'shown to nobody', 'alice'),
    ...see(
      given({ ...showingPhoto('nobody'), 'users/alice/contacts/bob': { name: 'Bob', phone: null } }),
      'deny',
      'shown to nobody',
      'bob',
      'mallory',
      'phoneless',
      'signedOut',
    ),
    ...see(given(showingPhoto('friends')), 'deny', 'an unknown choice', 'bob'),
    ...see(given({ 'users/alice/private/settings': null }), 'deny', 'without settings', 'bob'),
    ...see(given({ 'users/alice/private/settings': null }), 'allow', 'without settings', 'alice'),
    ...see(given(blocking('alice', 'bob')), 'deny', 'alice has blocked bob', 'bob'),
    ...see(given(blocking('alice', 'bob')), 'allow', 'alice has blocked bob', 'alice', 'mallory'),
    ...see(given(blocking('alice', 'bob', false)), 'allow', 'alice has unblocked bob', 'bob'),
    ...see(given(blocking('bob', 'alice')), 'allow', 'bob has blocked alice', 'bob'),
  ]
}

function elsewhere(): StorageCase[] {
  const { deny, all } = cases(standard)
  const places = [
    object.next,
    `chats/${object.next}`,
    `chats/alice_bob/folder/${object.next}`,
    `users/alice`,
    `users/photo-${object.next}`,
    `users/alice/folder/photo-${object.next}`,
    `groups/Group000000000000001/${object.next}`,
    `public/${object.next}`,
  ]
  for (const path of [
    `/${directPath}/${object.next}`,
    `${directPath}//${object.next}`,
    `${directPath}/${object.next}//`,
    `/${photoPath('alice', hex('e'))}`,
  ]) {
    deny(`uploads ${path}`, 'alice', multipart(path, by('alice')))
  }
  for (const path of places) {
    deny(`uploads ${path}`, 'alice', multipart(path, by('alice')))
    deny(`uploads ${path} by a resumable upload`, 'alice', resumable(path, by('alice')))
    deny(`changes the metadata of ${path}`, 'alice', patch(path, { metadata: { owner: 'alice' } }))
    deny(`deletes ${path}`, 'alice', remove(path))
  }
  for (const path of places) {
    deny(`downloads ${path}`, 'alice', download(path))
    deny(`gets the metadata of ${path}`, 'alice', getMetadata(path))
  }
  for (const id of ['alice_bob_zoe', 'alice_', 'alice_bob_', 'alice', 'Group000000000000003']) {
    deny(`downloads from the chat "${id}"`, 'alice', download(`chats/${id}/${object.next}`))
  }
  for (const prefix of ['', 'chats/', 'users/', 'users/alice/', 'chats/alice_bob/folder/']) {
    deny(`lists "${prefix}"`, 'alice', list(prefix))
  }
  return all
}

export const storageSuites: StorageSuite[] = [
  {
    block: 'chats/{chatId}/{object}',
    cases: [
      ...inChat('direct', directPath),
      ...inChat('group', groupPath),
      ...bounds(),
      ...blocked(),
      ...groups(),
    ],
  },
  { block: 'users/{uid}/{name}', cases: [...photos(), ...seeing()] },
  { block: '', cases: [...elsewhere(), ...largest()] },
]
