/** Returns a function that starts at most `limit` tasks at a time, in the order of its calls. */
export function limited(limit: number): <T>(task: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = []
  let running = 0
  return async (task) => {
    if (running >= limit) await new Promise<void>((resolve) => waiting.push(resolve))
    else running += 1
    try {
      return await task()
    } finally {
      // Passes its place on.
      const next = waiting.shift()
      if (next === undefined) running -= 1
      else next()
    }
  }
}
