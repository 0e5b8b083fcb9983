import type { UserId } from '#shared/domain/ids.ts'

/** A person is followed when they have been watched for this time, so rows that scroll by cost no read. In ms. */
export const START_DELAY_MS = 200
/** A person is followed on for this time after nobody watches them, so scrolling back costs no read. In ms. */
export const LINGER_MS = 10_000

interface Watched {
  /** How many components watch this person. 0: they are followed for LINGER_MS more. */
  count: number
  timer: ReturnType<typeof setTimeout> | undefined
  /** Ends the listener; undefined before it has started. */
  unfollow: (() => void) | undefined
}

/** Decides whose presence is followed. A listener costs a read when it starts, so people who are seen only for a moment get none. */
export class WatchedPresences {
  readonly #follow: (userId: UserId) => () => void
  readonly #watched = new Map<UserId, Watched>()

  /** `follow` starts a listener and returns a function that ends it. */
  constructor(follow: (userId: UserId) => () => void) {
    this.#follow = follow
  }

  /** Returns a function that ends watching. */
  watch(userId: UserId): () => void {
    const watched = this.#watched.get(userId) ?? { count: 0, timer: undefined, unfollow: undefined }
    this.#watched.set(userId, watched)
    watched.count += 1
    if (watched.count === 1) this.#begin(userId, watched)
    let ended = false
    return () => {
      if (ended) return
      ended = true
      watched.count -= 1
      if (watched.count === 0) this.#end(userId, watched)
    }
  }

  /** Ends all listeners at once. */
  stop(): void {
    for (const { timer, unfollow } of this.#watched.values()) {
      clearTimeout(timer)
      unfollow?.()
    }
    this.#watched.clear()
  }

  #begin(userId: UserId, watched: Watched): void {
    clearTimeout(watched.timer)
    if (watched.unfollow !== undefined) return
    watched.timer = setTimeout(() => (watched.unfollow = this.#follow(userId)), START_DELAY_MS)
  }

  #end(userId: UserId, watched: Watched): void {
    clearTimeout(watched.timer)
    const forget = (): void => {
      watched.unfollow?.()
      this.#watched.delete(userId)
    }
    if (watched.unfollow === undefined) forget()
    else watched.timer = setTimeout(forget, LINGER_MS)
  }
}
