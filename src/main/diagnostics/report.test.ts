import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import log from 'electron-log/node'
import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { directChatId, userIdSchema } from '#shared/domain/ids.ts'
import { defaultSettings, type Settings } from '#shared/settings.ts'
import { openLog } from '../log/log.ts'
import { me, startReplica, wireChat, wireMessage, wirePage } from '../store/fixtures/harness.ts'
import { readLogLines } from './log-lines.ts'
import { digitsOf, reportedSettings, reportSchema, writeReport, type Report } from './report.ts'

vi.mock('electron', () => ({ shell: {} }))

const directories: string[] = []
afterEach(() => {
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true, force: true })
})

function reportOf(parts: Partial<Report>, settings: Settings = defaultSettings): Report {
  return {
    format: 1,
    made: new Date(0).toISOString(),
    app: { version: '1.0.0', electron: '45.5.0', chrome: '150.0.7871.100', node: '24.1.0', packaged: true },
    system: { platform: 'linux', arch: 'x64', release: '6.1.0', memoryMb: 8000 },
    backend: 'project',
    settings: reportedSettings(settings, 'stored', 0),
    connection: { page: 'online', system: 'online', proxy: null },
    push: { state: 'connected', healthy: true, roundTripMs: 80 },
    replica: null,
    log: [],
    ...parts,
  }
}

/** Letters and digits that no word of the report has in this order. */
const secret = fc.string({
  unit: fc.constantFrom('q', 'x', 'z', 'j', 'k', 'Q', 'X', 'Z', 'J', '7'),
  minLength: 6,
  maxLength: 24,
})
const texts = fc.record({
  text: secret,
  draft: secret,
  name: secret,
  detail: secret,
  message: secret,
  field: secret,
  event: secret,
  host: secret,
  user: secret,
})

function fillReplica(
  harness: ReturnType<typeof startReplica>,
  given: Record<'text' | 'draft' | 'name', string>,
): void {
  const stranger = userIdSchema.parse(given.name)
  const chatId = directChatId(me, stranger)
  const message = wireMessage(1, { chatId, senderId: stranger, body: { kind: 'text', text: given.text } })
  harness.apply({
    collection: 'chats',
    items: [wireChat({ id: chatId, memberIds: [me, stranger] })],
    cursor: 5,
  })
  harness.call('replica.setDraft', { chatId, text: given.draft })
  harness.call('replica.applyMessages', [{ ...wirePage([message]), chatId }])
  harness.call('outbox.add', { kind: 'contact', payload: { id: stranger, name: given.name, phone: null } })
}

describe('a diagnostics file', () => {
  it('has nothing of what is in the replica, the log and the settings', () => {
    fc.assert(
      fc.property(texts, (given) => {
        const directory = mkdtempSync(join(tmpdir(), 'perch-diagnostics-'))
        directories.push(directory)
        const harness = startReplica(join(directory, 'replicas'))
        fillReplica(harness, given)
        const counts = harness.call('diagnostics.counts', undefined)
        harness.replica.close()
        expect(counts).toMatchObject({ messages: { sent: 1 }, outbox: { contact: 1 } })

        const written = openLog(directory, false)
        written.write('info', `renderer: ${given.event}`, given.detail)
        written.write('error', 'call failed', new Error(given.message), { field: given.field })
        written.write('warn', 'call failed', `x\n[2026-01-01 00:00:00.000] [info] ${given.detail} ¦ EPIPE`)
        written.write('warn', 'call failed', given.detail, `¦ ${given.detail} /home/${given.name}/x`)
        const lines = readLogLines(readFileSync(join(directory, 'perch.log'), 'utf8'), 100)
        expect(lines.map(({ event }) => event)).toEqual([
          '[hidden]',
          'call failed',
          'call failed',
          'call failed',
        ])

        const settings: Settings = {
          ...defaultSettings,
          recentEmoji: [given.text],
          proxy: { mode: 'manual', kind: 'http', host: given.host, port: 31_285, user: given.user },
        }
        const file = writeReport(reportOf({ replica: counts, log: lines }, settings))
        for (const content of Object.values(given)) expect(file).not.toContain(content)
        expect(file).not.toContain('31285')
      }),
      { numRuns: 8 },
    )
    log.transports.file.level = false
  })

  it.each([
    { log: [{ at: '2026-01-01T00:00:00', level: 'info', event: 'x', words: [], more: 'text' }] },
    { replica: { people: 'Ada' } },
    { app: { version: 'Ada’s build' } },
    { system: { platform: 'linux', arch: 'x64', release: '6.1-ada-laptop', memoryMb: 1 } },
    { path: '/home/ada' },
  ])('cannot be written with %j', (part) => {
    expect(reportSchema.safeParse({ ...reportOf({}), ...part }).success).toBe(false)
  })

  it('has the digits of a version only', () => {
    expect(digitsOf('6.1.0-ada-laptop')).toBe('6.1.0')
    expect(digitsOf('ada')).toBeNull()
  })
})

describe('the lines of a log', () => {
  const header = '[2026-11-27 10:33:57.123] [error]'
  it.each([
    [`${header} call failed ¦ replica.send StorageError: gone`, ['StorageError']],
    [
      `${header} call failed ¦ Error: connect ECONNREFUSED 10.0.0.1:443, status 503 SQLITE_BUSY`,
      [...['Error', 'ECONNREFUSED', '503', 'SQLITE_BUSY']],
    ],
    [`${header} call failed ¦ EADA SQLITE_ADA 503 AdaError`, []],
  ])('keep known words: %j', (line, words) => {
    expect(readLogLines(line, 10)).toEqual([
      { at: '2026-11-27T10:33:57', level: 'error', event: 'call failed', words },
    ])
  })

  it.each([
    `${header} call failed`,
    `  ${header} call failed ¦`,
    '    at run (file:///home/ada/index.js:1:1)',
    '',
  ])('are not read from %j', (line) => {
    expect(readLogLines(line, 10)).toEqual([])
  })

  it.each(['renderer: Ada', 'renderer: ada', 'Hello Ada', 'see +4915112345678', 'a'])(
    'hide the event %j',
    (event) => {
      expect(readLogLines(`${header} ${event} ¦`, 10)).toMatchObject([{ event: '[hidden]' }])
    },
  )

  it('never fail, and are at most as many as wanted', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(20), (text, count) => {
        const lines = readLogLines(`${header} ${text} ¦ ${text}\n`.repeat(30), count)
        expect(lines.length).toBeLessThanOrEqual(Math.max(count, 0) || 30)
      }),
    )
  })
})
