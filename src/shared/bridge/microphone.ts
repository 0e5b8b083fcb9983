import { z } from 'zod'
import { none, type MethodMap } from './contract.ts'

/* The microphone of this machine. The page can use it only between `open` and `close`. */

export const microphoneMethods = {
  /** Call it before getUserMedia. `denied`: the system's privacy settings do not let the app use the microphone. */
  'microphone.open': { args: none, result: z.enum(['granted', 'denied']) },
  'microphone.close': { args: none, result: none },
  /** Opens the system's privacy settings for the microphone. False: this system has none. */
  'microphone.openSettings': { args: none, result: z.boolean() },
} as const satisfies MethodMap
