import { execFile } from 'node:child_process'

/**
 * Runs a program of the system. `output`: what it printed; null: it ended with an error. `missing`: there is no such program, or it did
 * not end in time.
 */
export type Run = (program: string, args: readonly string[]) => Promise<{ output: string | null } | 'missing'>

const TIMEOUT_MS = 2000

export const runProgram: Run = (program, args) =>
  new Promise((resolve) => {
    execFile(program, args, { timeout: TIMEOUT_MS, windowsHide: true }, (error, stdout) => {
      if (error === null) resolve({ output: stdout })
      else resolve(typeof error.code === 'number' ? { output: null } : 'missing')
    })
  })

export const outputOf = (result: Awaited<ReturnType<Run>>): string =>
  result === 'missing' ? '' : (result.output ?? '')
