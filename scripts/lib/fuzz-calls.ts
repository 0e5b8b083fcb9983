import type { z } from 'zod'
import type { Answer } from '../../src/shared/bridge/contract.ts'
import type { MethodName, Methods } from '../../src/shared/bridge/index.ts'
import {
  collectionNames,
  toBatch,
  type CollectionName,
  type Item,
} from '../../src/shared/collections/index.ts'
import { newGroupId, directChatId, userIdSchema } from '../../src/shared/domain/ids.ts'
import {
  activity,
  chatState,
  message as someMessage,
  photo,
  queued,
  wireChat,
  wireMessage,
} from '../../src/shared/domain/test-data.ts'
import {
  intentKinds,
  intentRequestSchema,
  type IntentPayload,
  type StoredKind,
} from '../../src/shared/intents/index.ts'
import { objectIdSchema, sha256Schema } from '../../src/shared/messages/attachment.ts'
import { defaultSettings } from '../../src/shared/settings.ts'
import type { seededRandom } from './random.ts'

const fuzz = userIdSchema.parse('fuzz')
const chatId = directChatId(userIdSchema.parse('me'), fuzz)
const message = wireMessage(1, fuzz, { chatId, sentAt: 5, updatedAt: 5 })
const messageId = message.id
const contact = { id: fuzz, name: 'Fuzzy', phone: null }
const object = objectIdSchema.parse('0'.repeat(32))
const sha256 = sha256Schema.parse('0'.repeat(64))
const handle = '00000000-0000-4000-8000-000000000000'
const { proxy: _, ...settingsChange } = defaultSettings
const profile = { displayName: 'Me', about: '' }

/** A valid batch of each synced collection. */
const batches: { [N in CollectionName]: Item<N>[] } = {
  chats: [wireChat(fuzz, { messageCount: 1, updatedAt: 5, last: message, changed: messageId })],
  activity: [activity(fuzz, { chatId, deliveredAt: 5, readAt: 5, updatedAt: 5 })],
  chatStates: [chatState(chatId)],
  contacts: [contact],
  blocks: [{ userId: fuzz, blocked: false }],
  profile: [profile],
  privacy: [{ lastSeen: 'everyone', groups: 'everyone', photo: 'contacts' }],
  photo: [{ photo }],
}

/** A valid payload of each stored intent. */
const payloads: { [K in StoredKind]: IntentPayload<K> } = {
  contact,
  block: { userId: fuzz, blocked: false },
  profile,
  privacy: { lastSeen: 'nobody', groups: 'everyone', photo: 'nobody' },
  photo: { photo },
  upload: { place: { chatId }, object, sha256, mime: 'image/png', size: 5 },
  deleteMessage: { chatId, id: messageId },
  deleteObject: { chatId, object },
}

/** Valid arguments of each method. The fuzz changes them in one place at a time, so that calls get past the first check. */
export const validArguments: { [M in MethodName]: readonly z.input<Methods[M]['args']>[] } = {
  'app.info': [undefined],
  'app.ready': [undefined],
  'app.readyToQuit': [undefined],
  'app.mayRelease': [undefined],
  'app.log': [{ level: 'info', event: 'fuzz', detail: 'detail' }],
  'app.openLogs': [undefined],
  'links.open': ['https://example.org/'],
  'clipboard.writePng': ['aGVsbG8='],
  'png.save': [{ png: 'aGVsbG8=', name: 'Invite' }],
  'clipboard.write': ['text'],
  'verification.solve': [undefined],
  'diagnostics.save': [
    { account: fuzz, connection: 'online' },
    { account: null, connection: 'offline' },
  ],
  'proxy.password': [undefined],
  'proxy.set': [{ proxy: { mode: 'system' } }, { proxy: { mode: 'none' }, password: null }],
  'proxy.test': [
    null,
    { proxy: { mode: 'manual', kind: 'http', host: '127.0.0.1', port: 1, user: 'ada' }, password: 'secret' },
    { proxy: { mode: 'manual', kind: 'socks5', host: 'proxy.invalid', port: 1080 } },
  ],
  'notifications.check': [undefined],
  'notifications.test': [undefined],
  'notifications.openSettings': [undefined],
  'updates.check': [undefined],
  'updates.install': [undefined],
  'shortcut.state': [undefined],
  'shortcut.pause': [true, false],
  'spelling.read': [undefined],
  'lock.state': [undefined],
  'lock.setPin': [{ pin: '2580', current: null }],
  'lock.removePin': [{ pin: '2580' }],
  'lock.lock': [undefined],
  'lock.unlock': [{ pin: '2580' }],
  'lock.unlockByTouchId': [undefined],
  'lock.covered': [undefined],
  'lock.forget': [undefined],
  'settings.get': [undefined],
  'settings.set': [settingsChange],
  'view.setOpenChat': [chatId, null],
  'media.begin': [{ size: 5 }, { size: null }],
  'media.append': [{ handle, bytes: new Uint8Array(5) }],
  'media.finish': [{ handle }],
  'media.abort': [{ handle }],
  'media.has': [{ sha256s: [sha256] }],
  'media.keep': [{ sha256, kept: true }],
  'media.upload': [{ place: { chatId }, object, sha256, mime: 'image/png', token: 'token' }],
  'media.download': [{ place: { chatId }, object, sha256, size: 5, token: 'token', asked: true }],
  'media.free': [{ chatId }, { chatId: null }],
  'media.delete': [{ place: { chatId }, object, token: 'token' }],
  'media.pause': [{ object }],
  'media.saveAs': [{ sha256, name: '..\\..\\x' }],
  'media.showSaved': [{ sha256 }],
  'media.copyImage': [{ sha256 }],
  'media.takeOpened': [undefined],
  'media.open': [{ sha256, name: 'CON.txt' }],
  'media.dragOut': [{ sha256, name: '..\\..\\x' }],
  'push.status': [undefined],
  'push.beginTest': [undefined],
  'preview.fetch': [{ url: 'http://127.0.0.1/' }, { url: 'https://fuzz.invalid/' }],
  'replica.open': [undefined],
  'replica.close': [undefined],
  'replica.erase': [undefined],
  'replica.account': [undefined],
  'replica.syncCursors': [undefined],
  'replica.chats': [undefined],
  'replica.people': [undefined],
  'replica.activities': [undefined],
  'replica.messages': [
    { chatId, before: { sentAt: 5, seq: 1, id: messageId }, limit: 10 },
    { chatId, before: null, limit: 1 },
  ],
  'replica.media': [{ chatId, of: 'media', before: null, limit: 10 }],
  'replica.search': [{ text: 'hello "world', chatId: null, limit: 10 }],
  'replica.chatSync': [{ chatId }],
  'replica.chatsBehind': [undefined],
  'replica.apply': collectionNames.map((name) => toBatch(name, batches[name], 5)),
  'replica.leaveChats': [{ chatIds: [chatId] }],
  'replica.removeChats': [{ chatIds: [chatId] }],
  'replica.applyMessages': [
    [
      {
        chatId,
        messages: [message],
        source: 'live',
        cursor: 5,
        syncedCount: 1,
        syncedRevision: 1,
        historyComplete: null,
      },
    ],
  ],
  'replica.applyProfiles': [
    { profiles: [{ id: 'fuzz', displayName: 'Fuzz', about: '', photo, updatedAt: 1 }] },
  ],
  'replica.openDirectChat': [{ peerId: 'fuzz' }],
  'replica.createGroup': [
    {
      message: someMessage(2, userIdSchema.parse('me'), {
        chatId: newGroupId(),
        ...queued,
        body: { kind: 'event', event: 'created', uids: [], title: 'Group' },
      }),
    },
  ],
  'replica.setDraft': [{ chatId, text: 'draft' }],
  'replica.setStaged': [
    {
      chatId,
      items: [
        {
          id: handle,
          kind: 'photo',
          sha256,
          size: 5,
          mime: 'image/png',
          name: 'a.png',
          width: 1,
          height: 1,
          hash: '',
          duration: null,
          caption: '',
          asFile: false,
        },
      ],
    },
  ],
  'replica.send': [someMessage(1, userIdSchema.parse('me'), { chatId, ...queued })],
  'replica.sendStaged': [
    { message: someMessage(3, userIdSchema.parse('me'), { chatId, ...queued }), itemId: handle },
  ],
  'replica.forward': [someMessage(1, userIdSchema.parse('me'), { chatId, ...queued })],
  'replica.markRead': [{ chatId, readCount: 1, readAt: 5 }],
  'replica.setChatState': [{ chatId, patch: { pinned: true } }],
  'outbox.add': [...Object.entries(payloads), ['deleteObject', { userId: fuzz, object }]].map(
    ([kind, payload]) => intentRequestSchema.parse({ kind, payload }),
  ),
  'outbox.pending': [undefined],
  'outbox.unsentCount': [undefined],
  'outbox.acknowledge': intentKinds.map((kind) => ({
    kind,
    key: kind === 'send' ? messageId : fuzz,
    version: 1,
    outcome: 'done',
    failure: null,
  })),
  'outbox.split': [{ messageId, events: [{ kind: 'event', event: 'added', uids: [fuzz] }] }],
  'outbox.retry': [{ messageId }],
  'outbox.discard': [{ messageId }],
  'voice.append': [
    { chatId, part: 0, bytes: new Uint8Array([1, 2, 3]), levels: '0f' },
    { chatId, part: 1, bytes: new Uint8Array(), levels: '' },
  ],
  'voice.recordings': [undefined],
  'voice.read': [{ chatId }],
  'voice.remove': [{ chatId }],
  'voice.markHeard': [{ chatId, id: messageId }],
  'voice.nextUnheard': [{ chatId, id: messageId }],
  'storage.usage': [undefined],
  'storage.chats': [{ limit: 50 }],
  'storage.files': [{ chatId, limit: 50 }],
  'storage.messageOf': [{ chatId, sha256 }],
  'storage.traffic': [undefined],
  'storage.resetTraffic': [undefined],
  'microphone.open': [undefined],
  'microphone.close': [undefined],
  'microphone.openSettings': [undefined],
  'camera.open': [undefined],
  'camera.close': [undefined],
  'camera.openSettings': [undefined],
}

export interface FuzzInput {
  seed: number
  calls: number
  methods: string[]
  /** Those of `methods` that belong to an account. */
  accountMethods: string[]
  valid: Record<string, readonly unknown[]>
  failureCodes: string[]
}

export interface FuzzReport {
  /** Number of calls per outcome: `ok`, a failure's code, or `uncloneable` (rejected before it left the page). */
  outcomes: Record<string, number>
  /** Outcomes that must not happen, at most 20. */
  wrong: string[]
}

/**
 * Makes random calls to `window.perch` and reports their outcomes. It runs in the page, so it must not refer to anything outside
 * itself except its arguments.
 */
export async function fuzzCalls(input: FuzzInput, makeRandom: typeof seededRandom): Promise<FuzzReport> {
  const AT_ONCE = 40
  const random = makeRandom(input.seed)
  const below = (n: number): number => Math.floor(random() * n)
  const pick = <T>(list: readonly T[]): T | undefined => list[below(list.length)]

  const text = (): string => {
    const alphabet = [
      'a',
      '0',
      '_',
      '-',
      '+',
      '/',
      '.',
      '\0',
      '\n',
      '"',
      "'",
      '%',
      '\u202E',
      '\u0336',
      '\uD800',
      '👩',
    ]
    const length = pick([0, 1, 3, 20, 200, 5000]) ?? 0
    return Array.from({ length }, () => pick(alphabet)).join('')
  }
  const deep = (levels: number): unknown => {
    let value: unknown = 1
    for (let level = 0; level < levels; level++) value = level % 2 === 0 ? [value] : { value }
    return value
  }
  const cycle = (): unknown => {
    const value: Record<string, unknown> = { chatId: 'fuzz_me' }
    value['self'] = value
    return value
  }
  const polluted = (): unknown =>
    JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}')
  const makers: (() => unknown)[] = [
    () => undefined,
    () => null,
    () => random() < 0.5,
    () => pick([0, -1, 1, 0.5, 1e21, -0, Number.NaN, Infinity, Number.MAX_SAFE_INTEGER, 2 ** 53]),
    () => 10n,
    text,
    () => 'x'.repeat(pick([4097, 100_001, 1_000_000]) ?? 0),
    () =>
      pick([
        '__proto__',
        'constructor',
        'fuzz_me',
        'me',
        '+4915112345678',
        'javascript:alert(1)',
        'file:///etc/passwd',
      ]),
    () => [],
    () => Array.from({ length: pick([1, 3, 1001, 5000]) ?? 0 }, () => pick([1, 'a', null])),
    () => Array.from({ length: below(4) }, anything),
    () =>
      Object.fromEntries(
        Array.from({ length: below(5) }, () => [
          pick(['chatId', 'text', 'userId', text()]) ?? '',
          anything(),
        ]),
      ),
    () => deep(pick([10, 100, 900]) ?? 0),
    cycle,
    polluted,
    () => Object.create(null) as unknown,
    () => new Date(below(1e9)),
    () => new Map([['chatId', 'fuzz_me']]),
    () => new Set(['fuzz_me']),
    () => new Uint8Array(below(100)),
    () => new Error('fuzz'),
    () => /fuzz/,
    () => () => 'called',
    () => Symbol('fuzz'),
  ]
  function anything(): unknown {
    return pick(makers)?.()
  }

  /** Returns a copy with one place changed, added or removed. */
  const changed = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null || random() < 0.2) return anything()
    if (Array.isArray(value)) {
      const copy: unknown[] = Array.from<unknown>(value)
      copy[below(copy.length + 1)] = random() < 0.5 ? anything() : changed(copy[0])
      return copy
    }
    const entries = Object.entries(value)
    const chosen = below(entries.length + 1)
    if (chosen === entries.length) return { ...value, [text() || 'extra']: anything() }
    const name = entries[chosen]?.[0] ?? ''
    if (random() < 0.15) return Object.fromEntries(entries.filter(([other]) => other !== name))
    return { ...value, [name]: changed(entries[chosen]?.[1]) }
  }

  const bridge = window.perch
  if (bridge === undefined) throw new Error('no bridge')
  const outcomes: Record<string, number> = {}
  const wrong: string[] = []
  const count = (outcome: string): void => {
    outcomes[outcome] = (outcomes[outcome] ?? 0) + 1
  }
  const complain = (problem: string): void => {
    if (wrong.length < 20) wrong.push(problem.slice(0, 300))
  }

  const judge = (method: string, answer: Answer<unknown>): void => {
    if (answer.ok) return count('ok')
    const { code, message } = answer.error
    count(code)
    if (!input.failureCodes.includes(code) || typeof message !== 'string')
      complain(`${method}: untyped failure`)
    // `internal` and `store` are failures of the app, which no call may cause. Verification fails without a network.
    if ((code === 'internal' || code === 'store') && method !== 'verification.solve')
      complain(`${method}: ${code} ${message}`)
  }

  /** Lets later calls continue an import that has begun. Its bytes were lost on the way here, as text. */
  const takeHandle = (value: unknown): void => {
    for (const name of ['media.append', 'media.finish', 'media.abort'])
      for (const args of input.valid[name] ?? [])
        if (typeof args === 'object' && args !== null)
          Object.assign(args, value, name === 'media.append' ? { bytes: new Uint8Array(below(9)) } : {})
  }

  const callOnce = async (): Promise<void> => {
    const known = random() < 0.95
    const method = pick(known ? input.methods : ['__proto__', 'toString', 'app.none', text()]) ?? ''
    const valid = pick(input.valid[method] ?? [undefined])
    const owner = input.accountMethods.includes(method) ? 'me' : null
    const account = random() < 0.9 ? owner : pick([null, 'me', 'other', '__proto__', text(), anything()])
    const choice = random()
    const args = choice < 0.25 ? valid : choice < 0.65 ? changed(valid) : anything()
    try {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the fuzz breaks the contract on purpose
      const answer = await bridge.call(account as string | null, method, args)
      judge(method, answer)
      if (answer.ok && method === 'media.begin') takeHandle(answer.value)
      // An earlier call closed or erased the replica. Open it again, so that later calls reach the store's methods.
      if (!answer.ok && answer.error.code === 'no-account') await bridge.call('me', 'replica.open', undefined)
    } catch (error) {
      // A value that cannot be cloned never leaves the page.
      const reason = String(error)
      if (/could not be cloned|recursion depth|not serializable|circular|convert/i.test(reason))
        count('uncloneable')
      else complain(`${method}: rejected with ${reason}`)
    }
  }

  for (let done = 0; done < input.calls; done += AT_ONCE) {
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, input.calls - done) }, callOnce))
  }
  if (Reflect.get({}, 'polluted') !== undefined) complain('Object.prototype was polluted')
  return { outcomes, wrong }
}
