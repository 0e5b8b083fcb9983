import { beforeEach, describe, expect, it } from 'vitest'
import { ada, chatId, me, personNamed } from '#shared/domain/test-data.ts'
import { createAppStore } from '../stores/app-store.ts'
import { OwnActivity } from './own-activity.ts'

const memberIds = [me, ada]

const store = createAppStore()
const written: unknown[] = []
const activity = new OwnActivity(store, { write: async (...said) => void written.push(said) }, me)

function setBlocked(blocked: boolean): void {
  store.setState({ people: new Map([[ada, personNamed('Ada', { blocked })]]) })
}

beforeEach(() => {
  written.length = 0
})

describe('the watermarks of this person', () => {
  it('are told to the others', async () => {
    setBlocked(false)
    await activity.writeWatermarks(chatId, memberIds, { deliveredAt: 5, readAt: 4 })
    expect(written).toEqual([[chatId, memberIds, { deliveredAt: 5, readAt: 4, typingUntil: null }]])
  })

  it('are not told to someone blocked: they would show when this person is there', async () => {
    setBlocked(true)
    await activity.writeWatermarks(chatId, memberIds, { deliveredAt: 5, readAt: 5 })
    expect(written).toEqual([])
  })
})
