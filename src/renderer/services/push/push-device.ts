import type { PushStatus } from '#shared/bridge/push.ts'
import type { DevicesRepository } from '../../data/devices-repository.ts'
import type { AccountBridge } from '../../platform/bridge.ts'
import type { Report } from '../app/report.ts'
import { Backoff } from '../pace.ts'

/** How often the device is registered again and pushes are tested, in ms. The server removes devices after 60 days. */
const DAY_MS = 24 * 3_600_000
/** Signing out waits at most this long until the server knows, in ms. */
const REMOVE_MS = 2000

export interface PushDeviceOptions {
  replica: AccountBridge
  devices: Pick<DevicesRepository, 'write' | 'remove' | 'test'>
  report: Report
}

/** Keeps this device registered for pushes on the server, and tests once a day whether they arrive. */
export class PushDevice {
  readonly #options: PushDeviceOptions
  readonly #backoff = new Backoff(5000, 15 * 60_000)
  readonly #unsubscribe: () => void
  #timer: ReturnType<typeof setTimeout> | undefined
  /** The token that the server has, and since when (ms). */
  #written: { token: string; at: number } | undefined
  /** When the last test ended whose push did not come. */
  #lostAt: number | undefined
  #isRunning = false
  #stopped = false

  constructor(options: PushDeviceOptions) {
    this.#options = options
    this.#unsubscribe = options.replica.on('push.changed', ({ device, test }) => {
      if (device !== null && device.token !== this.#written?.token) this.resume()
      else if (test !== null && test.roundTrip === null && test.at !== this.#lostAt) {
        this.#lostAt = test.at
        this.#schedule(this.#backoff.nextAtRandom())
      }
    })
  }

  /** Call it when the server responds (again). */
  resume(): void {
    this.#backoff.reset()
    void this.#run()
  }

  /** Ends the pushes to this device. Call it before signing out. Never rejects: the server finds out later that the token is dead. */
  async remove(): Promise<void> {
    const { replica, devices, report } = this.#options
    this.stop()
    try {
      const { device } = await replica.call('push.status')
      if (device === null) return
      await Promise.race([devices.remove(device.id), new Promise((end) => setTimeout(end, REMOVE_MS))])
    } catch (error) {
      report('push.remove', error)
    }
  }

  stop(): void {
    this.#stopped = true
    clearTimeout(this.#timer)
    this.#unsubscribe()
  }

  async #run(): Promise<void> {
    if (this.#isRunning || this.#stopped) return
    this.#isRunning = true
    clearTimeout(this.#timer)
    let wait = DAY_MS
    try {
      await this.#update(await this.#options.replica.call('push.status'))
    } catch (error) {
      this.#options.report('push.register', error)
      wait = this.#backoff.nextAtRandom()
    }
    this.#isRunning = false
    this.#schedule(wait)
  }

  #schedule(ms: number): void {
    clearTimeout(this.#timer)
    if (!this.#stopped) this.#timer = setTimeout(() => void this.#run(), ms)
  }

  async #update({ device, test }: PushStatus): Promise<void> {
    if (device === null) return
    const { devices, replica } = this.#options
    const { token, platform } = device
    const isNew = this.#written?.token !== token
    if (isNew || isOld(this.#written?.at)) {
      await devices.write(device.id, { token, platform })
      this.#written = { token, at: Date.now() }
    }
    if (test?.roundTrip != null && !isOld(test.at)) return
    const { nonce } = await replica.call('push.beginTest')
    const { outcome } = await devices.test({ deviceId: device.id, nonce })
    if (outcome !== 'sent') throw new Error(`The test of the push ended with "${outcome}".`)
  }
}

/** Returns true also for a time in the future: then the clock was set back. */
function isOld(at: number | undefined): boolean {
  return at === undefined || at > Date.now() || Date.now() - at >= DAY_MS
}
