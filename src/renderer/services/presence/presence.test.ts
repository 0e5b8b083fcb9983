import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defaultPrivacy } from '#shared/domain/account.ts'
import type { PowerState } from '#shared/bridge/app.ts'
import type { PresenceRepository } from '../../data/presence-repository.ts'
import { createAppStore, type AppStore } from '../../stores/app-store.ts'
import { WireError } from '../../data/wire-error.ts'
import { PresenceService } from './presence.ts'

const write = vi.fn<PresenceRepository['write']>()
const onWake = vi.fn<() => void>()
const onDenied = vi.fn<() => void>()
let store: AppStore
let presence: PresenceService

beforeEach(() => {
  write.mockReset().mockResolvedValue()
  onWake.mockReset()
  onDenied.mockReset()
  store = createAppStore({ connection: 'online' })
  presence = new PresenceService({
    platform: {
      call: () => Promise.reject(new Error('not expected')),
      on: () => () => undefined,
      account: () => expect.fail('not used'),
    },
    store,
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- these tests use only `write`
    repository: { write } as Partial<PresenceRepository> as PresenceRepository,
    report: () => undefined,
    onWake,
    onDenied,
  })
})
afterEach(() => presence.stop())

function writtenStates(): string[] {
  return write.mock.calls.map(([state]) => state)
}
function begin(power: PowerState): void {
  store.setState({ power })
  presence.start()
  presence.setPrivacy(defaultPrivacy)
}

describe('presence', () => {
  it('writes offline at the start while the screen is locked', () => {
    begin('locked')
    expect(writtenStates()).toEqual(['offline'])
    store.setState({ power: 'active' })
    expect(writtenStates()).toEqual(['offline', 'online'])
  })

  it('reports a denied write once, because another device may have hidden this person', async () => {
    write.mockRejectedValueOnce(new WireError('denied'))
    begin('active')
    await vi.waitFor(() => expect(onDenied).toHaveBeenCalledTimes(1))
    presence.setPrivacy(defaultPrivacy)
    expect(writtenStates()).toEqual(['online'])
    write.mockRejectedValueOnce(new WireError('offline'))
    store.setState({ power: 'idle' })
    await presence.goOffline()
    expect(onDenied).toHaveBeenCalledTimes(1)
  })

  it('reports waking up once after every sleep, whichever state follows', () => {
    begin('active')
    store.setState({ power: 'suspended' })
    store.setState({ power: 'locked' })
    expect(onWake).toHaveBeenCalledTimes(1)
    store.setState({ power: 'active' })
    expect(onWake).toHaveBeenCalledTimes(1)
  })

  it('resolves goOffline only after the write, even when the power state started it', async () => {
    begin('active')
    const writing = Promise.withResolvers<undefined>()
    write.mockReturnValueOnce(writing.promise)
    store.setState({ power: 'quitting' })
    const onOffline = vi.fn<() => void>()
    const offline = presence.goOffline().then(onOffline)
    await Promise.resolve()
    await Promise.resolve()
    await Promise.resolve()
    expect(onOffline).not.toHaveBeenCalled()
    writing.resolve(undefined)
    await offline
    expect(writtenStates()).toEqual(['online', 'offline'])
  })
})
