/** Remembers who was signed in last, so that their replica shows before anything else has answered. Holds no secret. */
export interface SessionMemory {
  /** What was remembered, still to be parsed; null: nothing. */
  recall(): unknown
  /** Null forgets. */
  remember(value: object | null): void
}

const KEY = 'perch.session'

export const pageSessionMemory: SessionMemory = {
  recall() {
    try {
      const value: unknown = JSON.parse(localStorage.getItem(KEY) ?? 'null')
      return value
    } catch {
      return null
    }
  },
  remember(value) {
    if (value === null) localStorage.removeItem(KEY)
    else localStorage.setItem(KEY, JSON.stringify(value))
  },
}
