import { beforeEach, describe, expect, it } from 'vitest'
import { directChatId, userIdSchema } from '#shared/domain/ids.ts'
import { personSchema } from '#shared/domain/person.ts'
import { createAppStore } from '../stores/app-store.ts'
import { OwnActivity } from './own-activity.ts'

const me = userIdSchema.parse('me')
const peer = userIdSchema.parse('peer')
const chatId = directChatId(me, peer)
const memberIds = [me, peer]

const store = createAppStore()
const written: unknown[] = []
const activity = new OwnActivity(store, { write: async (...said) => void written.push(said) }, me)

function setBlocked(blocked: boolean): void {
  const person = personSchema.parse({
    id: peer,
    displayName: 'Peer',
    about: '',
    profileFetchedAt: 0,
    contactName: '',
    phone: null,
    blocked,
  })
  store.setState({ people: new Map([[peer, person]]) })
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
