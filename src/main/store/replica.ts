import type { ReplicaChange } from '#shared/bridge/replica.ts'
import { personTitle } from '#shared/domain/display-text.ts'
import type { UserId } from '#shared/domain/ids.ts'
import type { Sha256 } from '#shared/messages/attachment.ts'
import { mentionsOf, type MessageBody } from '#shared/messages/body.ts'
import { EVERYONE } from '#shared/messages/mentions.ts'
import { BridgeError } from '../bridge/bridge-error.ts'
import { loadAccount } from './account.ts'
import { loadActivity } from './activities.ts'
import { Watched, type Changes } from './changes.ts'
import { loadChat } from './chats-read.ts'
import type { Context } from './context.ts'
import { isCorruption } from './database.ts'
import {
  closeQuietly,
  eraseReplica,
  finishErasing,
  moveAside,
  openReplica,
  replicaFile,
  type SetAside,
} from './files.ts'
import { loadMessage } from './messages-read.ts'
import { queries, type QueryMethod } from './methods.ts'
import { loadPending } from './outbox.ts'
import { loadPerson } from './people.ts'
import type { IncomingMessage, StoreLog } from './protocol.ts'
import type { CallArgs, CallResult } from './main-methods.ts'

export interface ReplicaOptions {
  /** Holds one file for each account. */
  directory: string
  onChange: (account: UserId, change: ReplicaChange, incoming: IncomingMessage[]) => void
  /** Nothing refers to these files any more: their bytes are to be deleted. */
  onFreed: (account: UserId, sha256s: Sha256[]) => void
  /** The open replica was found to be damaged. No account is open any more. */
  onLost: (account: UserId) => void
  log: StoreLog
  /** The local clock, in ms. */
  now: () => number
}

interface OpenReplica {
  context: Context
  file: string
  setAside: SetAside
}

/** The replicas in a directory; at most one is open. Synchronous; throws BridgeErrors and SQLite's own errors. */
export class Replica {
  readonly #options: ReplicaOptions
  #open: OpenReplica | undefined
  /** Replicas that were found to be damaged while open; an entry stays until its account is opened again. */
  readonly #setAside = new Map<UserId, SetAside>()

  constructor(options: ReplicaOptions) {
    this.#options = options
    finishErasing(options.directory)
  }

  /** Opens the account's replica and closes another account's. Opening the open replica again returns the same result. */
  open(account: UserId): CallResult<'replica.open'> {
    if (this.#open?.context.me !== account) {
      this.close()
      this.#open = this.#openFile(account)
    }
    return { setAside: this.#open.setAside }
  }

  /** Closes the account's replica if it is the open one. */
  closeAccount(account: UserId): void {
    if (this.#open?.context.me === account) this.close()
  }

  close(): void {
    closeQuietly(this.#open?.context.db)
    this.#open = undefined
  }

  /**
   * Deletes the account's replica from this machine, open or not. A file that another program holds is deleted at the next
   * start.
   */
  erase(account: UserId): void {
    this.closeAccount(account)
    this.#setAside.delete(account)
    if (!eraseReplica(replicaFile(this.#options.directory, account)))
      this.#options.log('store.not-erased', 'left for the next start')
  }

  /** Runs the method as one transaction and announces the rows it changed. */
  call<M extends QueryMethod>(account: UserId, method: M, args: CallArgs<M>): CallResult<M> {
    const { context } = this.#required(account)
    const { run, durable } = queries[method]
    try {
      const changes = newChanges(context)
      const { result, change, incoming } = context.db.transaction(durable(args), () => ({
        result: run({ ...context, changes }, args),
        change: toReplicaChange(context, changes),
        incoming: loadIncoming(context, changes),
      }))
      if (change !== undefined) this.#options.onChange(account, change, incoming)
      if (changes.freed.length > 0) this.#options.onFreed(account, changes.freed)
      return result
    } catch (error) {
      if (isCorruption(error)) this.#giveUp(account)
      throw error
    }
  }

  #required(account: UserId): OpenReplica {
    if (this.#open?.context.me !== account) throw new BridgeError('no-account', 'this account is not open')
    return this.#open
  }

  #openFile(userId: UserId): OpenReplica {
    const { directory, log, now } = this.#options
    const file = replicaFile(directory, userId)
    const { database, setAside } = openReplica(file, userId)
    if (setAside !== null) log('store.set-aside', `${setAside.reason} ${setAside.file}`)
    const result = setAside ?? this.#setAside.get(userId) ?? null
    this.#setAside.delete(userId)
    return { context: { db: database, me: userId, now, log }, file, setAside: result }
  }

  /** Moves the damaged open file aside. No account is open until the next `open`. */
  #giveUp(account: UserId): void {
    const { context, file } = this.#required(account)
    this.close()
    const setAside = moveAside(file, 'corrupt')
    this.#options.log('store.set-aside', `corrupt ${setAside.file}`)
    this.#setAside.set(context.me, setAside)
    this.#options.onLost(account)
  }
}

function newChanges(context: Context): Changes {
  return {
    chats: new Watched((id) => loadChat(context, id)),
    messages: new Watched((chatId, id) => loadMessage(context, chatId, id)),
    people: new Watched((id) => loadPerson(context, id)),
    activities: new Watched((chatId, userId) => loadActivity(context, chatId, userId)),
    account: new Watched(() => loadAccount(context)),
    removedChatIds: [],
    removedMessages: [],
    arrived: [],
    freed: [],
    outbox: false,
  }
}

/** Returns undefined when nothing changed. */
function toReplicaChange(context: Context, changes: Changes): ReplicaChange | undefined {
  const change: ReplicaChange = {
    chats: changes.chats.changed(),
    removedChatIds: changes.removedChatIds,
    messages: changes.messages.changed(),
    removedMessages: changes.removedMessages,
    people: changes.people.changed(),
    activities: changes.activities.changed(),
    account: changes.account.changed()[0] ?? null,
    outbox: changes.outbox ? loadPending(context) : null,
  }
  const { account, outbox, ...lists } = change
  const isEmpty =
    account === null && outbox === null && Object.values(lists).every((list) => list.length === 0)
  return isEmpty ? undefined : change
}

/** Returns the messages that may notify: newly arrived, not deleted, not read on another device, not from a blocked person. */
function loadIncoming(context: Context, changes: Changes): IncomingMessage[] {
  return changes.arrived.flatMap(({ chatId, id }) => {
    const message = loadMessage(context, chatId, id)
    const chat = loadChat(context, chatId)
    if (message?.body == null || chat === undefined) return []
    const sender = loadPerson(context, message.senderId)
    const isRead = (message.sentAt ?? 0) <= (chat.state.readAt ?? -1)
    if (isRead || sender?.blocked === true) return []
    return [{ message, chat, senderName: personTitle(sender), names: namesIn(context, message.body) }]
  })
}

/** The names of the people whom a message mentions. */
function namesIn(context: Context, body: MessageBody): Map<UserId, string> {
  const people = mentionsOf(body).flatMap(({ who }) => (who === EVERYONE ? [] : [who]))
  return new Map(people.map((id) => [id, nameIn(context, id)]))
}

function nameIn(context: Context, id: UserId): string {
  if (id === context.me) return loadAccount(context).profile?.displayName ?? ''
  return personTitle(loadPerson(context, id))
}
