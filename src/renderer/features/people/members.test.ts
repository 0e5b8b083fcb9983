import { expect, it } from 'vitest'
import { userIdSchema } from '#shared/domain/ids.ts'
import { sortedMembers } from './members.ts'

it('sorts the reader first, then the owner, the admins and the others by name', () => {
  const user = (id: string) => userIdSchema.parse(id)
  const group = {
    ownerId: user('zoe'),
    adminIds: [user('zoe'), user('mia')],
    bannedIds: [],
    description: '',
    photo: null,
    policy: { post: 'all', edit: 'all', add: 'all' },
  } as const
  const members = sortedMembers(['ben', 'ana', 'mia', 'zoe', 'me'].map(user), {
    group: { ...group, adminIds: [...group.adminIds], bannedIds: [] },
    me: user('me'),
    nameOf: (id) => (id === user('ana') ? 'Ánna' : id),
    locale: 'en',
  })
  expect(members.map(({ id }) => id)).toEqual(['me', 'zoe', 'mia', 'ana', 'ben'])
})
