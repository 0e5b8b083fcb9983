import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { PowerState } from '#shared/bridge/app.ts'
import type { PresenceRepository } from '../../data/presence-repository.ts'
import { createAppStore, type AppStore } from '../../stores/app-store.ts'
import { WireError } from '../../data/wire-error.ts'
import { PresenceService } from './presence.ts'

const write = vi.fn<PresenceRepository['write']>()
const onWake = vi.fn<() => void>()
const onRefused = vi.fn<() => void>()
let store: AppStore
let presence: PresenceService

beforeEach(() => {
  write.mockReset().mockResolvedValue()
  onWake.mockReset()
  onRefused.mockReset()
  store = createAppStore({ connection: 'online' })
  presence = new PresenceService({
    platform: {
      call: () => Promise.reject(new Error('not asked')),
      on: () => () => undefined,
      account: () => expect.fail('not used'),
    },
    store,
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- nobody is followed, nothing hidden
    repository: { write } as Partial<PresenceRepository> as PresenceRepository,
    report: () => undefined,
    onWake,
    onRefused,
  })
})
afterEach(() => presence.stop())

function said(): string[] {
  return write.mock.calls.map(([state]) => state)
}
function begin(power: PowerState): void {
  store.setState({ power })
  presence.start()
  presence.setPrivacy({ lastSeen: 'everyone' })
}

describe('presence', () => {
  it('is offline from the start while the screen is locked', () => {
    begin('locked')
    expect(said()).toEqual(['offline'])
    store.setState({ power: 'active' })
    expect(said()).toEqual(['offline', 'online'])
  })

  it('has the choice read again when the rules refuse: another device may have hidden this person', async () => {
    write.mockRejectedValueOnce(new WireError('denied'))
    begin('active')
    await vi.waitFor(() => expect(onRefused).toHaveBeenCalledTimes(1))
    presence.setPrivacy({ lastSeen: 'everyone' })
    expect(said()).toEqual(['online'])
    write.mockRejectedValueOnce(new WireError('offline'))
    store.setState({ power: 'idle' })
    await presence.goodbye()
    expect(onRefused).toHaveBeenCalledTimes(1)
  })

  it('connects anew after every sleep, whatever follows it', () => {
    begin('active')
    store.setState({ power: 'suspended' })
    store.setState({ power: 'locked' })
    expect(onWake).toHaveBeenCalledTimes(1)
    store.setState({ power: 'active' })
    expect(onWake).toHaveBeenCalledTimes(1)
  })

  it('has said goodbye only when the wire has taken it, also when the system’s word came first', async () => {
    begin('active')
    const taking = Promise.withResolvers<undefined>()
    write.mockReturnValueOnce(taking.promise)
    store.setState({ power: 'quitting' })
    const heard = vi.fn<() => void>()
    const goodbye = presence.goodbye().then(heard)
    await Promise.resolve()
    await Promise.resolve()
    await Promise.resolve()
    expect(heard).not.toHaveBeenCalled()
    taking.resolve(undefined)
    await goodbye
    expect(said()).toEqual(['online', 'offline'])
  })
})
