import type { PinResult } from '#shared/bridge/lock.ts'
import type { LockFile, Stored } from './lock-file.ts'
import { hashPin, isPinOf } from './pin-hash.ts'

/** How long no PIN is checked after so many wrong ones in a row, in seconds. The last one is for all that follow. */
const WAITS = [0, 1, 1, 5, 15, 30, 60, 300, 900, 3600]

export function waitAfter(failures: number): number {
  return (WAITS[failures] ?? WAITS.at(-1) ?? 0) * 1000
}

export interface PinGuardOptions {
  file: Pick<LockFile, 'read' | 'write' | 'remove' | 'seal' | 'unseal'>
  /** Ms since the app started, by a clock that nobody can set. */
  now: () => number
  log: (event: string, error: unknown) => void
}

/**
 * Checks PINs, one at a time, and slows wrong ones down. The number of wrong ones is on the disk before a PIN is checked, so ending the
 * app saves no attempt. A start begins the whole wait again: no clock that can be set counts.
 */
export class PinGuard {
  readonly #options: PinGuardOptions
  #stored: Stored
  #freeAt: number
  #isChecking = false

  constructor(options: PinGuardOptions) {
    this.#options = options
    this.#stored = options.file.read()
    this.#freeAt = options.now() + waitAfter(this.#failures())
  }

  hasPin(): boolean {
    return this.#stored !== 'none'
  }

  waitMs(): number {
    return Math.max(0, Math.ceil(this.#freeAt - this.#options.now()))
  }

  /** Rejects when the attempt could not be written down: then nothing was checked. */
  check(pin: string): Promise<PinResult> {
    return this.#alone(() => this.#check(pin))
  }

  async #alone(action: () => Promise<PinResult>): Promise<PinResult> {
    if (this.#isChecking || this.waitMs() > 0) return this.#result('wait')
    this.#isChecking = true
    try {
      return await action()
    } finally {
      this.#isChecking = false
    }
  }

  async #check(pin: string): Promise<PinResult> {
    const { file, now } = this.#options
    const hash = this.#unseal()
    if (typeof this.#stored === 'string' || hash === null) return this.#result('unreadable')
    const failures = this.#stored.failures + 1
    this.#stored = { ...this.#stored, failures }
    file.write(this.#stored)
    if (!(await isPinOf(hash, pin))) {
      this.#freeAt = now() + waitAfter(failures)
      return this.#result('wrong')
    }
    this.clear()
    return this.#result('done')
  }

  /** Null: the key store is closed, or the file is damaged. That says nothing about the PIN, so it is no attempt. */
  #unseal(): string | null {
    if (typeof this.#stored === 'string') return null
    try {
      return this.#options.file.unseal(this.#stored)
    } catch (error) {
      this.#options.log('lock.unreadable', error)
      return null
    }
  }

  /** Forgets the wrong PINs: the person has proven who they are. */
  clear(): void {
    if (typeof this.#stored === 'string') return
    this.#stored = { ...this.#stored, failures: 0 }
    this.#freeAt = 0
    try {
      this.#options.file.write(this.#stored)
    } catch (error) {
      // The next start waits longer than it has to.
      this.#options.log('lock.save', error)
    }
  }

  /** `current`: null when there is no PIN. */
  set(pin: string, current: string | null): Promise<PinResult> {
    const { file } = this.#options
    return this.#alone(async () => {
      const checked = await this.#confirm(current)
      if (checked.outcome !== 'done') return checked
      const record = file.seal(await hashPin(pin))
      file.write(record)
      this.#stored = record
      return checked
    })
  }

  async #confirm(current: string | null): Promise<PinResult> {
    if (current !== null) return this.#check(current)
    return this.#result(this.hasPin() ? 'wrong' : 'done')
  }

  remove(pin: string): Promise<PinResult> {
    return this.#alone(async () => {
      const checked = await this.#check(pin)
      if (checked.outcome === 'done') this.drop()
      return checked
    })
  }

  /** Removes the PIN without asking for it. */
  drop(): void {
    this.#options.file.remove()
    this.#stored = 'none'
    this.#freeAt = 0
  }

  #failures(): number {
    return typeof this.#stored === 'string' ? 0 : this.#stored.failures
  }

  #result(outcome: PinResult['outcome']): PinResult {
    return { outcome, waitMs: this.waitMs() }
  }
}
