import { describe, expect, it } from 'vitest'
import {
  existingDocuments,
  readObject,
  writeObject,
  type DocumentWrite,
} from '../../scripts/lib/emulator-rest.ts'
import { directChatId } from '../../src/shared/domain/ids.ts'
import { cleanUp, noteRemoval } from '../src/clean-up.ts'
import { backend, openAdmin } from './admin.ts'
import { chat, device, hex, message, newGroupId, newMessageId, newUserId, text, write } from './documents.ts'

const { db, bucket } = openAdmin()
const DAY_MS = 24 * 3600_000
const now = Date.now()
const days = (count: number): Date => new Date(now - count * DAY_MS)
const clean = (): Promise<unknown> => cleanUp({ db, bucket, now: () => now })
const existing = (...documents: DocumentWrite[]): Promise<Set<string>> =>
  existingDocuments(
    backend,
    documents.map(({ path }) => path),
  )

function changed(document: DocumentWrite, fields: DocumentWrite['fields']): DocumentWrite {
  return { ...document, fields: { ...document.fields, ...fields } }
}

async function upload(chatId: string): Promise<{ object: string; path: string }> {
  const object = hex()
  const path = `chats/${chatId}/${object}`
  await writeObject(backend, path, { bytes: Buffer.from('x'), type: 'image/png', owner: 'ada' })
  return { object, path }
}

const photo = (object: string): DocumentWrite['fields'] => ({ kind: 'photo', file: { object } })

describe('the daily clean-up', () => {
  it('removes devices that were not renewed for 60 days, and keeps the others', async () => {
    const old = changed(device(newUserId(), 'old'), { updatedAt: days(61) })
    const fresh = changed(device(newUserId(), 'fresh'), { updatedAt: days(59) })
    await write(old, fresh)
    await clean()
    expect(await existing(old, fresh)).toEqual(new Set([fresh.path]))
  })

  it('removes links that expired 30 days ago, and keeps the others', async () => {
    const invite = (expiresAt: Date | null): DocumentWrite => ({
      path: `chats/${newGroupId()}/invites/${hex()}`,
      fields: { title: 'Trip', expiresAt },
    })
    const [old, recent, open] = [invite(days(31)), invite(days(29)), invite(null)]
    await write(old, recent, open)
    await clean()
    expect(await existing(old, recent, open)).toEqual(new Set([recent.path, open.path]))
  })

  it('removes the object of a deleted message after a day', async () => {
    const chatId = directChatId(newUserId(), newUserId())
    const [early, late] = [await upload(chatId), await upload(chatId)]
    const remove = (object: string, at: Date): Promise<void> =>
      noteRemoval(
        { db, now: () => at.getTime() },
        { chatId, before: { body: photo(object) }, after: { body: null } },
      )
    await remove(early.object, days(2))
    await remove(late.object, days(0.5))
    await clean()
    expect(await readObject(backend, early.path)).toBeUndefined()
    expect(await readObject(backend, late.path)).toBeDefined()
    const notes = [early, late].map(({ object }) => `removals/${chatId}:${object}`)
    expect(await existingDocuments(backend, notes)).toEqual(new Set([notes[1]]))
  })

  it('keeps an object that another message has, or that is the photo of the group', async () => {
    const ada = newUserId()
    const chatId = newGroupId()
    const [again, ofGroup] = [await upload(chatId), await upload(chatId)]
    await write(changed(chat(chatId, [ada]), { photo: { object: ofGroup.object } }), {
      path: `chats/${chatId}/messages/${newMessageId()}`,
      fields: message(ada, photo(again.object)),
    })
    for (const { object } of [again, ofGroup]) {
      await noteRemoval(
        { db, now: () => days(2).getTime() },
        { chatId, before: { body: photo(object) }, after: { body: null } },
      )
    }
    await clean()
    expect(await readObject(backend, again.path)).toBeDefined()
    expect(await readObject(backend, ofGroup.path)).toBeDefined()
  })

  it('notes nothing for an edit, and nothing for a text', async () => {
    const chatId = directChatId(newUserId(), newUserId())
    const object = hex()
    const note = (before: object, after: object | null): Promise<void> =>
      noteRemoval({ db, now: () => now }, { chatId, before: { body: before }, after: { body: after } })
    await note(photo(object), { ...photo(object), text: 'Edited' })
    await note(text('Hello'), null)
    const { docs } = await db.collection('removals').where('chatId', '==', chatId).get()
    expect(docs).toEqual([])
  })

  it('removes everything of a deleted group, and nothing of others', async () => {
    const [ada, deleted, kept] = [newUserId(), newGroupId(), newGroupId()]
    const inside = (chatId: string): DocumentWrite[] => [
      { path: `chats/${chatId}/messages/${newMessageId()}`, fields: message(ada, text('Hello')) },
      { path: `chats/${chatId}/activity/${ada}`, fields: { readAt: days(1) } },
      { path: `chats/${chatId}/invites/${hex()}`, fields: { expiresAt: null } },
      { path: `chats/${chatId}/requests/${ada}`, fields: { at: days(1) } },
    ]
    const gone = [chat(deleted, []), ...inside(deleted)]
    const left = [chat(kept, [ada]), ...inside(kept)]
    await write(...gone, ...left)
    const [goneObject, keptObject] = [await upload(deleted), await upload(kept)]
    await clean()
    expect(await existing(...gone, ...left)).toEqual(new Set(left.map(({ path }) => path)))
    expect(await readObject(backend, goneObject.path)).toBeUndefined()
    expect(await readObject(backend, keptObject.path)).toBeDefined()
  })
})
