const numbers = (version: string): number[] => version.split('-')[0]?.split('.').map(Number) ?? []

/** Whether a version comes before the other one, by its three numbers. */
export function isOlder(version: string, than: string): boolean {
  const others = numbers(than)
  const difference = numbers(version)
    .map((number, index) => number - (others[index] ?? 0))
    .find((one) => one !== 0)
  return difference !== undefined && difference < 0
}
