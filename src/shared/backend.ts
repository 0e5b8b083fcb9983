import { z } from 'zod'

/**
 * Which Firebase the app talks to. `emulator` is set for the local backend only.
 * Read by main from one file (perch.config.json, or the one that `npm start` writes), handed to the renderer by `app.info`.
 */
export const backendSchema = z.strictObject({
  firebase: z.strictObject({
    apiKey: z.string().min(1),
    authDomain: z.hostname(),
    projectId: z.string().min(1),
    appId: z.string().min(1),
  }),
  emulator: z
    .strictObject({
      host: z.literal('127.0.0.1'),
      authPort: z.number().int().min(1).max(65_535),
      firestorePort: z.number().int().min(1).max(65_535),
    })
    .nullable(),
})
export type Backend = z.infer<typeof backendSchema>
