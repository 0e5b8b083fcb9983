import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { directChatId, userIdSchema } from '#shared/domain/ids.ts'
import { ChatsRepository } from './chats-repository.ts'
import { collections } from './collections/index.ts'
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
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the mock does not use it
  const db = {} as never
  const chats = new ChatsRepository(db, me, context)
  const messages = new MessagesRepository(db, me, context)
  for (const follow of Object.values(collections)) follow({ db, me, context }, 0, listener)
  await chats.count()
  await chats.all()
  messages.follow(chatId, 0, listener)
  await messages.changes(chatId, 0).next()
  await messages.history(chatId, null)
  await messages.history(chatId, 5)
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
      z.object({ collectionGroup: z.string(), fieldPath: z.string(), indexes: z.array(z.unknown()) }),
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
    expect(queries).toHaveLength(11)
    expect(indexes.map((index) => JSON.stringify(index)).toSorted()).toEqual([...needed].toSorted())
  })

  it('disables no index of a field that a query uses', () => {
    const used = queries.flatMap(({ collection, filters, orders }) =>
      [...filters, ...orders].map(({ field }) => `${collection}.${field}`),
    )
    const overridden = fieldOverrides.map(
      ({ collectionGroup, fieldPath }) => `${collectionGroup}.${fieldPath}`,
    )
    expect(overridden.filter((field) => used.includes(field))).toEqual([])
  })
})
