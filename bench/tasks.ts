import type { Page } from 'playwright-core'
import { z } from 'zod'

/** A task of the page's main thread. */
export interface Task {
  /** In ms of the trace's clock, which is also the clock of the marks. */
  begin: number
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
  /** In µs, like `dur` and `tdur`. */
  ts: z.number(),
  dur: z.number(),
  /** Missing for a task that took no time on the processor. */
  tdur: z.number().default(0),
})
/** `performance.mark` of the page. */
const markSchema = z.object({
  name: z.string(),
  cat: z.literal('blink.user_timing'),
  ph: z.enum(['I', 'R', 'n']),
  ts: z.number(),
})
const threadSchema = z.object({
  name: z.literal('thread_name'),
  pid: z.number(),
  tid: z.number(),
  args: z.object({ name: z.literal('CrRendererMain') }),
})

export interface Mark {
  name: string
  /** In ms of the trace's clock. */
  at: number
}

export interface Recording {
  tasks: Task[]
  marks: Mark[]
}

/** Records the tasks of the page's main thread, and its marks, until the returned function is called. */
export async function recordTasks(page: Page): Promise<() => Promise<Recording>> {
  const client = await page.context().newCDPSession(page)
  const events: unknown[] = []
  client.on('Tracing.dataCollected', ({ value }) => events.push(...value))
  await client.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['disabled-by-default-devtools.timeline', 'blink.user_timing'] },
  })
  return async () => {
    const complete = new Promise((done) => client.once('Tracing.tracingComplete', done))
    await client.send('Tracing.end')
    await complete
    await client.detach()
    return { tasks: tasksOfMainThread(events), marks: marksOf(events) }
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
    const { ts, tdur, dur } = task.data
    return [{ begin: ts / 1000, processor: tdur / 1000, elapsed: dur / 1000 }]
  })
}

function marksOf(events: readonly unknown[]): Mark[] {
  return events.flatMap((event) => {
    const mark = markSchema.safeParse(event)
    return mark.success ? [{ name: mark.data.name, at: mark.data.ts / 1000 }] : []
  })
}
