import { join, resolve } from 'node:path'

export const root = resolve(import.meta.dirname, '../..')
/** Everything that the scripts keep between runs; ignored by git, safe to delete. */
export const stateDirectory = join(root, '.perch')
