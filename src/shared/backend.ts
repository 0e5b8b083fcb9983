import { z } from 'zod'

/** https, or this machine. */
const updateUrlSchema = z
  .url({ protocol: /^https?$/ })
  .max(500)
  .refine((url) => url.startsWith('https://') || url.startsWith('http://127.0.0.1:'), {
    error: 'updates.url must start with https://',
  })

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
    /** Absent: the project has no push. */
    messagingSenderId: z
      .string()
      .regex(/^\d{1,20}$/)
      .exactOptional(),
    /** Public key of the project's web push certificate: 65 bytes in base64url. Absent: the key that Google shares among projects. */
    vapidKey: z
      .string()
      .regex(/^[A-Za-z0-9_-]{87}$/)
      .exactOptional(),
  }),
  emulator: z
    .strictObject({
      host: z.literal('127.0.0.1'),
      authPort: z.number().int().min(1).max(65_535),
      firestorePort: z.number().int().min(1).max(65_535),
      storagePort: z.number().int().min(1).max(65_535),
      /** Absent: the backend was started without functions and FCM. */
      push: z
        .strictObject({
          functionsPort: z.number().int().min(1).max(65_535),
          /** Http: check-in, registrations, sending. */
          fcmPort: z.number().int().min(1).max(65_535),
          /** TLS: delivery. */
          mcsPort: z.number().int().min(1).max(65_535),
          /** Certificate of the TLS server, for localhost, in PEM. */
          ca: z.string().startsWith('-----BEGIN CERTIFICATE-----').max(10_000),
          /** Divides the times after which pages in the tray are released and loaded again, so that tests need not wait for minutes. */
          pace: z.number().min(1).max(1000).optional(),
        })
        .optional(),
    })
    .nullable(),
  /** Where new versions of the app come from. Absent: it never looks for one. */
  updates: z
    .strictObject({
      /** A folder with the files of a release (`latest*.yml` and the installers). */
      url: updateUrlSchema.exactOptional(),
      /** Instead of `url`: the releases of a public repository, `owner/name`. */
      github: z
        .string()
        .regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,38}\/[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/)
        .exactOptional(),
      /** Ed25519, 32 bytes in base64url: the feed must be signed with its private half. Absent: a feed is as good as its server. */
      publicKey: z
        .string()
        .regex(/^[A-Za-z0-9_-]{43}$/)
        .exactOptional(),
      /** Divides the times between checks and before an installation, so that tests need not wait for hours. */
      pace: z.number().min(1).max(10_000).exactOptional(),
    })
    .refine(({ url, github }) => (url === undefined) !== (github === undefined), {
      error: 'updates needs either url or github',
    })
    .exactOptional(),
  /** A domain whose page `/join` opens the app. Without one, invite links start with `perch://`. */
  inviteDomain: z.hostname().optional(),
  /** Where people mail reports of other people and groups to. Absent: they can only copy them. */
  reportAddress: z.email().max(100).optional(),
})
export type Backend = z.infer<typeof backendSchema>
