/*
 * What is known about the versions of the app that ran on this machine: the content of updates/ledger.json in the profile.
 * This file imports nothing: it runs before anything that could fail in a new version.
 */

/** A version that was started so often and never ran well is taken back at the next start. */
const MAX_STARTS = 2
/** Of more bad versions than this, only the newest are remembered. */
const MAX_BAD = 10

export interface Ledger {
  /** The version that ran well last; null: none yet. */
  good: string | null
  /** A version that has not run well yet. */
  trying: { version: string; starts: number } | null
  /** The version whose file is kept, and the one that it gives way to. */
  kept: { version: string; next: string } | null
  /** Versions that did not start here. They are not offered again. */
  bad: readonly string[]
  /** No start shows a window until a version runs well: the app was in the tray when it was updated. */
  hiddenOnce: boolean
}

export const emptyLedger: Ledger = { good: null, trying: null, kept: null, bad: [], hiddenOnce: false }

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined
}

/** A version such as 1.20.3 or 1.20.3-beta.1; null: the value is none. */
function versionIn(value: unknown): string | null {
  return typeof value === 'string' && /^\d{1,9}\.\d{1,9}\.\d{1,9}(?:-[\w.-]{1,40})?$/u.test(value)
    ? value
    : null
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Reads the file. What is not valid is left out. Never throws, for any content. */
export function parseLedger(text: string): Ledger {
  const stored = parseJson(text)
  const trying = field(stored, 'trying')
  const tried = versionIn(field(trying, 'version'))
  const starts = field(trying, 'starts')
  const kept = field(stored, 'kept')
  const [version, next] = [versionIn(field(kept, 'version')), versionIn(field(kept, 'next'))]
  const bad = field(stored, 'bad')
  return {
    good: versionIn(field(stored, 'good')),
    trying:
      tried !== null && typeof starts === 'number' && Number.isSafeInteger(starts) && starts > 0
        ? { version: tried, starts }
        : null,
    kept: version !== null && next !== null && version !== next ? { version, next } : null,
    bad: Array.isArray(bad)
      ? bad
          .map((one) => versionIn(one))
          .filter((one) => one !== null)
          .slice(-MAX_BAD)
      : [],
    hiddenOnce: field(stored, 'hiddenOnce') === true,
  }
}

/** Whether an older version is kept that this one can give way to. */
export function canGoBack({ good, kept }: Ledger, version: string): boolean {
  return good !== version && kept?.next === version
}

/** The app starts. `goBack`: this version did not run well so often that the older one has to come back first. */
export function begin(ledger: Ledger, version: string): { ledger: Ledger; goBack: boolean } {
  if (ledger.good === version)
    return { ledger: ledger.hiddenOnce ? { ...ledger, hiddenOnce: false } : ledger, goBack: false }
  // Starts are counted only where that can lead to something: the first start of an app writes nothing.
  if (!canGoBack(ledger, version)) return { ledger, goBack: false }
  const starts = ledger.trying?.version === version ? ledger.trying.starts : 0
  if (starts >= MAX_STARTS) return { ledger, goBack: true }
  return { ledger: { ...ledger, trying: { version, starts: starts + 1 } }, goBack: false }
}

/** The older version is back in its place. */
export function wentBack(ledger: Ledger, version: string): Ledger {
  return {
    ...ledger,
    good: ledger.kept?.version ?? ledger.good,
    trying: null,
    kept: null,
    bad: [...ledger.bad.filter((one) => one !== version), version].slice(-MAX_BAD),
  }
}

/** The version runs well, so nothing has to be kept for it any more. */
export function ranWell(ledger: Ledger, version: string): Ledger {
  if (ledger.good === version) return ledger
  const kept = ledger.kept?.next === version ? null : ledger.kept
  return { ...ledger, good: version, trying: null, kept, hiddenOnce: false }
}

/** The file of `version` is kept while `next` is tried. */
export function keeps(ledger: Ledger, version: string, next: string): Ledger {
  return { ...ledger, kept: { version, next } }
}

/** A version that has not run well is not worth keeping: the one before stays. Null: this version is to be kept. */
export function keptInstead(ledger: Ledger, version: string): string | null {
  return canGoBack(ledger, version) ? (ledger.kept?.version ?? null) : null
}
