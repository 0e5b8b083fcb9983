import {
  call,
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
} from '../../storage/rest.ts'
import { directPath, groupPath, hex, object, photoPath, tokens } from '../../storage/world.ts'
import { tokenOf } from '../../tokens.ts'

/* The world is that of tests/rules/storage/world.ts. */

export interface StorageAttack {
  name: string
  token: string | null
  request: Request
  /** Default: denied by the rules. */
  status?: number
}

/** Attacks that must fail for the same reason. */
export interface StorageAttackGroup {
  /** A sentence of docs/WIRE.md or docs/SECURITY.md. */
  proves: string
  attacks: StorageAttack[]
}

const { alice, bob, mallory, zoe, phoneless, signedOut } = tokens
const phone = '+16505553401'

/** One attack per variant. */
const each = (token: string | null, variants: Record<string, Request>, status?: number): StorageAttack[] =>
  Object.entries(variants).map(([name, request]) => ({
    name,
    token,
    request,
    ...(status === undefined ? {} : { status }),
  }))

const file = `${directPath}/${object.alices}`
const next = `${directPath}/${object.next}`
const encoded = (path: string): string => `/${encodeURIComponent(path)}`
const by = (owner: string, more: Upload = {}): Upload => ({
  contentType: 'image/jpeg',
  metadata: { owner },
  ...more,
})

const reading: StorageAttackGroup = {
  proves: '**Only members of a chat read its files.**',
  attacks: [
    { name: 'allowed: a member downloads', token: bob, request: download(file), status: 200 },
    ...each(zoe, {
      'a file of others': download(file),
      'its metadata': getMetadata(file),
      'its first bytes': call(`${encoded(file)}?alt=media`, { headers: { range: 'bytes=0-1' } }),
      'its headers': call(`${encoded(file)}?alt=media`, { method: 'HEAD' }),
      'with an empty token': call(`${encoded(file)}?alt=media&token=`),
      'with a guessed token': call(`${encoded(file)}?alt=media&token=00000000-0000-4000-8000-000000000000`),
      'with a list of tokens': call(`${encoded(file)}?alt=media&token=&token=`),
      'of another generation': call(`${encoded(file)}?alt=media&generation=1`),
      'for an own project': call(`${encoded(file)}?alt=media&userProject=own`),
      'behind the path of an own chat': download(`chats/bob_zoe/../alice_bob/${object.alices}`),
      'a file of others with her id appended': download(`chats/alice_bob_zoe/${object.alices}`),
      'a file of others with her id in front': download(`chats/zoe_alice_bob/${object.alices}`),
      'a file of a group that she is not in': download(`${groupPath}/${object.alices}`),
      'a file in a group of her own that does not exist': call(
        `${encoded(`chats/zoe_Group000000000000001_/${object.alices}`)}?alt=media`,
      ),
    }),
    ...each(mallory, {
      'a removed person: an own file': download(`${groupPath}/${object.mallorys}`),
      'a removed person: the metadata of an own file': getMetadata(`${groupPath}/${object.mallorys}`),
      'a removed person: whether a file is there': download(`${groupPath}/${object.next}`),
    }),
  ],
}

const accounts: StorageAttackGroup = {
  proves: '_Signed in_ means with a verified phone number',
  attacks: [
    ...Object.entries({
      'someone signed out': signedOut,
      'an account without a number': phoneless,
      'a number that is null': tokenOf('alice', { phone_number: null }),
      'a number that is a list': tokenOf('alice', { phone_number: [phone] }),
      'a number that is a map': tokenOf('alice', { phone_number: { number: phone } }),
      'a number that is a number': tokenOf('alice', { phone_number: 16_505_553_401 }),
      'a number in another claim': tokenOf('alice', { claims: { phone_number: phone } }),
      'a claim to be an administrator': tokenOf('alice', { admin: true, role: 'owner' }),
    }).flatMap(([who, token]) => [
      { name: `${who} downloads`, token, request: download(file) },
      { name: `${who} uploads`, token, request: multipart(next, by('alice')) },
      { name: `${who} deletes`, token, request: remove(file) },
      { name: `${who} sees a photo`, token, request: download(photoPath('alice')) },
    ]),
    {
      name: 'a stranger whose subject is a member',
      token: tokenOf('zoe', { phone_number: phone, sub: 'alice' }),
      request: download(file),
    },
  ],
}

const listing: StorageAttackGroup = {
  proves: '**Nobody lists objects, and nobody changes one.**',
  attacks: [
    ...each(alice, {
      everything: call(''),
      'everything, one by one': call('?maxResults=1'),
      'the folders': call('?delimiter=/'),
      'all chats': list('chats/'),
      'an own chat': list(`${directPath}/`),
      'an own chat without a delimiter': call(`?prefix=${encodeURIComponent(`${directPath}/`)}`),
      'one own object': list(`${file}/`),
      'an own folder': list('users/alice/'),
      'the rest of a list': call('?pageToken=chats%2Falice_bob%2Fa'),
    }),
    ...each(alice, {
      'new bytes for an own object': multipart(file, by('alice')),
      'new bytes for an own object by a resumable upload': resumable(file, by('alice')),
      'new bytes for an own object, without metadata': media(file, 'image/jpeg'),
      'new bytes for an object of another': multipart(`${directPath}/${object.bobs}`, by('alice')),
      'new bytes by PUT': call(encoded(file), { method: 'PUT', body: 'bytes' }),
      'new bytes by POST to the object': call(encoded(file), { method: 'POST', body: 'bytes' }),
      'new metadata': patch(file, { metadata: { owner: 'alice' } }),
      'no metadata': patch(file, { metadata: null }),
      'nothing new': patch(file, {}),
      'a new type': patch(file, { contentType: 'text/html' }),
      'a way to show it': patch(file, { contentDisposition: 'inline', cacheControl: 'public' }),
      'new metadata by PUT': call(encoded(file), {
        method: 'PUT',
        headers: { 'x-http-method-override': 'PATCH', 'content-type': 'application/json' },
        body: JSON.stringify({ metadata: { owner: 'alice' } }),
      }),
      'a second download token': call(`${encoded(file)}?create_token=true`, { method: 'POST' }),
      'the end of a download token': call(`${encoded(file)}?delete_token=x`, { method: 'POST' }),
      'new bytes for an own photo': multipart(photoPath('alice'), by('alice')),
      'a new type for an own photo': patch(photoPath('alice'), { contentType: 'text/html' }),
    }),
  ],
}

const uploading: StorageAttackGroup = {
  proves: '**Who may write into a chat uploads its files, as their owner.**',
  attacks: [
    {
      name: 'allowed: a member uploads',
      token: alice,
      request: resumable(next, by('alice')),
      status: 200,
    },
    ...each(alice, {
      'in the name of the other': multipart(next, by('bob')),
      'in the name of the other by a resumable upload': resumable(next, by('bob')),
      'with the owner outside of the custom metadata': multipart(next, {
        contentType: 'image/jpeg',
        ...{ owner: 'alice' },
      }),
      'with an owner that has a space': multipart(next, by('alice ')),
      'an empty file by a resumable upload': resumable(next, by('alice', { bytes: Buffer.alloc(0) })),
      'a page': multipart(next, by('alice', { contentType: 'text/html' })),
      'a page by a resumable upload': resumable(next, by('alice', { contentType: 'text/html' })),
      'a page behind a picture': multipart(next, by('alice', { contentType: 'image/png,text/html' })),
      'a page on a second line': multipart(next, by('alice', { contentType: 'image/png\ntext/html' })),
      'a drawing with scripts': multipart(next, by('alice', { contentType: 'image/svg+xml' })),
      'a type with a byte of zero': multipart(next, by('alice', { contentType: 'image/png\0' })),
      'into a chat of others': multipart(`chats/bob_zoe/${object.next}`, by('alice')),
      'into a chat of invented people': multipart(`chats/x_y/${object.next}`, by('alice')),
      'into the chat with both names exchanged': multipart(`chats/bob_alice/${object.next}`, by('alice')),
      'into a chat with herself': multipart(`chats/alice_alice/${object.next}`, by('alice')),
      'into the folder of a person': multipart(`users/bob/photo-${object.next}`, by('alice')),
      'a name with a slash at its end': multipart(`${next}/`, by('alice')),
      'a name with a byte of zero': multipart(`${next.slice(0, -1)}\0`, by('alice')),
      'a name in full-width letters': multipart(`${directPath}/${hex('ａ')}`, by('alice')),
      'a page as an own photo': multipart(
        photoPath('alice', hex('e')),
        by('alice', { contentType: 'text/html' }),
      ),
    }),
    {
      name: 'started by a stranger, ended by a member',
      token: zoe,
      request: resumable(next, by('alice'), alice),
    },
    ...each(mallory, {
      'into a group that removed her': multipart(`${groupPath}/${object.next}`, by('mallory')),
      'into a group that removed her, by a resumable upload': resumable(
        `${groupPath}/${object.next}`,
        by('mallory'),
      ),
    }),
    ...each(zoe, {
      'to someone who has blocked her': multipart(`chats/bob_zoe/${object.next}`, by('zoe')),
      'to someone who has blocked her, by a resumable upload': resumable(
        `chats/bob_zoe/${object.next}`,
        by('zoe'),
      ),
    }),
    ...each(bob, {
      'to someone whom he has blocked': multipart(`chats/bob_zoe/${object.next}`, by('bob')),
    }),
  ],
}

const deleting: StorageAttackGroup = {
  proves: '**Only the owner deletes a file, while they may delete its message.**',
  attacks: [
    { name: 'allowed: the owner deletes', token: alice, request: remove(file), status: 204 },
    ...each(bob, {
      'a file of the other member': remove(file),
      'the photo of another': remove(photoPath('alice')),
    }),
    ...each(zoe, {
      'a file of others': remove(file),
      'an own file for someone who has blocked her': remove(`chats/bob_zoe/${object.zoes}`),
    }),
    ...each(mallory, {
      'an own file in a group that removed her': remove(`${groupPath}/${object.mallorys}`),
    }),
    ...each(alice, {
      'a folder': remove(`${directPath}/`),
      'a whole chat': remove(directPath),
      'what is not there': remove(next),
    }),
  ],
}

const photos: StorageAttackGroup = {
  proves: 'Who sees the photo of a person is the choice `photo` in their settings.',
  attacks: [
    { name: 'allowed: a contact', token: alice, request: download(photoPath('bob')), status: 200 },
    ...each(mallory, {
      'a photo for contacts': download(photoPath('bob')),
      'the metadata of a photo for contacts': getMetadata(photoPath('bob')),
      'whether there is a photo for contacts': download(photoPath('bob', hex('e'))),
    }),
    ...each(zoe, { 'the photo of someone who has blocked her': download(photoPath('bob')) }),
  ],
}

export const storageAttacks: StorageAttackGroup[] = [reading, accounts, listing, uploading, deleting, photos]
