import { join } from 'node:path'

/** A file of assets/, which lies beside out/ in the repository as in the package. */
export function asset(name: string): string {
  return join(import.meta.dirname, '../../assets', name)
}
