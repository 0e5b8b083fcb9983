import type { Report } from '../app/report.ts'
import { Backoff } from '../pace.ts'

/** A task that needs the server and must succeed once per session. `run` returns false to be retried. */
export interface StartupTask {
  name: string
  run: () => Promise<boolean>
}

/** Runs tasks until each has succeeded once, with backoff between the attempts. */
export class StartupTasks {
  #remaining: StartupTask[]
  readonly #report: Report
  readonly #backoff = new Backoff()
  #retry: ReturnType<typeof setTimeout> | undefined
  #isRunning = false
  #stopped = false

  constructor(tasks: readonly StartupTask[], report: Report) {
    this.#remaining = [...tasks]
    this.#report = report
  }

  /** Call it when the server responds (again): failed tasks are retried at once. */
  resume(): void {
    this.#backoff.reset()
    void this.#run()
  }

  stop(): void {
    this.#stopped = true
    clearTimeout(this.#retry)
  }

  async #run(): Promise<void> {
    clearTimeout(this.#retry)
    if (this.#isRunning) return
    this.#isRunning = true
    const failed: StartupTask[] = []
    for (const task of this.#remaining) {
      if (this.#stopped) break
      try {
        if (!(await task.run())) failed.push(task)
      } catch (error) {
        failed.push(task)
        this.#report(`session.${task.name}`, error)
      }
    }
    this.#remaining = failed
    this.#isRunning = false
    if (failed.length === 0 || this.#stopped) return
    this.#retry = setTimeout(() => void this.#run(), this.#backoff.nextAtRandom())
  }
}
