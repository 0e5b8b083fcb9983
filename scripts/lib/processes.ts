import { spawn, spawnSync, type ChildProcess, type SpawnOptions } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'

/*
 * Every process that a script starts leads its own group and is registered here, so that none keeps running after Ctrl-C,
 * an error or a normal exit.
 */

export interface Exit {
  code: number | null
  signal: NodeJS.Signals | null
}

export interface Started {
  child: ChildProcess
  pid: number
  exited: Promise<Exit>
  /** Leaders of further process groups that this process started. They are killed with it. */
  offspring: number[]
  /** Kills all groups with SIGKILL. */
  kill(): void
  /** Sends SIGTERM to the group, waits up to `graceMs`, then kills it. */
  stop(graceMs?: number): Promise<void>
}

const running = new Set<Started>()
const cleanups: (() => Promise<void>)[] = []
let ending: Promise<never> | undefined

// Runs on every exit except SIGKILL.
process.on('exit', () => {
  for (const started of running) started.kill()
})

/** Starts a process in its own group. Rejects when the command cannot be started. */
export async function start(
  command: string,
  args: readonly string[],
  options: SpawnOptions = {},
): Promise<Started> {
  const child = spawn(command, [...args], {
    ...options,
    detached: process.platform !== 'win32',
    windowsHide: true,
  })
  await once(child, 'spawn')
  const pid = child.pid ?? 0
  const exited = new Promise<Exit>((settle) => {
    child.once('exit', (code, signal) => settle({ code, signal }))
  })
  const started: Started = {
    child,
    pid,
    exited,
    offspring: [],
    kill() {
      for (const leader of [pid, ...started.offspring]) signalGroup(leader, 'SIGKILL')
    },
    async stop(graceMs = 10_000) {
      signalGroup(pid, 'SIGTERM')
      await Promise.race([exited, delay(graceMs, undefined, { ref: false })])
      started.kill()
      await exited
      running.delete(started)
    },
  }
  running.add(started)
  void exited.then(() => {
    // Ends children that the leader left running.
    started.kill()
    running.delete(started)
  })
  return started
}

/** Runs a command and shows its output. Returns the exit code, or 1 when a signal or the time limit ended it. */
export async function run(
  command: string,
  args: readonly string[],
  options: SpawnOptions & { timeLimitMs?: number } = {},
): Promise<number> {
  const { timeLimitMs, ...spawnOptions } = options
  const started = await start(command, args, { stdio: 'inherit', ...spawnOptions })
  if (timeLimitMs === undefined) return (await started.exited).code ?? 1
  const inTime = await Promise.race([started.exited, delay(timeLimitMs, 'late' as const, { ref: false })])
  if (inTime !== 'late') return inTime.code ?? 1
  await started.stop(1000)
  return 1
}

/** Returns the output of a short command, or undefined when it fails or does not exist. */
export function output(command: string, args: readonly string[]): string | undefined {
  const result = spawnSync(command, [...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  return result.status === 0 ? result.stdout : undefined
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch {
    return false
  }
  // On Linux a zombie accepts signals until its parent has waited for it.
  return !/^State:\s+Z/m.test(linuxStatus(pid))
}

function linuxStatus(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8')
  } catch {
    return ''
  }
}

export function signalGroup(pid: number, signal: NodeJS.Signals): void {
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/PID', String(pid), '/T', '/F'])
    return
  }
  try {
    process.kill(-pid, signal)
  } catch {
    // The group has already ended.
  }
}

/** Registers a cleanup to run before the processes are ended; the latest runs first. Returns a function to unregister it. */
export function beforeExit(cleanup: () => Promise<void>): () => void {
  cleanups.push(cleanup)
  return () => {
    const index = cleanups.indexOf(cleanup)
    if (index !== -1) cleanups.splice(index, 1)
  }
}

/** Whether the command is exiting. Then it is expected that its processes end. */
export function isExiting(): boolean {
  return ending !== undefined
}

/** Runs the cleanups, ends every started process and exits. A second call has no effect. */
export function exit(code: number): Promise<never> {
  ending ??= cleanUp().then(() => process.exit(code))
  return ending
}

async function cleanUp(): Promise<void> {
  for (const cleanup of cleanups.splice(0).toReversed()) {
    try {
      await cleanup()
    } catch (error) {
      console.error(error)
    }
  }
  await Promise.all([...running].map((started) => started.stop()))
}

/** Calls `exit` on a signal and when the parent process ends. Each command calls this once. */
export function exitOnSignals(): void {
  process.on('SIGINT', () => void exit(130))
  process.on('SIGTERM', () => void exit(143))
  process.on('SIGHUP', () => void exit(129))
  process.on('disconnect', () => void exit(1))
  process.channel?.unref()
}
