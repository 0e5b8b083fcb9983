import { arrayRemove, arrayUnion, type DocumentData } from 'firebase/firestore'
import { newGroup } from '#shared/domain/group.ts'
import type { UserId } from '#shared/domain/ids.ts'
import type { EventBody } from '#shared/messages/kinds/event.ts'

/**
 * Returns what an event changes in the document of its group, beside the fields that every message changes. The rules compare both
 * (docs/WIRE.md). People are added and removed with operators, so that the write does not depend on how new this replica is.
 */
export function groupFields(body: EventBody): DocumentData {
  switch (body.event) {
    case 'created':
      return {}
    case 'added':
      return { memberIds: arrayUnion(...body.uids), bannedIds: arrayRemove(...body.uids) }
    case 'joined':
    case 'admitted':
      return { memberIds: arrayUnion(...body.uids) }
    case 'removed':
      return {
        memberIds: arrayRemove(...body.uids),
        adminIds: arrayRemove(...body.uids),
        bannedIds: arrayUnion(...body.uids),
      }
    case 'left':
      return { memberIds: arrayRemove(...body.uids), adminIds: arrayRemove(...body.uids) }
    case 'promoted':
      return { adminIds: arrayUnion(...body.uids) }
    case 'demoted':
      return { adminIds: arrayRemove(...body.uids) }
    case 'transferred':
      return { ownerId: body.uids[0], adminIds: arrayUnion(...body.uids) }
    case 'renamed':
      return { title: body.title }
    case 'described':
      return { description: body.description }
    case 'photo':
      return { photo: body.photo }
    case 'policy':
      return { policy: body.policy }
    case 'deleted':
      return { memberIds: [], adminIds: [] }
  }
}

/** The document of a new group. */
export function newGroupFields(me: UserId, body: EventBody & { event: 'created' }): DocumentData {
  return {
    kind: 'group',
    memberIds: [me, ...body.uids],
    title: body.title,
    ...newGroup(me),
  }
}
