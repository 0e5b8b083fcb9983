import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { userIdSchema } from '#shared/domain/ids.ts'
import { eraseReplica, replicaFile } from './files.ts'
import {
  applyMessages,
  chatId,
  me,
  newestMessages,
  peer,
  queuedMessage,
  startReplica,
  temporaryDirectory,
  wireChat,
  wireMessage,
  type Harness,
} from './fixtures/harness.ts'
import { migrations } from './migrations/index.ts'
import { Database } from './database.ts'
import { defineSearchFunctions } from './search.ts'

let directory: string
let file: string
let harness: Harness | undefined

beforeEach(() => {
  directory = temporaryDirectory()
  file = replicaFile(directory, me)
})
afterEach(() => {
  harness?.replica.close()
  harness = undefined
  rmSync(directory, { recursive: true, force: true })
})

/** Writes a replica with one chat and `count` messages, and closes it. */
function writeReplica(count = 1): void {
  const started = start()
  started.apply({ collection: 'chats', items: [wireChat()], cursor: 1 })
  const messages = Array.from({ length: count }, (_, n) =>
    wireMessage(n, { body: { kind: 'text', text: `text ${String(n)} `.repeat(20) } }),
  )
  applyMessages(started, messages)
  started.replica.close()
}

function current(): Harness {
  if (harness === undefined) throw new Error('no replica was started')
  return harness
}

function start(userId = me): Harness {
  harness?.replica.close()
  harness = startReplica(directory, userId)
  return harness
}

describe('the replica file', () => {
  it('keeps its data after a restart', () => {
    writeReplica()
    const { replica } = start()
    expect(replica.open(me)).toEqual({ setAside: null })
    expect(newestMessages(current())).toHaveLength(1)
    expect(current().call('replica.syncCursors', undefined)).toEqual({ chats: 1 })
  })

  // Windows has no such permissions.
  it.runIf(process.platform !== 'win32')('is in a folder that other users of the machine cannot read', () => {
    const folder = join(directory, 'replicas')
    harness = startReplica(folder)
    expect(statSync(folder).mode & 0o077).toBe(0)
  })

  it('is separate for each account', () => {
    writeReplica()
    const { replica } = start(peer)
    expect(current().call('replica.chats', undefined)).toEqual([])
    replica.open(me)
    expect(replica.call(me, 'replica.messages', { chatId, before: null, limit: 9 })).toHaveLength(1)
  })

  it('answers no call for an account that is not open', () => {
    writeReplica()
    const { replica } = start()
    const noAccount = expect.objectContaining({ code: 'no-account' })
    expect(() => replica.call(peer, 'replica.chats', undefined)).toThrowError(noAccount)
    expect(() => replica.call(peer, 'replica.setDraft', { chatId, text: 'x' })).toThrowError(noAccount)
    replica.closeAccount(peer)
    replica.erase(peer)
    expect(newestMessages(current())).toHaveLength(1)
    replica.closeAccount(me)
    expect(() => newestMessages(current())).toThrowError(noAccount)
  })

  it('is not opened for another account, even when it has the file name of that account', () => {
    writeReplica()
    const other = userIdSchema.parse('ME')
    renameSync(file, replicaFile(directory, other))
    expect(() => start(other)).toThrowError('another account')
    expect(readdirSync(directory)).toEqual(['ME.sqlite'])
  })

  it('is removed with its side files when erased', () => {
    writeReplica()
    start(peer)
    const { replica } = start()
    replica.erase(me)
    expect(readdirSync(directory)).toEqual(['peer.sqlite'])
    expect(() => current().call('replica.chats', undefined)).toThrowError(
      expect.objectContaining({ code: 'no-account' }),
    )
    replica.erase(peer)
    expect(readdirSync(directory)).toEqual([])
    rmSync(directory, { recursive: true })
    replica.erase(me)
    expect(existsSync(directory)).toBe(false)
  })
})

describe('a file that cannot be used', () => {
  function expectSetAside(reason: 'corrupt' | 'newer', content: Buffer): void {
    const { replica } = start()
    const { setAside } = replica.open(me)
    expect(setAside?.reason).toBe(reason)
    expect(setAside?.file).toMatch(new RegExp(`^me\\.sqlite\\.${reason}-\\d+$`))
    expect(readFileSync(join(directory, setAside?.file ?? ''))).toEqual(content)
    expect(current().call('replica.chats', undefined)).toEqual([])
  }

  it('is set aside when it is not a database', () => {
    writeFileSync(file, 'not a database, but long enough to be read as one '.repeat(100))
    expectSetAside('corrupt', readFileSync(file))
  })

  it('is set aside when its tables are not those of a replica', () => {
    const database = new DatabaseSync(file)
    database.exec(`PRAGMA user_version = ${String(migrations.length)}; CREATE TABLE owner (x)`)
    database.close()
    expectSetAside('corrupt', readFileSync(file))
  })

  it('is set aside when a newer version wrote it', () => {
    writeReplica()
    const database = new DatabaseSync(file)
    database.exec(`PRAGMA user_version = ${String(migrations.length + 1)}`)
    database.close()
    expectSetAside('newer', readFileSync(file))
  })

  it('is checked completely after an unclean end, and set aside when it is damaged', () => {
    writeReplica(500)
    damage()
    writeFileSync(`${file}-wal`, '')
    expectSetAside('corrupt', readFileSync(file))
  })

  it('is set aside when its damage is found while it is open', () => {
    writeReplica(500)
    damage()
    const { replica } = start()
    expect(replica.open(me).setAside).toBeNull()
    expect(() => newestMessages(current())).toThrowError('malformed')
    expect(() => newestMessages(current())).toThrowError(expect.objectContaining({ code: 'no-account' }))
    expect(replica.open(me).setAside?.reason).toBe('corrupt')
    expect(newestMessages(current())).toEqual([])
  })

  it('stays set aside until its account is erased', () => {
    writeReplica()
    const database = new DatabaseSync(file)
    database.exec(`PRAGMA user_version = ${String(migrations.length + 1)}`)
    database.close()
    start().replica.close()
    writeFileSync(file, 'no database')
    const { setAside } = start().replica.open(me)
    writeFileSync(join(directory, `${setAside?.file ?? ''}-wal`), 'its log')
    harness?.replica.close()
    const names = readdirSync(directory)
    expect(names.map((name) => name.replace(/\d+/u, 'N'))).toEqual([
      'me.sqlite',
      'me.sqlite.corrupt-N',
      'me.sqlite.corrupt-N-wal',
      'me.sqlite.newer-N',
    ])
    start(peer).replica.erase(peer)
    expect(readdirSync(directory)).toEqual(names)

    start().replica.erase(me)
    expect(readdirSync(directory)).toEqual([])
  })

  it('is removed at the next start when another program holds it at sign-out', () => {
    writeReplica()
    mkdirSync(`${file}-shm`)
    expect(eraseReplica(file)).toBe(false)
    rmdirSync(`${file}-shm`)
    writeFileSync(`${file}-wal`, 'left')
    start(userIdSchema.parse('other'))
    expect(readdirSync(directory).filter((name) => name.startsWith('me.'))).toEqual([])
  })

  it('is removed at once when only a set-aside file cannot be removed; that one is removed at the next start', () => {
    writeReplica()
    const aside = `${file}.corrupt-1`
    mkdirSync(aside)
    expect(eraseReplica(file)).toBe(false)
    expect(readdirSync(directory)).toEqual(['me.sqlite.corrupt-1', 'me.sqlite.corrupt-1.erase'])
    writeReplica()
    rmdirSync(aside)
    writeFileSync(aside, 'left')
    start(userIdSchema.parse('other'))
    expect(existsSync(aside)).toBe(false)
    // The replica that was created after signing in again must stay.
    expect(newestMessages(start())).toHaveLength(1)
  })

  it('is removed and not opened when an earlier removal has failed', () => {
    writeReplica()
    writeFileSync(`${file}.erase`, '')
    const { replica } = start()
    expect(newestMessages(current())).toEqual([])
    replica.close()
    expect(readdirSync(directory)).toEqual(['me.sqlite'])
  })

  it('is not set aside when its folder is the cause: opening fails', () => {
    rmSync(file, { force: true })
    writeReplica()
    rmSync(directory, { recursive: true })
    writeFileSync(directory, 'in the way')
    expect(() => start()).toThrowError()
    rmSync(directory)
    directory = temporaryDirectory()
  })

  /** Keeps the first 40 pages, which include the first page of every table, and overwrites the rest. */
  function damage(): void {
    const bytes = readFileSync(file)
    bytes.fill(0xa5, 40 * 4096)
    writeFileSync(file, bytes)
  }
})

describe('a row that cannot be read', () => {
  it('is skipped and logged without its content', () => {
    writeReplica(3)
    const database = new Database(file)
    defineSearchFunctions(database)
    database.execute(`
      UPDATE messages SET sender_id = 'not an id', body = '{"kind":"secret"}' WHERE seq = 1;
      UPDATE messages SET delivery = 'lost' WHERE seq = 2;
      INSERT INTO people (id, display_name) VALUES ('not an id', 'Secret');
      INSERT INTO sync_cursors VALUES ('chairs', 5);
      INSERT INTO outbox (kind, key) VALUES ('wish', 'secret'), ('contact', 'nobody'), ('profile', '');
      UPDATE chats SET last = 'no json';
      INSERT INTO chats (id, kind, member_ids, message_count, created_at, updated_at, on_wire)
        VALUES ('broken', 'direct', 'no json', 0, 0, 0, 1);
    `)
    database.close()
    const { log } = start()
    expect(newestMessages(current()).map(({ seq }) => seq)).toEqual([0])
    expect(current().call('replica.people', undefined)).toEqual([])
    expect(current().call('replica.syncCursors', undefined)).toEqual({ chats: 1 })
    expect(
      current()
        .call('outbox.pending', undefined)
        .map(({ kind }) => kind),
    ).toEqual(['receipt'])
    expect(
      current()
        .call('replica.chats', undefined)
        .map(({ id }) => id),
    ).toEqual([chatId])
    expect(log.length).toBeGreaterThan(5)
    expect(log.join()).not.toMatch(/text 1|Secret/)
  })
})

describe('migrations', () => {
  it('upgrade every older version to the newest', () => {
    for (let version = 0; version <= migrations.length; version++) {
      rmSync(file, { force: true })
      const database = new DatabaseSync(file)
      for (const migration of migrations.slice(0, version)) database.exec(migration)
      database.exec(`PRAGMA user_version = ${String(version)}`)
      database.close()

      const { replica } = start()
      expect(replica.open(me).setAside).toBeNull()
      current().apply({ collection: 'chats', items: [wireChat()], cursor: 1 })
      current().call('replica.send', queuedMessage(1))
      expect(current().call('replica.search', { text: 'text', chatId: null, limit: 1 })).toHaveLength(1)
      replica.close()
      const opened = new DatabaseSync(file)
      expect(opened.prepare('PRAGMA user_version').get()).toEqual({ user_version: migrations.length })
      opened.close()
    }
    expect(existsSync(file)).toBe(true)
  })
})
