import { join, resolve } from 'node:path'

export const root = resolve(import.meta.dirname, '../..')
/** State of the scripts between runs. Ignored by git, safe to delete. */
export const stateDirectory = join(root, '.perch')
