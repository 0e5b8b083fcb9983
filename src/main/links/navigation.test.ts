import { describe, expect, it, vi } from 'vitest'
import type { NavigationRequest } from '#shared/bridge/app.ts'
import type { BridgeEvent } from '#shared/bridge/index.ts'
import { chatIdSchema } from '#shared/domain/ids.ts'
import { me } from '#shared/domain/test-data.ts'
import { createNavigation } from './navigation.ts'

const settings: NavigationRequest = { destination: { to: 'settings' }, by: 'link' }

function setUp() {
  const send = vi.fn<(event: BridgeEvent) => void>()
  return { send, navigation: createNavigation(send) }
}

describe('navigation', () => {
  it('waits until the page is ready and sends only the newest request', () => {
    const { send, navigation } = setUp()
    navigation.go(me, { destination: { to: 'chat', chatId: chatIdSchema.parse('ada_ben') }, by: 'click' })
    navigation.go(null, settings)
    expect(send).not.toHaveBeenCalled()
    navigation.ready()
    expect(send.mock.calls).toEqual([[{ account: null, name: 'navigate', payload: settings }]])
    navigation.ready()
    expect(send).toHaveBeenCalledTimes(1)
  })

  it('waits while it is held, although the page is ready', () => {
    const { send, navigation } = setUp()
    navigation.ready()
    navigation.setHeld(true)
    navigation.go(null, settings)
    navigation.act(me, { do: 'read', chatId: chatIdSchema.parse('ada_ben') })
    expect(send).not.toHaveBeenCalled()
    navigation.setHeld(false)
    expect(send.mock.calls.map(([{ name }]) => name)).toEqual(['notification.action', 'navigate'])
  })

  it('sends at once while the page is ready, and waits again when it is gone', () => {
    const { send, navigation } = setUp()
    navigation.ready()
    navigation.go(null, settings)
    expect(send).toHaveBeenCalledTimes(1)
    navigation.gone()
    navigation.go(null, settings)
    expect(send).toHaveBeenCalledTimes(1)
    navigation.ready()
    expect(send).toHaveBeenCalledTimes(2)
  })

  it('keeps everything that was done in notifications, in order, until the page is ready', () => {
    const { send, navigation } = setUp()
    const chatId = chatIdSchema.parse('ada_ben')
    navigation.act(me, { do: 'reply', chatId, text: 'one' })
    navigation.go(null, settings)
    navigation.act(me, { do: 'read', chatId })
    expect(send).not.toHaveBeenCalled()
    navigation.ready()
    expect(send.mock.calls.map(([{ name, payload }]) => [name, payload])).toEqual([
      ['notification.action', { do: 'reply', chatId, text: 'one' }],
      ['notification.action', { do: 'read', chatId }],
      ['navigate', settings],
    ])
    navigation.ready()
    expect(send).toHaveBeenCalledTimes(3)
  })
})
