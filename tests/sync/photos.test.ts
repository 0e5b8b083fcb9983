import { randomBytes } from 'node:crypto'
import { describe, expect, inject, it, vi } from 'vitest'
import { defaultPrivacy, type Privacy } from '#shared/domain/account.ts'
import type { UserId } from '#shared/domain/ids.ts'
import { fullPicture, type Photo } from '#shared/domain/photo.ts'
import { storagePath, type Place } from '#shared/domain/place.ts'
import { photo as sample } from '#shared/domain/test-data.ts'
import { readObject } from '../../scripts/lib/emulator-rest.ts'
import { storePhoto } from '../../src/renderer/services/media/store-photo.ts'
import { memorySession, temporaryDirectory, type SignedInClient } from '../support/client.ts'
import { groupWith } from './group-people.ts'
import { pair, person, startAgain, untilFlushed, untilSeen } from './people.ts'

/** Stores the two pictures of a photo and queues the upload, as the dialog does. */
function newPhoto({ services }: SignedInClient, place: Place): Promise<Photo> {
  return storePhoto(services, place, { full: new Blob([randomBytes(20_000)]), small: sample.small })
}

async function setOwnPhoto(client: SignedInClient): Promise<Photo> {
  const photo = await newPhoto(client, { userId: client.me })
  await client.services.outbox.add({ kind: 'photo', payload: { photo } })
  return photo
}

async function isInStorage(place: Place, { object }: Photo): Promise<boolean> {
  return (await readObject(inject('backend'), storagePath(place, object))) !== undefined
}

async function untilGone(place: Place, photo: Photo): Promise<void> {
  await vi.waitFor(async () => expect(await isInStorage(place, photo)).toBe(false), 30_000)
}

/** Fetches the profile and returns the photo in it. */
async function photoSeenBy(client: SignedInClient, other: UserId): Promise<Photo | null | undefined> {
  await client.services.people.refresh(other, true)
  return client.store.getState().people.get(other)?.photo
}

async function choose(client: SignedInClient, photo: Privacy['photo']): Promise<void> {
  await client.services.outbox.add({ kind: 'privacy', payload: { ...defaultPrivacy, photo } })
  await untilFlushed(client)
}

describe('the photo of a person', () => {
  it('is seen by others, who can load the full picture, and by the person’s other devices', async () => {
    const { ada, ben } = await pair()
    const elsewhere = startAgain(ben, { directory: temporaryDirectory(), memory: memorySession() })
    await elsewhere.signIn(ben.phone)
    await untilSeen(elsewhere)
    const photo = await setOwnPhoto(ben)
    expect(ben.store.getState().account?.photo).toEqual(photo)
    await untilFlushed(ben)
    expect(await photoSeenBy(ada, ben.me)).toEqual(photo)
    await elsewhere.until('the photo', ({ account }) => account?.photo?.object === photo.object)

    const media = await ada.services.media()
    await media.download({ userId: ben.me }, fullPicture(photo))
    expect(ada.store.getState().files.get(photo.sha256)).toBe(true)

    await ben.services.outbox.add({ kind: 'photo', payload: { photo: null } })
    await untilFlushed(ben)
    expect(await photoSeenBy(ada, ben.me)).toBeNull()
    await elsewhere.until('no photo', ({ account }) => account?.photo === null)
  })

  it('is deleted from Storage when another one or none takes its place', async () => {
    const ben = await person('Ben')
    const place = { userId: ben.me }
    const first = await setOwnPhoto(ben)
    await untilFlushed(ben)
    expect(await isInStorage(place, first)).toBe(true)
    const second = await setOwnPhoto(ben)
    await untilGone(place, first)
    await untilFlushed(ben)
    expect(await isInStorage(place, second)).toBe(true)
    await ben.services.outbox.add({ kind: 'photo', payload: { photo: null } })
    await untilGone(place, second)
  })

  it('stays when the name changes', async () => {
    const { ada, ben } = await pair()
    const photo = await setOwnPhoto(ben)
    await untilFlushed(ben)
    await ben.services.session.saveProfile({ displayName: 'Benjamin', about: '' })
    await untilFlushed(ben)
    expect(await photoSeenBy(ada, ben.me)).toEqual(photo)
    expect(ada.store.getState().people.get(ben.me)?.displayName).toBe('Benjamin')
  })

  it('is seen by those whom the person has named, or by nobody, as the person chooses', async () => {
    const { ada, ben } = await pair()
    const photo = await setOwnPhoto(ben)
    await choose(ben, 'contacts')
    expect(await photoSeenBy(ada, ben.me)).toBeNull()
    const media = await ada.services.media()
    await media.download({ userId: ben.me }, fullPicture(photo))
    expect(ada.store.getState().transfers.get(photo.object)).toEqual({ state: 'failed', failure: 'denied' })

    await ben.services.outbox.add({ kind: 'contact', payload: { id: ada.me, name: 'Ada', phone: null } })
    await untilFlushed(ben)
    expect(await photoSeenBy(ada, ben.me)).toEqual(photo)

    await choose(ben, 'nobody')
    expect(await photoSeenBy(ada, ben.me)).toBeNull()
    expect(ben.store.getState().account?.photo).toEqual(photo)

    // A photo that is set while it is hidden is shown once it is not.
    const next = await setOwnPhoto(ben)
    await untilFlushed(ben)
    expect(await photoSeenBy(ada, ben.me)).toBeNull()
    await choose(ben, 'everyone')
    expect(await photoSeenBy(ada, ben.me)).toEqual(next)
  })
})

describe('the photo of a group', () => {
  it('changes with an event that everyone sees', async () => {
    const [ada, ben] = await Promise.all([person('Ada'), person('Ben')])
    const chatId = await groupWith(ada, [ben])
    const shown = () => ben.store.getState().chats.get(chatId)?.group?.photo
    const photo = await newPhoto(ada, { chatId })
    await ada.services.chats.changeGroup(chatId, { kind: 'event', event: 'photo', photo })
    await ben.until('the photo', ({ chats }) => chats.get(chatId)?.group?.photo?.object === photo.object)
    expect(shown()).toEqual(photo)
    await untilFlushed(ada)
    const media = await ben.services.media()
    await media.download({ chatId }, fullPicture(photo))
    expect(ben.store.getState().files.get(photo.sha256)).toBe(true)

    await ben.services.chats.changeGroup(chatId, { kind: 'event', event: 'photo', photo: null })
    await ada.until('no photo', ({ chats }) => chats.get(chatId)?.group?.photo === null)
    await untilGone({ chatId }, photo)
  })
})
