/** Caches the newest result: a call with the same arguments returns it without computing it again. */
export function latest<A extends readonly unknown[], R>(compute: (...args: A) => R): (...args: A) => R {
  let cached: { args: A; result: R } | undefined
  return (...args) => {
    const isCached = cached?.args.every((arg, index) => Object.is(arg, args[index])) === true
    if (cached === undefined || !isCached) cached = { args, result: compute(...args) }
    return cached.result
  }
}
