/*
 * Cases of rules are data, so that both vitest (*.test.ts) and the mutation check (scripts/mutate-rules.ts) can run them.
 */

export interface Case<Given> {
  name: string
  allowed: boolean
  /** What exists before the attempt. */
  given: Given
}

/** The cases of one match block. */
export interface Suite<C> {
  /** Path as in the rules, relative to the root of the database or bucket, e.g. `users/{uid}/contacts/{other}`. */
  block: string
  cases: C[]
}

export interface Runner<C> {
  /** Resolves when the attempt has the expected result, rejects otherwise. */
  check(ruleCase: C): Promise<void>
  /** Returns a case whose result differs from the expected one, or undefined. */
  findFailing(ruleCases: readonly C[]): Promise<C | undefined>
}

interface Means<Given, C> {
  /** Replaces what exists. */
  load(given: Given): Promise<void>
  /** Makes the attempt. Rejects if its result is not the expected one. */
  attempt(ruleCase: C): Promise<unknown>
}

export function createRunner<Given, C extends Case<Given>>(means: Means<Given, C>): Runner<C> {
  /** What exists now, undefined if an attempt may have changed it. */
  let loaded: Given | undefined

  async function prepare(given: Given): Promise<void> {
    if (loaded === given) return
    await means.load(given)
    loaded = given
  }

  async function attempt(ruleCase: C): Promise<void> {
    try {
      // A denied attempt changes nothing, so the next case can reuse what exists.
      if (ruleCase.allowed) loaded = undefined
      await means.attempt(ruleCase)
    } catch (error) {
      loaded = undefined
      throw error
    }
  }

  async function check(ruleCase: C): Promise<void> {
    await prepare(ruleCase.given)
    await attempt(ruleCase)
  }

  const fails = (ruleCase: C): Promise<boolean> =>
    check(ruleCase).then(
      () => false,
      () => true,
    )

  return {
    check,
    async findFailing(ruleCases) {
      for (const group of parallelGroups(ruleCases)) {
        if (group[0] !== undefined) await prepare(group[0].given)
        const ended = await Promise.allSettled(group.map(attempt))
        const suspects = group.filter((_, index) => ended[index]?.status === 'rejected')
        // Repeats each suspect alone. In a group it can also fail because another attempt was allowed or the emulator was slow.
        for (const suspect of suspects) if (await fails(suspect)) return suspect
      }
      return undefined
    },
  }
}

/** Groups consecutive cases that can run in parallel: denied ones with the same given state. */
function parallelGroups<C extends Case<unknown>>(ruleCases: readonly C[]): C[][] {
  const groups: C[][] = []
  for (const ruleCase of ruleCases) {
    const group = groups.at(-1)
    const first = group?.[0]
    const fits = first !== undefined && !first.allowed && !ruleCase.allowed && first.given === ruleCase.given
    if (fits && group !== undefined && group.length < 16) group.push(ruleCase)
    else groups.push([ruleCase])
  }
  return groups
}
