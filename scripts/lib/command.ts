import { writeFileSync } from 'node:fs'
import { complain, Unmet } from './console.ts'
import { exit, exitOnSignals } from './processes.ts'

/**
 * Runs a script: shows `help` for `--help`, otherwise calls `main` with the arguments and exits with the code that it
 * answers. Whatever way it ends, the processes it started are ended.
 */
export async function runCommand(help: string, main: (args: string[]) => Promise<number>): Promise<void> {
  const args = process.argv.slice(2)
  if (args.includes('--help') || args.includes('-h')) {
    console.log(help.trim())
    return
  }
  exitOnSignals()
  try {
    await exit(await main(args))
  } catch (error) {
    complain(explain(error))
    await exit(1)
  }
}

function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error instanceof Unmet) return error.message
  if ('code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')) {
    return `${error.message}\n  --help says what there is.`
  }
  return error.stack ?? error.message
}

/** The number that an option gives, a whole one of at least `least`. */
export function wholeNumber(name: string, text: string | undefined, otherwise: number, least = 0): number {
  if (text === undefined) return otherwise
  const value = Number(text)
  if (!Number.isSafeInteger(value) || value < least) {
    throw new Unmet(`--${name} wants a whole number from ${least} up, not "${text}".`)
  }
  return value
}

/** Writes figures to the file that `--json FILE` named, if it did. */
export function writeJson(file: string | undefined, figures: unknown): void {
  if (file !== undefined) writeFileSync(file, `${JSON.stringify(figures, undefined, 2)}\n`)
}
