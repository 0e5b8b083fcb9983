// oxlint-disable-next-line import/default -- the bundler makes a module of this query, whose default export is the URL
import workerUrl from './photo-worker.ts?worker&url'
import type { PhotoAnswer, PhotoRenderer, PhotoTask, RenderedPhoto } from './photo-tasks.ts'
import { trustedWorkerUrl } from './trusted-worker.ts'

const WORKERS = 2
/** A picture that takes longer is taken for one that cannot be decoded. */
const TIMEOUT_MS = 30_000
/** Workers keep the memory of decoded pictures, so they end when they have had nothing to do for this time. */
const IDLE_MS = 10_000

interface Job {
  task: PhotoTask
  done: (photo: RenderedPhoto | null) => void
}

/** Starts workers as they are needed. A worker that crashes or hangs is replaced, and only its task fails. */
export function createPhotoWorkers(): PhotoRenderer {
  const trustedUrl = trustedWorkerUrl('perch-photo-worker', workerUrl)
  const waiting: Job[] = []
  const idle: Worker[] = []
  let running = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  function next(): void {
    clearTimeout(timer)
    timer = setTimeout(() => {
      for (const worker of idle.splice(0)) worker.terminate()
    }, IDLE_MS)
    const job = running < WORKERS ? waiting.shift() : undefined
    if (job === undefined) return
    running += 1
    const worker = idle.pop() ?? new Worker(trustedUrl, { type: 'module' })
    runTask(worker, job.task).then(
      (photo) => finish(job, photo, worker),
      () => {
        worker.terminate()
        finish(job, null)
      },
    )
  }

  function finish({ done }: Job, photo: RenderedPhoto | null, worker?: Worker): void {
    running -= 1
    if (worker !== undefined) idle.push(worker)
    done(photo)
    next()
  }

  return {
    render: (task) =>
      new Promise((done) => {
        waiting.push({ task, done })
        next()
      }),
  }
}

/** Rejects when the worker crashed or hangs: it cannot be used again. */
function runTask(worker: Worker, task: PhotoTask): Promise<RenderedPhoto | null> {
  const { promise, resolve, reject } = Promise.withResolvers<RenderedPhoto | null>()
  const timer = setTimeout(() => reject(new Error('timeout')), TIMEOUT_MS)
  const ended = new AbortController()
  const { signal } = ended
  worker.addEventListener(
    'message',
    ({ data }: MessageEvent<PhotoAnswer>) => resolve(data.ok ? data.photo : null),
    { signal },
  )
  worker.addEventListener('error', () => reject(new Error('the worker failed')), { signal })
  worker.postMessage(task)
  return promise.finally(() => {
    clearTimeout(timer)
    ended.abort()
  })
}
