import { forgetListSnapshots } from './list-snapshot.ts'

/** Stores who signed in last, so that their replica can be shown before Firebase responds. Contains no secrets. */
export interface SessionMemory {
  /** Returns the stored value, not parsed yet, or null. */
  load(): unknown
  /** Stores the value; null deletes it. */
  save(value: object | null): void
}

const KEY = 'perch.session'

export const pageSessionMemory: SessionMemory = {
  load() {
    try {
      const value: unknown = JSON.parse(localStorage.getItem(KEY) ?? 'null')
      return value
    } catch {
      return null
    }
  },
  save(value) {
    if (value !== null) {
      localStorage.setItem(KEY, JSON.stringify(value))
      return
    }
    localStorage.removeItem(KEY)
    forgetListSnapshots()
  },
}
