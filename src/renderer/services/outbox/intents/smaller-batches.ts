import type { WireChat } from '#shared/domain/chat.ts'
import { MEMBER_LIMIT, mayDo } from '#shared/domain/group.ts'
import type { UserId } from '#shared/domain/ids.ts'
import type { MessageBody } from '#shared/messages/body.ts'
import type { EventBody } from '#shared/messages/kinds/event.ts'

/** The size of the second attempt. Even if everyone allows only contacts, the rules can look up three people (docs/WIRE.md). */
const SECOND_SIZE = 3

/**
 * The rules deny a whole batch of people when one of them refuses, or when their consent needs too many lookups. Returns the events
 * to send instead: batches of three, then single people, so that everyone who consents is added. A new group is created without
 * the people, who are added after it. Empty: all of them are members already. Null: no smaller batch would be allowed either.
 * `chat`: the group as it is on the wire now.
 */
export function smallerBatches(
  body: MessageBody,
  chat: Pick<WireChat, 'memberIds' | 'group'> | undefined,
  me: UserId,
): EventBody[] | null {
  if (body.kind !== 'event') return null
  if (body.event === 'created') {
    if (chat !== undefined || body.uids.length === 0) return null
    return [{ ...body, uids: [] }, ...added(body.uids, SECOND_SIZE)]
  }
  if (body.event !== 'added' || chat?.group == null || !chat.memberIds.includes(me)) return null
  const uids = body.uids.filter((id) => !chat.memberIds.includes(id))
  if (!mayDo(chat.group, 'add', me) || chat.memberIds.length + uids.length > MEMBER_LIMIT) return null
  if (uids.length < body.uids.length) return added(uids, uids.length)
  if (uids.length === 1) return null
  return added(uids, uids.length > SECOND_SIZE ? SECOND_SIZE : 1)
}

/** Events that add these people, `size` at a time. */
export function added(uids: readonly UserId[], size: number): EventBody[] {
  const events: EventBody[] = []
  for (let start = 0; start < uids.length; start += size)
    events.push({ kind: 'event', event: 'added', uids: uids.slice(start, start + size) })
  return events
}
