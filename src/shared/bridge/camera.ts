import { z } from 'zod'
import { none, type MethodMap } from './contract.ts'

/* The camera of this machine. The page can use it only between `open` and `close`. */

export const cameraMethods = {
  /** Call it before getUserMedia. `denied`: the system's privacy settings do not let the app use the camera. */
  'camera.open': { args: none, result: z.enum(['granted', 'denied']) },
  'camera.close': { args: none, result: none },
  /** Opens the system's privacy settings for the camera. False: this system has none. */
  'camera.openSettings': { args: none, result: z.boolean() },
} as const satisfies MethodMap
