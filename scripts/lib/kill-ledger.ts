/** How far a text had come, as far as could be seen from outside, when the app was killed. */
export type Progress =
  /** Its letters were being typed. */
  | 'typing'
  /** Enter was pressed; nothing showed yet that the app had taken it. */
  | 'entered'
  /** Its bubble was in the window. */
  | 'taken'

export interface Entry {
  text: string
  progress: Progress
  /** Whether the replica had it as the draft before Enter was pressed. */
  kept: boolean
}

export interface Verdict {
  /** Texts that are on the wire. */
  sent: number
  /** Texts whose Enter was cut by a kill, and which were the draft after it. */
  drafts: number
  /** Texts whose Enter was cut by a kill before the replica had them whole as the draft. */
  unsaved: number
  lost: string[]
  doubled: string[]
  /** Where wire and replica do not say the same. */
  differing: string[]
}

export function noVerdict(): Verdict {
  return { sent: 0, drafts: 0, unsaved: 0, lost: [], doubled: [], differing: [] }
}

export function add(to: Verdict, verdict: Verdict): void {
  for (const count of ['sent', 'drafts', 'unsaved'] as const) to[count] += verdict[count]
  for (const list of ['lost', 'doubled', 'differing'] as const) to[list].push(...verdict[list])
}

/**
 * What became of the texts: each that was taken must be on the wire once and in the replica once. One whose Enter was cut may
 * be the draft instead, but not both. `drafts`: every text that stood in the composer after a kill.
 */
export function judge(
  entries: readonly Entry[],
  found: { wire: readonly string[]; replica: readonly string[]; drafts: readonly string[] },
): Verdict {
  const wire = count(found.wire)
  const replica = count(found.replica)
  const drafts = new Set(found.drafts)
  const verdict = noVerdict()
  for (const { text, progress, kept } of entries) {
    const onWire = wire.get(text) ?? 0
    const inReplica = replica.get(text) ?? 0
    const isDraft = drafts.has(text)
    if (onWire > 0) verdict.sent += 1
    if (onWire > 1 || inReplica > 1 || (onWire > 0 && isDraft)) verdict.doubled.push(text)
    else if (onWire !== inReplica) verdict.differing.push(text)
    else if (onWire === 0 && progress === 'taken') verdict.lost.push(text)
    else if (onWire === 0 && isDraft) verdict.drafts += 1
    else if (onWire === 0 && kept) verdict.lost.push(text)
    else if (onWire === 0 && progress === 'entered') verdict.unsaved += 1
  }
  return verdict
}

function count(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1)
  return counts
}
