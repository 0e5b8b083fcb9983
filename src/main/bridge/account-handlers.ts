import { storeMethods, type BridgeEvent, type StoreMethod } from '#shared/bridge/index.ts'
import type { ReplicaChange } from '#shared/bridge/replica.ts'
import type { ChatId, UserId } from '#shared/domain/ids.ts'
import type { LinkPreviews } from '../links/preview/link-previews.ts'
import type { Media } from '../media/media.ts'
import type { Notifications } from '../notifications/notifications.ts'
import {
  createUnreadCounts,
  noUnread,
  type CountedRows,
  type Unread,
  type UnreadCounts,
} from '../notifications/unread-counts.ts'
import type { PushService } from '../push/push-service.ts'
import type { IncomingMessage, Store } from '../store/store.ts'
import { BridgeError } from './bridge-error.ts'
import type { AccountHandlers } from './dispatcher.ts'

export interface AccountHandlersOptions {
  store: Store
  notifications: Pick<Notifications, 'announce' | 'withdraw' | 'clear' | 'clearAll'>
  media: Media
  previews: LinkPreviews
  push: Pick<PushService, 'open' | 'close' | 'erase' | 'status' | 'beginTest'>
  send: (event: BridgeEvent) => void
  /** The unread messages of the open account; none while no account is open. */
  onUnread: (unread: Unread) => void
  onOpenChat: (chatId: ChatId | null) => void
}

function isStoreMethod(name: string): name is StoreMethod {
  return Object.hasOwn(storeMethods, name)
}

/** Handlers that pass a call to the store as it is. */
function passToStore(store: Store): Pick<AccountHandlers, StoreMethod> {
  const names = Object.keys(storeMethods).filter(isStoreMethod)
  const pass = (method: StoreMethod) => (args: never, account: UserId) => store.call(account, method, args)
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- each name gets the handler that `pass` returns for it
  return Object.fromEntries(names.map((name) => [name, pass(name)])) as Pick<AccountHandlers, StoreMethod>
}

/** Connects the store with the window, the notifications and the unread counts. */
export function createAccountHandlers({
  store,
  notifications,
  media,
  previews,
  push,
  send,
  onUnread,
  onOpenChat,
}: AccountHandlersOptions): AccountHandlers {
  let counts: UnreadCounts | undefined

  function reportUnread(): void {
    onUnread(counts?.unread(Date.now()) ?? noUnread)
  }

  function onChange(account: UserId, change: ReplicaChange, incoming: readonly IncomingMessage[]): void {
    send({ account, name: 'replica.changed', payload: change })
    if (counts?.account !== account) return
    const { unreadOf } = counts
    const wereUnread = new Set(change.chats.map(({ id }) => id).filter((id) => unreadOf(id) !== 0))
    counts.update(change)
    for (const { id, state } of change.chats) {
      // A message can arrive before `messageCount` includes it, so zero unread does not prove that it was read. A drop to zero does.
      if (wereUnread.has(id) && unreadOf(id) === 0) notifications.clear(id)
      else if (state.readAt !== null) notifications.clear(id, state.readAt)
    }
    for (const id of change.removedChatIds) notifications.clear(id)
    for (const { chatId, id, deletedAt } of change.messages)
      if (deletedAt !== null) notifications.withdraw(chatId, id)
    notifications.announce(incoming, counts)
    reportUnread()
  }
  store.onChange(onChange)
  store.onInterrupted((account) => send({ account, name: 'replica.interrupted', payload: {} }))

  /**
   * Counts rows that the page reads. The page often requests them before `replica.open` has returned, so `counts` is checked after
   * the reply. The store replies and announces in order, so these rows are never older than those counted before.
   */
  async function counted<R>(read: Promise<R>, rowsOf: (result: R) => Partial<CountedRows>): Promise<R> {
    const result = await read
    if (counts === undefined) return result
    counts.update({ chats: [], people: [], removedChatIds: [], ...rowsOf(result) })
    reportUnread()
    return result
  }

  function requireOpen(account: UserId): void {
    if (counts?.account !== account) throw new BridgeError('no-account', 'this account is not open')
  }

  function end(account: UserId): void {
    if (counts?.account !== account) return
    counts = undefined
    notifications.clearAll()
    reportUnread()
  }

  return {
    ...passToStore(store),
    ...media.handlers,
    async 'replica.open'(args, account) {
      const status = await store.call(account, 'replica.open', args)
      counts = createUnreadCounts(account)
      media.open(account)
      push.open(account)
      return status
    },
    'replica.chats': (args, account) =>
      counted(store.call(account, 'replica.chats', args), (chats) => ({ chats })),
    'replica.people': (args, account) =>
      counted(store.call(account, 'replica.people', args), (people) => ({ people })),
    async 'replica.close'(args, account) {
      await media.close(account)
      push.close(account)
      await store.call(account, 'replica.close', args)
      end(account)
    },
    async 'replica.erase'(args, account) {
      // First, so that a failure below leaves no credentials.
      push.erase(account)
      await media.close(account)
      await store.call(account, 'replica.erase', args)
      end(account)
      await media.erase(account)
    },
    'push.status'(_args, account) {
      requireOpen(account)
      return push.status()
    },
    'push.beginTest'(_args, account) {
      requireOpen(account)
      return { nonce: push.beginTest() }
    },
    'preview.fetch'({ url }, account) {
      requireOpen(account)
      return previews.fetch(account, url)
    },
    'view.setOpenChat'(chatId, account) {
      requireOpen(account)
      onOpenChat(chatId)
    },
  }
}
