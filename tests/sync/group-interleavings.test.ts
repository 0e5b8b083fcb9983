import { setTimeout as delay } from 'node:timers/promises'
import { expect, inject, it, vi } from 'vitest'
import { seededRandom } from '../../scripts/lib/random.ts'
import type { ChatId, UserId } from '#shared/domain/ids.ts'
import type { Invite } from '#shared/domain/invite.ts'
import type { EventBody } from '#shared/messages/kinds/event.ts'
import type { SignedInClient } from '../support/client.ts'
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts'
import { groupWith, refused, stateOn, stateOnServer } from './group-people.ts'
import { person, untilFlushed } from './people.ts'

/*
 * Random interleavings: two admins, a member who leaves, one who writes and someone who joins with a link act on the same group at
 * random times, while the network of each is cut at random. Many changes are refused; that is part of the test. Afterwards every device must have the state
 * of the server.
 *
 * GROUP_SEED=N repeats a run, GROUP_STEPS=N makes it longer (default: 40 steps, about 20 s).
 */

const SEED = Number(process.env['GROUP_SEED'] ?? Math.floor(Math.random() * 2 ** 31))
const STEPS = Number(process.env['GROUP_STEPS'] ?? 40)
const SETTLE_MS = 40_000
const LIMIT_MS = 60_000 + SETTLE_MS + STEPS * 2000

type Random = () => number

interface Actor {
  client: SignedInClient
  proxy: TcpProxy
  /** What this person does now and then. */
  actions: readonly ((world: World) => Promise<void>)[]
}

interface World {
  chatId: ChatId
  /** All people by role. */
  ids: Record<Role, UserId>
  random: Random
  /** The texts that a device has taken. */
  written: string[]
  invite: Invite
}

const roles = ['owner', 'admin', 'leaving', 'writing', 'joining'] as const
type Role = (typeof roles)[number]

function pick<T>(items: readonly T[], random: Random): T {
  const item = items[Math.floor(random() * items.length)]
  if (item === undefined) throw new Error('Nothing to pick.')
  return item
}

/** The actions of each role. A role is one entry here. */
const actionsOf: Record<Role, (client: SignedInClient) => Actor['actions']> = {
  owner: (client) => [
    ...governing(client),
    changing(client, ({ ids }) => ({ kind: 'event', event: 'promoted', uids: [ids.admin] })),
    changing(client, ({ ids }) => ({ kind: 'event', event: 'demoted', uids: [ids.admin] })),
    changing(client, ({ ids }) => ({ kind: 'event', event: 'removed', uids: [ids.admin] })),
  ],
  admin: governing,
  leaving: (client) => [
    writing(client),
    changing(client, ({ ids }) => ({ kind: 'event', event: 'left', uids: [ids.leaving] })),
  ],
  writing: (client) => [writing(client), writing(client), writing(client)],
  joining: (client) => [
    joining(client),
    joining(client),
    ifMember(client, writing(client)),
    ifMember(
      client,
      changing(client, ({ ids }) => ({ kind: 'event', event: 'left', uids: [ids.joining] })),
    ),
  ],
}

/** Joining needs the network, so it may fail; the person is told and can try again. */
function joining(client: SignedInClient): Actor['actions'][number] {
  return async ({ invite }) => {
    try {
      await (await client.services.invites()).join(invite)
    } catch (error) {
      expect(error).toMatchObject({ code: 'offline' })
    }
  }
}

function ifMember(client: SignedInClient, act: Actor['actions'][number]): Actor['actions'][number] {
  return async (world) => {
    if (client.store.getState().chats.get(world.chatId)?.former === false) await act(world)
  }
}

function governing(client: SignedInClient): Actor['actions'] {
  const others = ({ ids }: World): UserId[] => Object.values(ids).filter((id) => id !== client.me)
  /** Adds everybody who is not there, as far as this device knows. */
  const adding = async (world: World): Promise<void> => {
    const members = client.store.getState().chats.get(world.chatId)?.memberIds ?? []
    const absent = others(world).filter((id) => !members.includes(id))
    if (absent.length > 0) await client.services.chats.addPeople(world.chatId, absent)
  }
  return [
    writing(client),
    changing(client, ({ random }) => ({
      kind: 'event',
      event: 'renamed',
      title: `Title ${String(Math.floor(random() * 1000))}`,
    })),
    changing(client, ({ random }) => ({
      kind: 'event',
      event: 'policy',
      policy: {
        post: random() < 0.8 ? 'all' : 'admins',
        edit: random() < 0.5 ? 'all' : 'admins',
        add: random() < 0.5 ? 'all' : 'admins',
      },
    })),
    changing(client, (world) => ({
      kind: 'event',
      event: 'removed',
      uids: [pick(others(world), world.random)],
    })),
    adding,
    adding,
  ]
}

function writing(client: SignedInClient): Actor['actions'][number] {
  return async ({ chatId, written, random }) => {
    const text = `text ${String(random())}`
    await client.send(chatId, text)
    written.push(text)
  }
}

function changing(client: SignedInClient, body: (world: World) => EventBody): Actor['actions'][number] {
  return (world) => client.services.chats.changeGroup(world.chatId, body(world))
}

async function actor(role: Role): Promise<Actor> {
  const backend = inject('backend')
  if (backend.emulator === null) throw new Error('This works only with the local backend.')
  const proxy = await startTcpProxy(backend.emulator.firestorePort)
  const proxied = { ...backend, emulator: { ...backend.emulator, firestorePort: proxy.port } }
  const client = await person(role, { backend: proxied })
  return { client, proxy, actions: actionsOf[role](client) }
}

function idsOf(actors: readonly Actor[]): World['ids'] {
  const idAt = (role: Role): UserId => {
    const found = actors[roles.indexOf(role)]
    if (found === undefined) throw new Error('A role is missing.')
    return found.client.me
  }
  return {
    owner: idAt('owner'),
    admin: idAt('admin'),
    leaving: idAt('leaving'),
    writing: idAt('writing'),
    joining: idAt('joining'),
  }
}

/** Everybody acts at random until the steps are used up; each network is cut for short times. */
async function actAtRandom(actors: readonly Actor[], world: World): Promise<void> {
  const { random } = world
  const restored: Promise<void>[] = []
  for (let step = 0; step < STEPS; step++) {
    const { client, proxy, actions } = pick(actors, random)
    if (random() < 0.2) {
      const cutMs = 100 + random() * 900
      proxy.cut()
      restored.push(delay(cutMs).then(() => proxy.restore()))
    }
    await unlessFormer(client, world, pick(actions, random))
    // Now and then somebody opens the group, as after a notification.
    if (random() < 0.1) await client.services.conversation.open(world.chatId)
    if (random() < 0.6) await delay(random() * 300)
  }
  await Promise.all(restored)
}

/** A device takes nothing from a person who is no longer a member. It must then have told them. */
async function unlessFormer(
  client: SignedInClient,
  world: World,
  act: Actor['actions'][number],
): Promise<void> {
  try {
    await act(world)
  } catch {
    await client.until('being told', ({ chats }) => chats.get(world.chatId)?.former === true)
  }
}

/** All replicas agree with the server, and nobody's outbox is stuck. */
async function expectAgreement(actors: readonly Actor[], chatId: ChatId): Promise<void> {
  for (const { client } of actors) await untilFlushed(client)
  await vi.waitFor(
    async () => {
      const server = await stateOnServer(chatId)
      for (const { client } of actors) {
        const state = await stateOn(client, chatId)
        const isMember = Array.isArray(server.memberIds) && server.memberIds.includes(client.me)
        if (isMember) expect(state).toEqual({ ...server, former: false })
        else if (state !== undefined) {
          // A former member keeps what they had, in the same order.
          expect(state.former).toBe(true)
          const kept = new Set(state.history)
          const known = (text: string): boolean => text.startsWith('(') || kept.has(text)
          expect(state.history.filter(isText)).toEqual(server.history.filter(known).filter(isText))
        }
      }
    },
    { timeout: SETTLE_MS, interval: 500 },
  )
}

const isText = (text: string): boolean => !text.startsWith('(')

it(
  `random changes by two admins, a leaving, a writing and a joining member end in the same state everywhere (GROUP_SEED=${String(SEED)})`,
  { timeout: LIMIT_MS },
  async () => {
    const actors = await Promise.all(roles.map(actor))
    try {
      const [owner, ...others] = actors.map(({ client }) => client)
      if (owner === undefined) throw new Error('There is no owner.')
      const chatId = await groupWith(owner, others.slice(0, -1))
      const ids = idsOf(actors)
      await owner.services.chats.changeGroup(chatId, { kind: 'event', event: 'promoted', uids: [ids.admin] })
      await untilFlushed(owner)
      const options = { expiresAt: null, maxJoins: null, approve: false }
      const { invite } = await (await owner.services.invites()).replace(chatId, options)

      const written: string[] = []
      await actAtRandom(actors, { chatId, ids, random: seededRandom(SEED), written, invite })
      for (const { proxy } of actors) proxy.restore()
      await expectAgreement(actors, chatId)
      // Every text is either on the server or still with its sender, as not sent.
      const { history } = await stateOnServer(chatId)
      const failed = (await Promise.all(actors.map(({ client }) => refused(client, chatId)))).flat()
      const found = [...history, ...failed.map(({ what }) => what)].filter(isText)
      console.log(
        `${String(history.length)} messages and events were accepted, ${String(failed.length)} refused`,
      )
      expect(found.toSorted()).toEqual(written.toSorted())
    } finally {
      await Promise.all(actors.map(({ proxy }) => proxy.stop()))
    }
  },
)
