import { writeFileSync } from 'node:fs'
import { complain, Unmet } from './console.ts'
import { exit, exitOnSignals } from './processes.ts'

/**
 * Runs a script: prints `help` for `--help`, otherwise calls `main` with the arguments and exits with the code that it
 * returns. Every exit ends the processes that the script started.
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
    return `${error.message}\n  --help lists the options.`
  }
  return error.stack ?? error.message
}

/** Parses the value of an option: a whole number of at least `min`. `fallback` replaces a missing value. */
export function wholeNumber(name: string, text: string | undefined, fallback: number, min = 0): number {
  if (text === undefined) return fallback
  const value = Number(text)
  if (!Number.isSafeInteger(value) || value < min) {
    throw new Unmet(`--${name} must be a whole number of at least ${min}, not "${text}".`)
  }
  return value
}

/** Writes figures to the file given by `--json FILE`, if any. */
export function writeJson(file: string | undefined, figures: unknown): void {
  if (file !== undefined) writeFileSync(file, `${JSON.stringify(figures, undefined, 2)}\n`)
}
