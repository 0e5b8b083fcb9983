import type { ChildProcess } from 'node:child_process'
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'

/*
 * Preloaded into firebase-tools (`node --import`), for the process that evaluates storage.rules.
 * - firebase-tools reads each chunk of its output as one JSON value. Two answers in one chunk would be lost, and their requests would
 *   never end. This module passes on one line at a time.
 * - The process lives for a short time and does little, so Java compiles less: it is ready in half the time (1.5 s instead of 3.5 s of
 *   one core).
 */

interface Runtime {
  alive: boolean
  _childprocess: ChildProcess
  start: (autoDownload: boolean) => Promise<void>
}
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the type of the pinned version of firebase-tools
const { StorageRulesRuntime } = createRequire(import.meta.url)(
  'firebase-tools/lib/emulator/storage/rules/runtime.js',
) as { StorageRulesRuntime: { prototype: Runtime } }

const { start } = StorageRulesRuntime.prototype
StorageRulesRuntime.prototype.start = async function (this: Runtime, autoDownload) {
  if (this.alive) return
  const options = process.env['JAVA_TOOL_OPTIONS'] ?? ''
  process.env['JAVA_TOOL_OPTIONS'] = `${options} -XX:TieredStopAtLevel=1 -XX:+UseSerialGC`
  // Starts the process before it returns, because the jar exists.
  const started = start.call(this, autoDownload)
  process.env['JAVA_TOOL_OPTIONS'] = options
  // oxlint-disable-next-line eslint/no-underscore-dangle -- its name in firebase-tools
  const { stdout } = this._childprocess
  if (stdout === null) throw new Error('The rules runtime has no output.')
  const [read] = stdout.listeners('data')
  stdout.removeAllListeners('data')
  createInterface({ input: stdout }).on('line', (line) => void read?.(Buffer.from(line)))
  await started
}
