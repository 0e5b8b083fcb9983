import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { z } from 'zod'

const registrationSchema = z.object({
  project: z.string(),
  androidId: z.string(),
  p256dh: z.string(),
  auth: z.string(),
})
export type EmulatedRegistration = z.infer<typeof registrationSchema>

const installationSchema = z.object({ refreshToken: z.string(), authToken: z.string() })

const stateSchema = z.object({
  /** Security tokens by android id. */
  devices: z.array(z.tuple([z.string(), z.string()])),
  /** Android ids by GCM token. */
  addresses: z.array(z.tuple([z.string(), z.string()])),
  /** By fid. */
  installations: z.array(z.tuple([z.string(), installationSchema])),
  /** By FCM token. */
  registrations: z.array(z.tuple([z.string(), registrationSchema])),
})

/** Everything that the emulator's services know of devices. With a file, it survives a restart. */
export class Registrations {
  readonly devices: Map<string, string>
  readonly addresses: Map<string, string>
  readonly installations: Map<string, z.infer<typeof installationSchema>>
  readonly registrations: Map<string, EmulatedRegistration>
  readonly #file: string | undefined

  constructor(file: string | undefined) {
    this.#file = file
    const saved =
      file !== undefined && existsSync(file)
        ? stateSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
        : undefined
    this.devices = new Map(saved?.devices)
    this.addresses = new Map(saved?.addresses)
    this.installations = new Map(saved?.installations)
    this.registrations = new Map(saved?.registrations)
  }

  save(): void {
    if (this.#file === undefined) return
    const state: z.infer<typeof stateSchema> = {
      devices: [...this.devices],
      addresses: [...this.addresses],
      installations: [...this.installations],
      registrations: [...this.registrations],
    }
    writeFileSync(this.#file, JSON.stringify(state))
  }
}
