import { z } from 'zod'
import { userIdSchema, type UserId } from './ids.ts'
import { photoSchema } from './photo.ts'

export const MEMBER_LIMIT = 256
export const TITLE_LIMIT = 100
export const DESCRIPTION_LIMIT = 500
/** Most people that one event can add: the rules check each person's consent, and their lookups are limited. */
export const MAX_ADDED = 8

const whoSchema = z.enum(['all', 'admins'])
export const policySchema = z.strictObject({
  /** Who may write. */
  post: whoSchema,
  /** Who may change title, description and photo. */
  edit: whoSchema,
  /** Who may add people. */
  add: whoSchema,
})
export type Policy = z.infer<typeof policySchema>

export function samePolicy(a: Policy, b: Policy): boolean {
  return a.post === b.post && a.edit === b.edit && a.add === b.add
}

/** What a group's document has beside the fields of every chat. */
export const groupSchema = z.strictObject({
  ownerId: userIdSchema,
  /** Contains the owner. */
  adminIds: z.array(userIdSchema).max(1024),
  /** Removed people. Only an admin can add them again. */
  bannedIds: z.array(userIdSchema).max(10_000),
  description: z.string().max(DESCRIPTION_LIMIT),
  photo: photoSchema.nullable(),
  policy: policySchema,
})
export type Group = z.infer<typeof groupSchema>

/** The fields of a group that was just created. */
export function newGroup(ownerId: UserId): Group {
  return {
    ownerId,
    adminIds: [ownerId],
    bannedIds: [],
    description: '',
    photo: null,
    policy: { post: 'all', edit: 'all', add: 'all' },
  }
}

export type Role = 'owner' | 'admin' | 'member'

export function roleOf({ ownerId, adminIds }: Group, userId: UserId): Role {
  if (userId === ownerId) return 'owner'
  return adminIds.includes(userId) ? 'admin' : 'member'
}

/** Whether a member may do what this policy is about. */
export function mayDo(group: Group, action: keyof Policy, userId: UserId): boolean {
  return group.policy[action] === 'all' || roleOf(group, userId) !== 'member'
}

export function mayMentionEveryone(group: Group, userId: UserId): boolean {
  return roleOf(group, userId) !== 'member'
}

/** Whether a member may delete the messages of others for everyone. */
export function mayDeleteOthers(group: Group, userId: UserId): boolean {
  return roleOf(group, userId) !== 'member'
}

/** The owner removes anyone, an admin only members. Nobody removes the owner or themselves. */
export function mayRemove(group: Group, actor: UserId, other: UserId): boolean {
  const role = roleOf(group, actor)
  return actor !== other && (role === 'owner' || (role === 'admin' && roleOf(group, other) === 'member'))
}

/** Only the owner changes roles. */
export function mayChangeRole(group: Group, actor: UserId, other: UserId): boolean {
  return actor !== other && roleOf(group, actor) === 'owner'
}
