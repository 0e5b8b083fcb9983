import { methods, type BridgeEvent, type ReplicaChange } from '#shared/bridge.ts'
import { createChatBook, type BookRows, type ChatBook, type Unread } from './chat-book.ts'
import type { Handlers } from './dispatcher.ts'
import type { Notifications } from './notifications.ts'
import type { IncomingMessage, ReplicaMethod, Store } from './store/store.ts'

export interface ReplicaHandlersOptions {
  store: Store
  notifications: Notifications
  send: (event: BridgeEvent) => void
  /** What waits in the open account; nothing when none is open. */
  onUnread: (unread: Unread) => void
}

function isReplicaMethod(name: string): name is ReplicaMethod {
  return name.startsWith('replica.') || name.startsWith('outbox.')
}

/** The bridge's handlers that pass a call on to the store as it is. */
function passOn(store: Store): Pick<Handlers, ReplicaMethod> {
  const names = Object.keys(methods).filter(isReplicaMethod)
  const pass = (method: ReplicaMethod) => (args: never) => store.call(method, args)
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- each name with the handler made for it
  return Object.fromEntries(names.map((name) => [name, pass(name)])) as Pick<Handlers, ReplicaMethod>
}

/** Joins the store with the window, the notifications and the unread count; answers the bridge's replica methods. */
export function createReplicaHandlers({
  store,
  notifications,
  send,
  onUnread,
}: ReplicaHandlersOptions): Pick<Handlers, ReplicaMethod> {
  let book: ChatBook | undefined

  function tellUnread(): void {
    onUnread(book?.unread(Date.now()) ?? { total: 0, chats: [] })
  }

  function take(change: ReplicaChange, incoming: readonly IncomingMessage[]): void {
    send({ name: 'replica.changed', payload: change })
    if (book === undefined) return
    const wereUnread = new Set(change.chats.map(({ id }) => id).filter((id) => book?.unreadOf(id) !== 0))
    book.take(change)
    for (const { id, state } of change.chats) {
      // A message may be here before its chat counts it: that nothing is unread says little, that nothing is any more does.
      if (wereUnread.has(id) && book.unreadOf(id) === 0) notifications.clear(id)
      else if (state.readAt !== null) notifications.clear(id, state.readAt)
    }
    for (const id of change.removedChatIds) notifications.clear(id)
    notifications.announce(incoming, book)
    tellUnread()
  }
  store.onChange(take)
  store.onInterrupted(() => send({ name: 'replica.interrupted', payload: {} }))

  /**
   * The page reads all rows of a replica, often before its opening is answered. What it is answered is counted here too:
   * the store answers and announces in order, so it is of the book of that moment, and never older than what that has taken.
   */
  async function counted<R>(read: Promise<R>, rowsOf: (answer: R) => Partial<BookRows>): Promise<R> {
    const answer = await read
    if (book === undefined) return answer
    book.take({ chats: [], people: [], removedChatIds: [], ...rowsOf(answer) })
    tellUnread()
    return answer
  }

  function end(): void {
    book = undefined
    notifications.clearAll()
    tellUnread()
  }

  return {
    ...passOn(store),
    async 'replica.open'(args) {
      const status = await store.call('replica.open', args)
      book = createChatBook(args.userId)
      return status
    },
    'replica.chats': (args) => counted(store.call('replica.chats', args), (chats) => ({ chats })),
    'replica.people': (args) => counted(store.call('replica.people', args), (people) => ({ people })),
    async 'replica.close'(args) {
      await store.call('replica.close', args)
      end()
    },
    async 'replica.erase'(args) {
      await store.call('replica.erase', args)
      end()
    },
  }
}
