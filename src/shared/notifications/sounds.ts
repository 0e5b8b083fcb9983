import { z } from 'zod'

/** Sounds of a chat. `default`: the system's own. `none`: silent. The page plays the others. */
export const chatSoundSchema = z.enum(['default', 'none', 'chime', 'drop', 'knock', 'bell'])
export type ChatSound = z.infer<typeof chatSoundSchema>
export const chatSounds = chatSoundSchema.options

/** A sound that Perch plays itself. */
export const ownSoundSchema = chatSoundSchema.exclude(['default', 'none'])
export type OwnSound = z.infer<typeof ownSoundSchema>
