import { collectionGroup, query, where } from 'firebase/firestore'
import { parseActivity } from '../converters.ts'
import { changedSince, follow } from '../reading.ts'
import type { Follow } from './collection.ts'

/** Of direct chats: the documents of groups have no `memberIds`. */
export const activity: Follow<'activity'> = ({ db, me, context }, since, listener) => {
  const mine = query(collectionGroup(db, 'activity'), where('memberIds', 'array-contains', me))
  return follow(
    context,
    changedSince(mine, since),
    (document) => {
      const chat = document.ref.parent.parent
      return chat?.parent.path === 'chats' ? parseActivity(chat.id, document.id, document.data()) : undefined
    },
    listener,
  )
}
