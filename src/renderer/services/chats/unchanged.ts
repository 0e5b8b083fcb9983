import type { Chat } from '#shared/domain/chat.ts'
import { samePolicy } from '#shared/domain/group.ts'
import { samePhoto } from '#shared/domain/photo.ts'
import type { Message } from '#shared/messages/envelope.ts'
import type { EventBody } from '#shared/messages/kinds/event.ts'

/**
 * Whether a change of a group would change nothing, so that no event needs to be sent. `waiting`: own messages of the group that
 * are not on the wire yet, oldest first. The newest of them that sets the same field counts, not the group.
 */
export function isUnchanged(
  body: EventBody,
  { title, group }: Pick<Chat, 'title' | 'group'>,
  waiting: readonly Message[],
): boolean {
  const before = waiting.findLast((message) => eventOf(message) === body.event)?.body
  const was = before?.kind === 'event' ? before : null
  switch (body.event) {
    case 'renamed':
      return body.title === (was?.event === 'renamed' ? was.title : title)
    case 'described':
      return body.description === (was?.event === 'described' ? was.description : group?.description)
    case 'photo':
      return samePhoto(body.photo, was?.event === 'photo' ? was.photo : (group?.photo ?? null))
    case 'policy': {
      const policy = was?.event === 'policy' ? was.policy : group?.policy
      return policy !== undefined && samePolicy(body.policy, policy)
    }
    default:
      return false
  }
}

function eventOf({ body, delivery }: Message): EventBody['event'] | null {
  return body?.kind === 'event' && delivery === 'queued' ? body.event : null
}
