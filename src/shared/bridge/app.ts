import { z } from 'zod'
import { backendSchema } from '../backend.ts'
import { destinationSchema } from '../domain/deep-link.ts'
import { none, type EventMap, type MethodMap } from './contract.ts'

/* The app and the system around it. */

/** The systems that the app runs on, by Node's names. */
export const platformSchema = z.enum(['win32', 'darwin', 'linux'])
export type PlatformName = z.infer<typeof platformSchema>

/** `background`: the page was loaded in the tray only to look for messages, or is about to be released. */
export const powerStateSchema = z.enum(['active', 'idle', 'background', 'locked', 'suspended', 'quitting'])
export type PowerState = z.infer<typeof powerStateSchema>

/** `click`: the person clicked a notification or a tray item. `link`: a `perch://` link, which any web page may have opened. */
export const navigationSchema = z.strictObject({
  destination: destinationSchema,
  by: z.enum(['click', 'link']),
})
export type NavigationRequest = z.infer<typeof navigationSchema>

/** A PNG file in base64. Such pictures are drawn by the app, so they are small. */
const pngSchema = z.base64().max(200_000)

export const appMethods = {
  'app.info': {
    args: none,
    result: z.strictObject({
      version: z.string(),
      platform: platformSchema,
      backend: backendSchema,
    }),
  },
  /** The page listens to events now. Main sends the deep link or notification click that came earlier. */
  'app.ready': { args: none, result: none },
  /** The page has finished the work that the power state `quitting` started. Main quits now and does not wait for the timeout. */
  'app.readyToQuit': { args: none, result: none },
  /** The page has no work left after the event `page.release`: main may end it. */
  'app.mayRelease': { args: none, result: none },
  'app.log': {
    args: z.strictObject({
      level: z.enum(['error', 'warn', 'info']),
      event: z.string().max(100),
      detail: z.string().max(4000).optional(),
    }),
    result: none,
  },
  'app.openLogs': { args: none, result: none },
  /** Opens a link in the system's browser. Refuses anything but http, https and mailto. */
  'links.open': { args: z.url().max(4096), result: none },
  'clipboard.write': { args: z.string().max(20_000), result: none },
  'clipboard.writePng': { args: pngSchema, result: none },
  /** Asks the person where to save a picture. False: they cancelled. `name`: proposed, without the extension. */
  'png.save': {
    args: z.strictObject({ png: pngSchema, name: z.string().regex(/^[\w -]{1,60}$/) }),
    result: z.boolean(),
  },
  /** Solves the reCAPTCHA in the verification window; used with a real project only. */
  'verification.solve': { args: none, result: z.strictObject({ token: z.string() }) },
} as const satisfies MethodMap

export const appEvents = {
  /** The person has dropped files on the app's icon: `media.takeOpened` returns them. */
  'files.opened': z.strictObject({}),
  /** The page saves what it holds. When it has no work left, it calls `app.mayRelease`; else main asks again later. */
  'page.release': z.strictObject({}),
  'window.focus': z.strictObject({ focused: z.boolean() }),
  /** Whether the person is at the machine, as the operating system reports it. The presence depends on it. */
  'power.state': z.strictObject({ state: powerStateSchema }),
} as const satisfies EventMap
