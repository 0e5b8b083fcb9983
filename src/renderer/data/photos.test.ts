import { Timestamp } from 'firebase/firestore'
import { expect, it } from 'vitest'
import { newGroup } from '#shared/domain/group.ts'
import { chatIdSchema } from '#shared/domain/ids.ts'
import { ada, me, photo } from '#shared/domain/test-data.ts'
import { parseChat, parseInvite, parsePhoto, parseProfile, parseSettings } from './converters.ts'

const updatedAt = Timestamp.fromMillis(5)
const wrong = { ...photo, small: 'PHN2Zz48L3N2Zz4=' }

it('reads the photo of a profile, the word that contacts may see it, and nothing else', () => {
  const photoOf = (value: unknown) =>
    parseProfile(ada, { displayName: 'Ada', about: '', updatedAt, photo: value })?.photo
  expect(photoOf({ ...photo, more: 1 })).toEqual(photo)
  expect(photoOf('contacts')).toBe('contacts')
  for (const value of [null, undefined, 'friends', wrong, { ...photo, object: '../x' }, []])
    expect(photoOf(value)).toBeNull()
})

it('reads the own photo, and none where it is malformed', () => {
  expect(parsePhoto({ photo, updatedAt })).toEqual({ photo })
  expect(parsePhoto({ photo: wrong, updatedAt })).toEqual({ photo: null })
})

it('reads the photo of a group, and none in a group of an older version', () => {
  const id = chatIdSchema.parse('Group000000000000001')
  const document = {
    ...newGroup(me),
    kind: 'group',
    memberIds: [me],
    title: 'Garden',
    last: null,
    messageCount: 0,
    revision: 1,
    changed: 'message-0000000001',
    createdAt: updatedAt,
    updatedAt,
  }
  const photoOf = (value: unknown) => parseChat(id, { ...document, photo: value }, me)?.group?.photo
  expect(photoOf(photo)).toEqual(photo)
  for (const value of [undefined, wrong, 'contacts']) expect(photoOf(value)).toBeNull()
})

it('shows the photo of a link only if it is a small picture', () => {
  const invite = {
    title: 'Garden',
    description: '',
    memberCount: 3,
    createdAt: updatedAt,
    expiresAt: null,
    maxJoins: null,
    approve: false,
    joins: 0,
    revoked: false,
  }
  expect(parseInvite({ ...invite, photo: photo.small })?.photo).toBe(photo.small)
  for (const value of [undefined, null, wrong.small])
    expect(parseInvite({ ...invite, photo: value })?.photo).toBeNull()
})

it('takes settings of an older version for a photo that everyone may see, as they were', () => {
  expect(parseSettings({ lastSeen: 'nobody', groups: 'contacts' })?.photo).toBe('everyone')
  expect(parseSettings({ lastSeen: 'nobody', groups: 'contacts', photo: 'nobody' })?.photo).toBe('nobody')
})
