/** State of a text when the app was killed, as visible from outside. */
export type Progress =
  /** Some or all of its letters were typed. */
  | 'typing'
  /** Enter was pressed; the bubble was not visible yet, or still marked as not saved. */
  | 'entered'
  /** Its bubble was in the window, as saved. */
  | 'shown'

export interface Entry {
  text: string
  progress: Progress
  /** Whether the replica had the text as the draft before Enter was pressed. */
  saved: boolean
}

export interface Verdict {
  /** Number of texts on the wire. */
  sent: number
  /** Number of texts whose Enter was interrupted by a kill and which became the draft. */
  drafts: number
  /** Number of texts whose Enter was interrupted before the replica had saved the complete draft. */
  unsaved: number
  lost: string[]
  doubled: string[]
  /** Texts that only the wire or only the replica has. */
  differing: string[]
}

export function emptyVerdict(): Verdict {
  return { sent: 0, drafts: 0, unsaved: 0, lost: [], doubled: [], differing: [] }
}

export function add(to: Verdict, verdict: Verdict): void {
  for (const count of ['sent', 'drafts', 'unsaved'] as const) to[count] += verdict[count]
  for (const list of ['lost', 'doubled', 'differing'] as const) to[list].push(...verdict[list])
}

/**
 * Compares the texts with what was found. A shown text must be once on the wire and once in the replica. A text whose Enter
 * was interrupted may be the draft instead, but not both. `drafts` are the composer's contents after each kill.
 */
export function judge(
  entries: readonly Entry[],
  found: { wire: readonly string[]; replica: readonly string[]; drafts: readonly string[] },
): Verdict {
  const wire = count(found.wire)
  const replica = count(found.replica)
  const drafts = new Set(found.drafts)
  const verdict = emptyVerdict()
  for (const { text, progress, saved } of entries) {
    const onWire = wire.get(text) ?? 0
    const inReplica = replica.get(text) ?? 0
    const isDraft = drafts.has(text)
    if (onWire > 0) verdict.sent += 1
    if (onWire > 1 || inReplica > 1 || (onWire > 0 && isDraft)) verdict.doubled.push(text)
    else if (onWire !== inReplica) verdict.differing.push(text)
    else if (onWire === 0 && progress === 'shown') verdict.lost.push(text)
    else if (onWire === 0 && isDraft) verdict.drafts += 1
    else if (onWire === 0 && saved) verdict.lost.push(text)
    else if (onWire === 0 && progress === 'entered') verdict.unsaved += 1
  }
  return verdict
}

function count(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1)
  return counts
}
