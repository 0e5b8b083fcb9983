/** Documents that Firestore bills, by kind: the collection names in their path, e.g. `chats/messages`. */
export interface OperationCounts {
  reads: Readonly<Record<string, number>>
  writes: Readonly<Record<string, number>>
}

/** Counts the documents that listeners and gets receive, and those that are written. For the benchmarks and their tests. */
export class Operations {
  readonly #reads = new Map<string, number>()
  readonly #writes = new Map<string, number>()

  read(path: string): void {
    increment(this.#reads, kindOf(path))
  }

  wrote(path: string): void {
    increment(this.#writes, kindOf(path))
  }

  /** Returns a copy of the counts so far. */
  counts(): OperationCounts {
    return { reads: Object.fromEntries(this.#reads), writes: Object.fromEntries(this.#writes) }
  }
}

function kindOf(path: string): string {
  return path
    .split('/')
    .filter((_, index) => index % 2 === 0)
    .join('/')
}

function increment(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}
