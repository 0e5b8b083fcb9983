import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { stateDirectory } from './paths.ts'
import { keyOf, type Mutant } from './rules-mutants.ts'

/*
 * Which case killed a mutant in earlier runs. A new run tries that case first; when it fails again, the mutant is dead after one
 * request. What is stored changes only the order of the cases, never the result.
 */

const schema = z.record(z.string(), z.string())

export interface Killers {
  /** Returns the name of the case that killed this mutant. */
  of(mutant: Mutant): string | undefined
  note(mutant: Mutant, caseName: string): void
  save(): void
}

export function openKillers(rulesFile: string): Killers {
  const path = join(stateDirectory, 'results', `killers-${rulesFile}.json`)
  const names = read(path)
  return {
    of: (mutant) => names.get(keyOf(mutant)),
    note: (mutant, caseName) => void names.set(keyOf(mutant), caseName),
    save() {
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, JSON.stringify(Object.fromEntries(names)))
    },
  }
}

function read(path: string): Map<string, string> {
  try {
    return new Map(Object.entries(schema.parse(JSON.parse(readFileSync(path, 'utf8')))))
  } catch {
    // There was no earlier run, or it was interrupted while it wrote. This run starts without it.
    return new Map()
  }
}
