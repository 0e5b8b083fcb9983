import { foldForSearch } from '#shared/domain/display-text.ts'
import { roleOf, type Group } from '#shared/domain/group.ts'
import type { UserId } from '#shared/domain/ids.ts'

export interface Member {
  id: UserId
  name: string
}

interface MemberOrder {
  group: Group
  me: UserId
  nameOf: (id: UserId) => string
  locale: string
}

const RANK = { owner: 1, admin: 2, member: 3 } as const

/** The members in the order of the list: the reader, the owner, the admins, the others; each part sorted by name. */
export function sortedMembers(
  memberIds: readonly UserId[],
  { group, me, nameOf, locale }: MemberOrder,
): Member[] {
  const { compare } = new Intl.Collator(locale)
  const rankOf = (id: UserId): number => (id === me ? 0 : RANK[roleOf(group, id)])
  return memberIds
    .map((id) => ({ id, name: nameOf(id) }))
    .toSorted((a, b) => rankOf(a.id) - rankOf(b.id) || compare(a.name, b.name))
}

/** The members whose name contains the query, ignoring case and accents. */
export function findMembers(members: readonly Member[], query: string): Member[] {
  const wanted = foldForSearch(query).trim()
  return members.filter(({ name }) => foldForSearch(name).includes(wanted))
}
