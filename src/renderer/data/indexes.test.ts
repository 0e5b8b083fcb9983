import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { directChatId, userIdSchema } from '#shared/domain/ids.ts'
import { newObjectId } from '#shared/messages/attachment.ts'
import { ActivityRepository } from './activity-repository.ts'
import { ChatsRepository } from './chats-repository.ts'
import { collections } from './collections/index.ts'
import { InvitesRepository } from './invites-repository.ts'
import { MessagesRepository } from './messages-repository.ts'
import { Operations } from './operations.ts'

/*
 * The emulator runs queries without their indexes, production does not. So each query that a repository makes is compared with
 * firestore.indexes.json here.
 */

interface Filter {
  field: string
  op: string
}
interface Order {
  field: string
  direction: string
}
interface RecordedQuery {
  collection: string
  scope: 'COLLECTION' | 'COLLECTION_GROUP'
  filters: Filter[]
  orders: Order[]
}

const queries = vi.hoisted((): RecordedQuery[] => [])

vi.mock('firebase/firestore', async (importOriginal) => {
  const constrain = (
    source: RecordedQuery,
    ...constraints: (Filter | Order | { limit: true })[]
  ): RecordedQuery => ({
    ...source,
    filters: [...source.filters, ...constraints.filter((one) => 'op' in one)],
    orders: [...source.orders, ...constraints.filter((one) => 'direction' in one)],
  })
  const from = (collection: string, scope: RecordedQuery['scope']): RecordedQuery => ({
    collection,
    scope,
    filters: [],
    orders: [],
  })
  const record = (query: RecordedQuery): void => void queries.push(query)
  return {
    ...(await importOriginal<object>()),
    doc: () => ({}),
    collection: (_: unknown, ...path: string[]) => from(path.at(-1) ?? '', 'COLLECTION'),
    collectionGroup: (_: unknown, id: string) => from(id, 'COLLECTION_GROUP'),
    query: constrain,
    where: (field: string, op: string) => ({ field, op }),
    orderBy: (field: string, direction = 'asc') => ({ field, direction }),
    limit: () => ({ limit: true }),
    startAfter: () => ({ limit: true }),
    onSnapshot: (query: RecordedQuery | object) => {
      if ('collection' in query) record(query)
      return () => undefined
    },
    getDocsFromServer: (query: RecordedQuery) => {
      record(query)
      return Promise.resolve({ docs: [] })
    },
    getCountFromServer: (query: RecordedQuery) => {
      record(query)
      return Promise.resolve({ data: () => ({ count: 0 }) })
    },
  }
})

const me = userIdSchema.parse('me')
const chatId = directChatId(me, userIdSchema.parse('peer'))

/** Returns the composite index that a query needs. Undefined: the indexes of single fields are enough. */
function compositeOf({ collection, scope, filters, orders }: RecordedQuery): object | undefined {
  const contains = filters.filter(({ op }) => op === 'array-contains').map(({ field }) => field)
  const ranges = filters.filter(({ op }) => op !== 'array-contains').map(({ field }) => field)
  const ordered = new Map<string, 'asc' | 'desc'>(ranges.map((field) => [field, 'asc']))
  for (const { field, direction } of orders) ordered.set(field, direction === 'desc' ? 'desc' : 'asc')
  if (contains.length + ordered.size < 2) return undefined
  return {
    collectionGroup: collection,
    queryScope: scope,
    fields: [
      ...contains.map((fieldPath) => ({ fieldPath, arrayConfig: 'CONTAINS' })),
      ...[...ordered].map(([fieldPath, direction]) => ({
        fieldPath,
        order: direction === 'asc' ? 'ASCENDING' : 'DESCENDING',
      })),
    ],
  }
}

beforeAll(async () => {
  const context = {
    operations: new Operations(),
    now: Date.now,
    onUnreadable: () => undefined,
    onContact: () => undefined,
    onTimeout: () => undefined,
  }
  const listener = { onBatch: () => undefined, onError: () => undefined }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the mock of the SDK does not use the database
  const db = {} as never
  const chats = new ChatsRepository(db, me, context)
  const lane = {
    db: () => Promise.resolve(db),
    reconnect: () => Promise.resolve(),
    close: () => Promise.resolve(),
  }
  const messages = new MessagesRepository({ db, lane, me, context })
  const activity = new ActivityRepository({ db, lane, me, context })
  for (const follow of Object.values(collections)) follow({ db, me, context }, 0, listener)
  await chats.count()
  await chats.all()
  await messages.changes(chatId, 0).next()
  await messages.history(chatId, null)
  await messages.history(chatId, 5)
  await messages.hasObject(chatId, newObjectId())
  const invites = new InvitesRepository({ db, lane, me, context, messages })
  await invites.list(chatId)
  await invites.requests(chatId)
  activity.followGroup(chatId, 'typing', 0, listener)
  activity.followGroup(chatId, 'receipts', 0, listener)
})

const { indexes, fieldOverrides } = z
  .object({
    indexes: z.array(
      z.object({
        collectionGroup: z.string(),
        queryScope: z.string(),
        fields: z.array(z.object({}).loose()),
      }),
    ),
    fieldOverrides: z.array(
      z.object({
        collectionGroup: z.string(),
        fieldPath: z.string(),
        indexes: z.array(
          z.object({ order: z.string(), queryScope: z.enum(['COLLECTION', 'COLLECTION_GROUP']) }),
        ),
      }),
    ),
  })
  .parse(JSON.parse(readFileSync('firestore.indexes.json', 'utf8')))

describe('firestore.indexes.json', () => {
  it('has exactly the composite indexes that the queries need', () => {
    const needed = new Set(
      queries
        .map(compositeOf)
        .filter((index) => index !== undefined)
        .map((index) => JSON.stringify(index)),
    )
    expect(queries).toHaveLength(15)
    expect(indexes.map((index) => JSON.stringify(index)).toSorted()).toEqual([...needed].toSorted())
  })

  it('keeps the single-field index of every query that needs no composite index', () => {
    const needed = queries
      .filter((query) => compositeOf(query) === undefined)
      .flatMap(({ collection, filters, orders }) =>
        [...orders, ...filters].slice(0, 1).map(({ field, ...rest }) => {
          const isDescending = 'direction' in rest && rest.direction === 'desc'
          return { field: `${collection}.${field}`, order: isDescending ? 'DESCENDING' : 'ASCENDING' }
        }),
      )
    const missing = needed.filter(({ field, order }) => ordersOf(field)?.includes(order) === false)
    expect(needed.length).toBeGreaterThan(5)
    expect(missing).toEqual([])
  })
})

/*
 * A collection whose documents have sequential values in an indexed field takes at most 500 writes a second. Firestore indexes
 * each field by itself in both directions, so every field whose values rise needs an override. An override applies to all
 * collections of the same name.
 */

/** Orders of the single-field indexes that an override keeps, by collection and field. `of all`: of all collections of the name. */
const overrides = new Map(
  fieldOverrides.map(({ collectionGroup, fieldPath, indexes }) => [
    `${collectionGroup}.${fieldPath}`,
    indexes.map(({ order, queryScope }) => (queryScope === 'COLLECTION' ? order : `${order} of all`)),
  ]),
)

/** An override of a map also applies to its fields, unless they have one of their own. */
function ordersOf(field: string): readonly string[] | undefined {
  const parts = field.split('.')
  return parts.length < 2 ? undefined : (overrides.get(field) ?? ordersOf(parts.slice(0, -1).join('.')))
}

/** The fields of each collection, as the rules list them. */
function fieldsOfRules(): string[] {
  const tokens = readFileSync('firestore.rules', 'utf8').matchAll(
    /match \S*\/(?<collection>\w+)\/\S+ \{|(?<![.\w])hasOnly\(\[(?<names>[^\]]+)\]\)/g,
  )
  let collection = ''
  const fields: string[] = []
  for (const { groups } of tokens) {
    collection = groups?.['collection'] ?? collection
    for (const [name] of (groups?.['names'] ?? '').matchAll(/\w+/g)) fields.push(`${collection}.${name}`)
  }
  return [...new Set(fields)]
}

/** Fields whose values do not rise from document to document. */
const steady = new Set(
  [
    'users: displayName about',
    'private: lastSeen',
    'contacts: name phone',
    'blocked: blocked',
    'phones: uid',
    'presence: state',
    'chats: kind memberIds createdBy changed pinned archived markedUnread',
    'messages: senderId',
    'activity: memberIds',
  ].flatMap((line) => {
    const [collection = '', names = ''] = line.split(': ')
    return names.split(' ').map((name) => `${collection}.${name}`)
  }),
)

/** The indexes on rising fields that queries need, and why each may stay. */
const kept: Record<string, string> = {
  'contacts.updatedAt ASCENDING': 'Each person’s contacts are a collection of their own.',
  'blocked.updatedAt ASCENDING': 'Each person’s blocks are a collection of their own.',
  'devices.updatedAt DESCENDING': 'Each person’s devices are a collection of their own.',
  // These two have one index for all collections of the name, and are written seldom.
  'devices.updatedAt ASCENDING of all':
    'The clean-up looks for old devices. Each is written at most a few times a month.',
  'invites.expiresAt ASCENDING of all':
    'The clean-up looks for expired links. Few links are created, and most never expire.',
  'messages.sentAt DESCENDING': 'Each chat’s messages are a collection of their own.',
  'messages.updatedAt ASCENDING': 'Each chat’s messages are a collection of their own.',
  'activity.typingUntil DESCENDING': 'Each group’s activity is a collection of its own.',
  'activity.updatedAt DESCENDING': 'Each group’s activity is a collection of its own.',
  'chats.updatedAt ASCENDING':
    'Each person’s chat states (users/{uid}/chats) need it. It also applies to the collection of all chats, which therefore ' +
    'takes at most 500 writes a second, until the chat states have another name.',
}

describe('indexes on rising fields', () => {
  it('exist only where a query needs them', () => {
    const rising = fieldsOfRules().filter((field) => !steady.has(field))
    const automatic = ['ASCENDING', 'DESCENDING']
    const indexed = rising.flatMap((field) =>
      (overrides.get(field) ?? automatic).map((order) => `${field} ${order}`),
    )
    expect(indexed.toSorted()).toEqual(Object.keys(kept).toSorted())
  })

  it('are checked for every field of the rules', () => {
    const fields = fieldsOfRules()
    expect(fields).toContain('chats.revision')
    // An override can be about a field of a map: the rules list the map.
    const isListed = (field: string): boolean => fields.includes(field.split('.').slice(0, 2).join('.'))
    // Only the functions write these; the rules do not list them.
    const ofFunctions = ['pushes.expiresAt']
    const unknown = [...steady, ...overrides.keys()].filter((field) => !isListed(field))
    expect(unknown.toSorted()).toEqual(ofFunctions)
  })
})
