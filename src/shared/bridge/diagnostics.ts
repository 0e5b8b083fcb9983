import { z } from 'zod'
import { userIdSchema } from '../domain/ids.ts'
import type { MethodMap } from './contract.ts'

/** See `Connection` of the app store. */
export const connectionSchema = z.enum(['online', 'slow', 'connecting', 'offline'])

export const diagnosticsMethods = {
  /** Asks where to save a file about the state of the app, without content. False: the person cancelled. */
  'diagnostics.save': {
    args: z.strictObject({ account: userIdSchema.nullable(), connection: connectionSchema }),
    result: z.boolean(),
  },
} as const satisfies MethodMap
