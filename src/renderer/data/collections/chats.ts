import { parseChat } from '../converters.ts'
import { chatsOf } from '../chats-repository.ts'
import { changedSince, follow } from '../reading.ts'
import type { Follow } from './collection.ts'

export const chats: Follow<'chats'> = ({ db, me, context }, since, listener) =>
  follow(
    context,
    changedSince(chatsOf(db, me), since),
    (document) => parseChat(document.id, document.data(), me),
    listener,
  )
