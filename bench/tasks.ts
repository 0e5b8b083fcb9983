import type { Page } from 'playwright-core'
import { z } from 'zod'

/** A task of the page's main thread. */
export interface Task {
  /** Time on the processor, in ms. */
  processor: number
  /** Time from begin to end, in ms. On a busy machine this includes the time of other processes. */
  elapsed: number
}

const taskSchema = z.object({
  name: z.literal('RunTask'),
  ph: z.literal('X'),
  pid: z.number(),
  tid: z.number(),
  /** µs, like `tdur`. */
  dur: z.number(),
  /** Missing for a task that took no time on the processor. */
  tdur: z.number().default(0),
})
const threadSchema = z.object({
  name: z.literal('thread_name'),
  pid: z.number(),
  tid: z.number(),
  args: z.object({ name: z.literal('CrRendererMain') }),
})

/** Records the tasks of the page's main thread until the returned function is called. */
export async function recordTasks(page: Page): Promise<() => Promise<Task[]>> {
  const client = await page.context().newCDPSession(page)
  const events: unknown[] = []
  client.on('Tracing.dataCollected', ({ value }) => events.push(...value))
  await client.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['disabled-by-default-devtools.timeline'] },
  })
  return async () => {
    const complete = new Promise((done) => client.once('Tracing.tracingComplete', done))
    await client.send('Tracing.end')
    await complete
    await client.detach()
    return tasksOfMainThread(events)
  }
}

function tasksOfMainThread(events: readonly unknown[]): Task[] {
  const threadOf = ({ pid, tid }: { pid: number; tid: number }): string => `${String(pid)}/${String(tid)}`
  const mainThreads = new Set(
    events.flatMap((event) => {
      const thread = threadSchema.safeParse(event)
      return thread.success ? [threadOf(thread.data)] : []
    }),
  )
  return events.flatMap((event) => {
    const task = taskSchema.safeParse(event)
    if (!task.success || !mainThreads.has(threadOf(task.data))) return []
    return [{ processor: task.data.tdur / 1000, elapsed: task.data.dur / 1000 }]
  })
}
