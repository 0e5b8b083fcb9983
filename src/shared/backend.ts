import { z } from 'zod'

/**
 * The Firebase project that the app uses. `emulator` is set only for the local backend.
 * Main reads this configuration from a file: perch.config.json, or the file that `npm start` writes. The renderer gets it from `app.info`.
 */
export const backendSchema = z.strictObject({
  firebase: z.strictObject({
    apiKey: z.string().min(1),
    authDomain: z.hostname(),
    projectId: z.string().min(1),
    /** Where the files of messages are. Letters, digits, `.`, `_` and `-`, so the name needs no encoding in a URL. */
    storageBucket: z.string().regex(/^[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]$/),
    appId: z.string().min(1),
  }),
  emulator: z
    .strictObject({
      host: z.literal('127.0.0.1'),
      authPort: z.number().int().min(1).max(65_535),
      firestorePort: z.number().int().min(1).max(65_535),
      storagePort: z.number().int().min(1).max(65_535),
    })
    .nullable(),
  /** A domain whose page `/join` opens the app. Without one, invite links start with `perch://`. */
  inviteDomain: z.hostname().optional(),
  /** Where people mail reports of other people and groups to. Absent: they can only copy them. */
  reportAddress: z.email().max(100).optional(),
})
export type Backend = z.infer<typeof backendSchema>
