import type { Args, ReplicaChange, Result } from '#shared/bridge.ts'
import { personTitle } from '#shared/domain/display-text.ts'
import type { UserId } from '#shared/domain/ids.ts'
import { BridgeError } from '../bridge-error.ts'
import { applyAccount, loadAccount, setPrivacy, setProfile } from './account.ts'
import { applyActivities, loadActivities, loadActivity } from './activities.ts'
import { Watched, type Changes } from './changes.ts'
import { loadChat, loadChats } from './chat-rows.ts'
import { applyChatStates, markRead, setChatState } from './chat-states.ts'
import { applyChats, openDirectChat, removeChats, setDraft } from './chats.ts'
import type { Context, Writing } from './context.ts'
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
import { loadMarks, raiseMark } from './marks.ts'
import { loadChatSync, loadMessage, loadMessages } from './message-rows.ts'
import { applyMessages } from './messages.ts'
import { countUnsent, discard, loadPending, retry, send, settle } from './outbox.ts'
import {
  applyBlocks,
  applyContacts,
  applyProfiles,
  loadPeople,
  loadPerson,
  setBlocked,
  setContact,
} from './people.ts'
import type { IncomingMessage, StoreLog, ReplicaMethod } from './protocol.ts'
import { search } from './search.ts'

/** The methods that work on the open replica. */
export type QueryMethod = Exclude<ReplicaMethod, 'replica.open' | 'replica.close' | 'replica.erase'>
type Handlers = { [M in QueryMethod]: (context: Writing, args: Args<M>) => Result<M> }

/** One function for each method; every call is one transaction. */
const handlers: Handlers = {
  'replica.account': loadAccount,
  'replica.marks': loadMarks,
  'replica.chats': loadChats,
  'replica.people': loadPeople,
  'replica.activities': loadActivities,
  'replica.messages': loadMessages,
  'replica.search': search,
  'replica.chatSync': loadChatSync,

  'replica.applyChats': (context, { chats, mark }) => {
    applyChats(context, chats)
    raiseMark(context, 'chats', mark)
  },
  'replica.removeChats': removeChats,
  'replica.applyMessages': applyMessages,
  'replica.applyActivities': (context, { activities, mark }) => {
    applyActivities(context, activities)
    raiseMark(context, 'activity', mark)
  },
  'replica.applyChatStates': (context, { states, mark }) => {
    applyChatStates(context, states)
    raiseMark(context, 'chatStates', mark)
  },
  'replica.applyProfiles': (context, { profiles }) => {
    applyProfiles(context, profiles)
  },
  'replica.applyContacts': (context, { contacts, mark }) => {
    applyContacts(context, contacts)
    raiseMark(context, 'contacts', mark)
  },
  'replica.applyBlocks': (context, { blocks, mark }) => {
    applyBlocks(context, blocks)
    raiseMark(context, 'blocks', mark)
  },
  'replica.applyAccount': applyAccount,

  'replica.openDirectChat': openDirectChat,
  'replica.setDraft': setDraft,
  'replica.send': send,
  'replica.markRead': markRead,
  'replica.setChatState': setChatState,
  'replica.setContact': setContact,
  'replica.setBlocked': setBlocked,
  'replica.setProfile': setProfile,
  'replica.setPrivacy': setPrivacy,

  'outbox.pending': loadPending,
  'outbox.unsentCount': countUnsent,
  'outbox.settle': settle,
  'outbox.retry': retry,
  'outbox.discard': discard,
}

/**
 * What only this device knows: kept through a power failure, at the price of waiting for the disk. All else can be
 * read from the wire again, or follows again from what the person does next.
 */
const DURABLE: ReadonlySet<QueryMethod> = new Set<QueryMethod>([
  'replica.setDraft',
  'replica.send',
  'replica.setChatState',
  'replica.setContact',
  'replica.setBlocked',
  'replica.setProfile',
  'replica.setPrivacy',
  'outbox.retry',
  'outbox.discard',
])

export interface ReplicaOptions {
  /** Holds one file for each account. */
  directory: string
  onChange: (change: ReplicaChange, incoming: IncomingMessage[]) => void
  /** The open replica turned out to be damaged: no account is open any more. */
  onLost: () => void
  log: StoreLog
  /** The local clock, in ms. */
  now: () => number
}

interface OpenReplica {
  context: Context
  file: string
  setAside: SetAside
}

/** The replicas in a directory, of which one at a time is open. Synchronous; throws BridgeErrors and SQLite's own. */
export class Replica {
  readonly #options: ReplicaOptions
  #open: OpenReplica | undefined
  /** What happened to a replica that was found damaged while it was open: told when it is opened next. */
  readonly #setAside = new Map<UserId, SetAside>()

  constructor(options: ReplicaOptions) {
    this.#options = options
    finishErasing(options.directory)
  }

  /** Opens the account's replica, and closes another one's. Opening the open one again answers the same. */
  open({ userId }: Args<'replica.open'>): Result<'replica.open'> {
    if (this.#open?.context.me !== userId) {
      this.close()
      this.#open = this.#openFile(userId)
    }
    return { userId, setAside: this.#open.setAside }
  }

  close(): void {
    closeQuietly(this.#open?.context.db)
    this.#open = undefined
  }

  /**
   * Removes the account's replica from this machine, open or not; one that another program holds, at the next start. None is
   * open afterwards.
   */
  erase({ userId }: Args<'replica.erase'>): void {
    this.close()
    this.#setAside.delete(userId)
    if (!eraseReplica(replicaFile(this.#options.directory, userId)))
      this.#options.log('store.not-erased', 'left for the next start')
  }

  /** Runs the method as one transaction, and tells what it changed. */
  call<M extends QueryMethod>(method: M, args: Args<M>): Result<M> {
    const { context } = this.#required()
    try {
      const changes = newChanges(context)
      const { result, change, incoming } = context.db.transaction(DURABLE.has(method), () => ({
        result: handlers[method]({ ...context, changes }, args),
        change: toReplicaChange(context, changes),
        incoming: loadIncoming(context, changes),
      }))
      if (change !== undefined) this.#options.onChange(change, incoming)
      return result
    } catch (error) {
      if (isCorruption(error)) this.#giveUp()
      throw error
    }
  }

  #required(): OpenReplica {
    if (this.#open === undefined) throw new BridgeError('no-account', 'no account is open')
    return this.#open
  }

  #openFile(userId: UserId): OpenReplica {
    const { directory, log, now } = this.#options
    const file = replicaFile(directory, userId)
    const { database, setAside } = openReplica(file, userId)
    if (setAside !== null) log('store.set-aside', `${setAside.reason} ${setAside.file}`)
    const told = setAside ?? this.#setAside.get(userId) ?? null
    this.#setAside.delete(userId)
    return { context: { db: database, me: userId, now, log }, file, setAside: told }
  }

  /** The open file turned out to be damaged: it is moved aside, and no account is open until the next `open`. */
  #giveUp(): void {
    const { context, file } = this.#required()
    this.close()
    const setAside = moveAside(file, 'corrupt')
    this.#options.log('store.set-aside', `corrupt ${setAside.file}`)
    this.#setAside.set(context.me, setAside)
    this.#options.onLost()
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
    removedMessageIds: [],
    arrived: [],
    outbox: false,
  }
}

/** Undefined when nothing changed. */
function toReplicaChange(context: Context, changes: Changes): ReplicaChange | undefined {
  const change: ReplicaChange = {
    chats: changes.chats.changed(),
    removedChatIds: changes.removedChatIds,
    messages: changes.messages.changed(),
    removedMessageIds: changes.removedMessageIds,
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

/** The arrived messages that are news to the person: not deleted, not read elsewhere, not from someone blocked. */
function loadIncoming(context: Context, changes: Changes): IncomingMessage[] {
  return changes.arrived.flatMap(({ chatId, id }) => {
    const message = loadMessage(context, chatId, id)
    const chat = loadChat(context, chatId)
    if (message?.body == null || chat === undefined) return []
    const sender = loadPerson(context, message.senderId)
    const isRead = (message.sentAt ?? 0) <= (chat.state.readAt ?? -1)
    return isRead || sender?.blocked === true ? [] : [{ message, chat, senderName: personTitle(sender) }]
  })
}
