import { app, dialog, net } from 'electron'
import { open, writeFile } from 'node:fs/promises'
import { release, totalmem } from 'node:os'
import { join } from 'node:path'
import type { Backend } from '#shared/backend.ts'
import type { Args } from '#shared/bridge/index.ts'
import type { Translate } from '../i18n.ts'
import { LOG_FILE } from '../log/log.ts'
import type { ProxyService } from '../network/proxy-service.ts'
import type { PushService } from '../push/push-service.ts'
import type { SettingsStore } from '../settings/settings.ts'
import type { Store } from '../store/store.ts'
import { readLogLines, type LogLine } from './log-lines.ts'
import { digitsOf, reportedSettings, writeReport, type Report } from './report.ts'

export interface DiagnosticsOptions {
  t: Translate
  backend: Backend
  settings: Pick<SettingsStore, 'get'>
  store: Pick<Store, 'call'>
  push: Pick<PushService, 'status' | 'isHealthy'>
  proxy: Pick<ProxyService, 'passwordState' | 'test'>
  logDirectory: string
}

const MAX_LINES = 300
/** The end of the log that is read, in bytes. */
const LOG_TAIL = 256 * 1024

/** Asks where to save the file, and writes it. Resolves to false when the person cancels. */
export async function saveDiagnostics(
  options: DiagnosticsOptions,
  args: Args<'diagnostics.save'>,
): Promise<boolean> {
  const day = new Date().toISOString().slice(0, 10)
  const { canceled, filePath } = await dialog.showSaveDialog({
    title: options.t('diagnostics.title'),
    defaultPath: join(app.getPath('downloads'), `perch-diagnostics-${day}.json`),
    filters: [{ name: 'JSON', extensions: ['json'] }],
  })
  if (canceled || filePath === '') return false
  await writeFile(filePath, writeReport(await collect(options, args)))
  return true
}

async function collect(
  { backend, settings, store, push, proxy, logDirectory }: DiagnosticsOptions,
  { account, connection }: Args<'diagnostics.save'>,
): Promise<Report> {
  const now = Date.now()
  const current = settings.get()
  return {
    format: 1,
    made: new Date(now).toISOString(),
    ...machine(),
    backend: backend.emulator === null ? 'project' : 'local',
    settings: reportedSettings(current, proxy.passwordState(), now),
    connection: {
      page: connection,
      system: net.isOnline() ? 'online' : 'offline',
      proxy: current.proxy.mode === 'manual' ? await proxy.test(null) : null,
    },
    push: {
      state: push.status().state,
      healthy: push.isHealthy(),
      roundTripMs: push.status().test?.roundTrip ?? null,
    },
    replica:
      account === null ? null : await store.call(account, 'diagnostics.counts', undefined).catch(() => null),
    log: await readLog(join(logDirectory, LOG_FILE)).catch(() => []),
  }
}

const PLATFORMS = ['win32', 'darwin', 'linux'] as const
const ARCHS = ['x64', 'arm64'] as const

function machine(): Pick<Report, 'app' | 'system'> {
  const { versions, platform, arch } = process
  const versionOf = (text = ''): string => digitsOf(text) ?? '0'
  return {
    app: {
      version: versionOf(app.getVersion()),
      electron: versionOf(versions.electron),
      chrome: versionOf(versions.chrome),
      node: versionOf(versions.node),
      packaged: app.isPackaged,
    },
    system: {
      platform: PLATFORMS.find((known) => known === platform) ?? 'other',
      arch: ARCHS.find((known) => known === arch) ?? 'other',
      release: digitsOf(release()),
      memoryMb: Math.round(totalmem() / 1024 / 1024),
    },
  }
}

async function readLog(path: string): Promise<LogLine[]> {
  await using file = await open(path)
  const { size } = await file.stat()
  const length = Math.min(size, LOG_TAIL)
  const bytes = Buffer.alloc(length)
  await file.read(bytes, 0, length, size - length)
  return readLogLines(bytes.toString(), MAX_LINES)
}
