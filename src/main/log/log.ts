import { join } from 'node:path'
import { shell } from 'electron'
import log from 'electron-log/node'
import { DETAILS_MARK, maskValue } from './log-mask.ts'

export const LOG_FILE = 'perch.log'
const MAX_FILE_BYTES = 1_000_000

export type LogLevel = 'error' | 'warn' | 'info'

export interface Log {
  /** `event` is a short fixed text. Details are masked before they are written. */
  write(level: LogLevel, event: string, ...details: unknown[]): void
}

/**
 * Opens `perch.log` in the directory. At 1 MB it is renamed to `perch.old.log` and a new file is started. Uses the `node`
 * variant of electron-log, because the default variant opens its own IPC channels.
 */
export function openLog(directory: string, echo: boolean): Log {
  log.transports.file.resolvePathFn = () => join(directory, LOG_FILE)
  log.transports.file.maxSize = MAX_FILE_BYTES
  log.transports.file.level = 'info'
  log.transports.console.level = echo ? 'info' : false
  log.hooks.push((message) => ({
    ...message,
    data: message.data.map((item: unknown) => oneEntry(maskValue(item))),
  }))
  return { write: (level, event, ...details) => log[level](`${event} ${DETAILS_MARK}`, ...details) }
}

/** A line that does not begin an entry must not look as if it did. */
function oneEntry(value: unknown): unknown {
  return typeof value === 'string' ? value.replaceAll('\n', '\n  ') : value
}

/** Shows the folder of the log files in the system's file manager. */
export async function showLogFolder(directory: string): Promise<void> {
  const problem = await shell.openPath(directory)
  if (problem !== '') throw new Error(problem)
}
