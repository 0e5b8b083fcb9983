import { newMessageId, type ChatId, type UserId } from '#shared/domain/ids.ts'
import {
  inviteLink,
  newInviteCode,
  problemOf,
  type Invite,
  type InviteDetails,
  type InvitePreview,
  type InviteProblem,
} from '#shared/domain/invite.ts'
import type { InvitesRepository } from '../../data/invites-repository.ts'
import type { OutgoingMessage } from '../../data/messages-repository.ts'
import { toWireError, withTimeout } from '../../data/wire-error.ts'
import type { AppState, AppStore } from '../../stores/app-store.ts'
import { attempt } from '../app/errors.ts'
import { AppError, type ConversationService, type InvitesService, type SeenInvite } from '../services.ts'
import type { AccountSession, CurrentAccount } from '../session/account-session.ts'
import { serverNow } from '../session/clock.ts'
import type { LiveSession } from '../session/live-session.ts'

export interface InvitesOptions {
  account: CurrentAccount
  store: AppStore
  conversation: ConversationService
  inviteDomain: string | undefined
}

/** Everything here needs the server: a link can be revoked at any time, so nothing of it is stored. */
export function createInvitesService(options: InvitesOptions): InvitesService {
  const { account, store, conversation, inviteDomain } = options

  /** Calls `work` with the session that talks to the server. */
  const online = <T>(work: (live: LiveSession, session: AccountSession) => Promise<T>): Promise<T> =>
    attempt(async () => {
      const session = account()
      if (session === undefined) throw new AppError('unexpected')
      return work(await session.whenLive(), session)
    })

  const isMember = (chatId: ChatId): boolean => store.getState().chats.get(chatId)?.former === false

  async function look(invites: InvitesRepository, invite: Invite): Promise<SeenInvite> {
    const details = await invites.get(invite)
    if (details === undefined) return { kind: 'problem', problem: 'unknown' }
    const problem = problemOf(details, serverNow(store))
    return problem === null ? { kind: 'open', details } : { kind: 'problem', problem }
  }

  return {
    look: (invite) =>
      online(async ({ wire }) => {
        if (isMember(invite.chatId)) return { kind: 'member' }
        const seen = await look(wire.invites, invite)
        const waits =
          seen.kind === 'open' && seen.details.approve && (await wire.invites.hasAsked(invite.chatId))
        return waits ? { kind: 'asked', details: seen.details } : seen
      }),
    join: (invite) =>
      online(async ({ wire }, session) => {
        const seen = await look(wire.invites, invite)
        if (seen.kind !== 'open') return seen
        // The rules deny a request for one reason more than those that the link shows.
        if (await isDenied(wire.invites.ask(invite)))
          return orProblem(await look(wire.invites, invite), 'removed')
        if (seen.details.approve) return { kind: 'asked', details: seen.details }
        const joined = joinedMessage(session.me, invite.chatId)
        if (await isDenied(wire.invites.join(joined, invite.code))) {
          // An earlier attempt may have succeeded without its response reaching this device.
          if ((await wire.chats.get(invite.chatId)) === undefined)
            return orProblem(await look(wire.invites, invite), 'full')
        }
        await arrival(store, invite.chatId)
        await conversation.open(invite.chatId)
        return { kind: 'member' }
      }),
    takeBack: (chatId) => online(({ wire }) => wire.invites.removeRequest(chatId)),

    current: (chatId) =>
      online(async ({ wire }) => {
        const [newest] = (await wire.invites.list(chatId)).toSorted(
          (a, b) => b.details.createdAt - a.details.createdAt,
        )
        if (newest === undefined) return null
        const shown = previewOf(store.getState(), chatId)
        const invite = { chatId, code: newest.code }
        if (isStale(newest.details, shown)) await wire.invites.renew(invite, shown)
        return { invite, link: inviteLink(invite, inviteDomain), details: { ...newest.details, ...shown } }
      }),
    replace: (chatId, choices) =>
      online(async ({ wire }) => {
        const invite = { chatId, code: newInviteCode() }
        await revokeAll(wire.invites, chatId)
        const shown = previewOf(store.getState(), chatId)
        await wire.invites.create(invite, shown, choices)
        const createdAt = serverNow(store)
        const details = { ...shown, ...choices, createdAt, joins: 0, revoked: false }
        return { invite, link: inviteLink(invite, inviteDomain), details }
      }),
    revoke: (chatId) => online(({ wire }) => revokeAll(wire.invites, chatId)),

    requests: (chatId) =>
      online(async ({ wire, profiles }) => {
        const requests = await wire.invites.requests(chatId)
        await Promise.all(requests.map(({ userId }) => profiles.read(userId)))
        return requests.toSorted((a, b) => a.at - b.at)
      }),
    accept: (chatId, userId) =>
      attempt(() => conversation.send(chatId, { kind: 'event', event: 'admitted', uids: [userId] })),
    decline: (chatId, userId) => online(({ wire }) => wire.invites.removeRequest(chatId, userId)),
  }
}

async function revokeAll(invites: InvitesRepository, chatId: ChatId): Promise<void> {
  for (const { code } of await invites.list(chatId)) await invites.revoke({ chatId, code })
}

function previewOf({ chats }: AppState, chatId: ChatId): InvitePreview {
  const chat = chats.get(chatId)
  if (chat?.group == null) throw new AppError('unexpected')
  const { description, photo } = chat.group
  return {
    title: chat.title ?? '',
    description,
    photo: photo?.small ?? null,
    memberCount: chat.memberIds.length,
  }
}

function isStale(details: InviteDetails, shown: InvitePreview): boolean {
  return (
    details.title !== shown.title ||
    details.description !== shown.description ||
    details.photo !== shown.photo ||
    details.memberCount !== shown.memberCount
  )
}

function orProblem(seen: SeenInvite, problem: InviteProblem): SeenInvite {
  return seen.kind === 'problem' ? seen : { kind: 'problem', problem }
}

function joinedMessage(me: UserId, chatId: ChatId): OutgoingMessage {
  return {
    id: newMessageId(),
    chatId,
    seq: Date.now(),
    body: { kind: 'event', event: 'joined', uids: [me] },
  }
}

/** Resolves when sync has fetched the group. Rejects with `offline` when that takes too long. */
async function arrival(store: AppStore, chatId: ChatId): Promise<void> {
  const hasArrived = ({ chats }: AppState): boolean => chats.get(chatId)?.former === false
  if (hasArrived(store.getState())) return
  const { promise, resolve } = Promise.withResolvers<void>()
  const stop = store.subscribe((state) => hasArrived(state) && resolve())
  await withTimeout(promise).finally(stop)
}

/** Resolves to true when the server denied the write. Rejects for any other failure. */
async function isDenied(write: Promise<void>): Promise<boolean> {
  try {
    await write
    return false
  } catch (error) {
    if (toWireError(error).failure === 'denied') return true
    throw error
  }
}
