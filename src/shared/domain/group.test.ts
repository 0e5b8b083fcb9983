import { describe, expect, it } from 'vitest'
import { mayChangeRole, mayDo, mayRemove, roleOf, type Group } from './group.ts'
import { newGroupId, userIdSchema, type UserId } from './ids.ts'
const user = (id: string): UserId => userIdSchema.parse(id)
const owner = user('owner')
const admin = user('admin')
const otherAdmin = user('admin2')
const member = user('member')
const otherMember = user('member2')
const group: Group = {
  ownerId: owner,
  adminIds: [owner, admin, otherAdmin],
  bannedIds: [],
  description: '',
  photo: null,
  policy: { post: 'all', edit: 'admins', add: 'all' },
}

describe('what members of a group may do', () => {
  it('depends on the role', () => {
    expect([owner, admin, member].map((id) => roleOf(group, id))).toEqual(['owner', 'admin', 'member'])
  })
  it('follows the policy', () => {
    expect(mayDo(group, 'post', member)).toBe(true)
    expect(mayDo(group, 'edit', member)).toBe(false)
    expect(mayDo(group, 'edit', admin)).toBe(true)
  })
  it('lets the owner remove anyone else, and an admin only members', () => {
    expect([admin, member, owner].map((other) => mayRemove(group, owner, other))).toEqual([true, true, false])
    expect([otherAdmin, member, owner].map((other) => mayRemove(group, admin, other))).toEqual([
      false,
      true,
      false,
    ])
    expect(mayRemove(group, member, otherMember)).toBe(false)
  })
  it('lets only the owner change roles, and not their own', () => {
    expect(mayChangeRole(group, owner, member)).toBe(true)
    expect(mayChangeRole(group, owner, owner)).toBe(false)
    expect(mayChangeRole(group, admin, member)).toBe(false)
  })
})

it('makes ids of groups that never look like those of direct chats', () => {
  const ids = Array.from({ length: 50 }, newGroupId)
  expect(ids.every((id) => /^[A-Za-z0-9]{20}$/u.test(id))).toBe(true)
  expect(new Set(ids).size).toBe(50)
})
