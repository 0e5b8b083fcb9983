import { expect, it } from 'vitest'
import { hasUnreadMention } from '#shared/domain/chat.ts'
import { shownMessages } from '../support/client.ts'
import { person } from './people.ts'

it('mentions people and everyone in a group, and refuses everyone from a member', async () => {
  const [ada, ben] = await Promise.all([person('Ada'), person('Ben')])
  await ada.services.chats.createGroup('Garden', [ben.me])
  const chatId = ada.store.getState().navigation.openChatId
  if (chatId === null) throw new Error('No chat is open.')
  await ben.until('the group', ({ chats }) => chats.get(chatId)?.onWire === true)
  const isMarked = (): boolean => {
    const chat = ben.store.getState().chats.get(chatId)
    return chat !== undefined && hasUnreadMention(chat, ben.me)
  }

  await ada.send(chatId, 'Nobody is meant')
  await ben.until('the text', () => ben.incoming.length === 1)
  expect(isMarked()).toBe(false)
  const body = { kind: 'text', text: '@Ben and @all', mentions: `${ben.me}:0:4 *:9:4` } as const
  await ada.services.conversation.send(chatId, body)
  await ben.until('the mention', isMarked)
  expect(ben.incoming.at(-1)).toMatchObject({ message: { body }, names: new Map([[ben.me, 'Ben']]) })

  await ben.services.conversation.open(chatId)
  await ben.until('the messages', (state) =>
    shownMessages(state).some(({ body: shown }) => shown?.kind === 'text'),
  )
  const newest = shownMessages(ben.store.getState()).at(-1)
  if (newest === undefined) throw new Error('No message is shown.')
  ben.services.conversation.seen(chatId, newest.id)
  await ben.until('that it is read', () => !isMarked())

  // A member may not mention everyone. The text stays here as failed.
  await ben.services.conversation.send(chatId, { kind: 'text', text: '@all', mentions: '*:0:4' })
  await ben.until('the refusal', (state) => shownMessages(state).at(-1)?.failure === 'denied')
})
