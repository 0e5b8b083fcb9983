import { expect, it } from 'vitest'
import type { Chat } from '#shared/domain/chat.ts'
import { newGroup } from '#shared/domain/group.ts'
import { userIdSchema } from '#shared/domain/ids.ts'
import { ada, chatWith, me, personNamed } from '#shared/domain/test-data.ts'
import { forwardTargets } from './forward-targets.ts'

const chatNamed = (id: string, sentAt: number, patch: Partial<Chat> = {}): Chat => ({
  ...chatWith(id),
  last: null,
  createdAt: sentAt,
  ...patch,
})
const group = (patch: Partial<Chat>): Partial<Chat> => ({
  kind: 'group',
  title: 'Café club',
  group: newGroup(me),
  ...patch,
})
const find = (chats: readonly Chat[], query = '', blocked = false): string[] =>
  forwardTargets(
    {
      chats: new Map(chats.map((chat) => [chat.id, chat])),
      people: new Map([[ada, personNamed('Ada', { id: ada, blocked })]]),
      me,
    },
    query,
  ).map(({ id }) => id)

it('offers the chats in which this person may write, the newest first', () => {
  const [direct, club] = [chatNamed('ada', 1), chatNamed('club', 2, group({}))]
  expect(find([direct, club])).toEqual([club.id, direct.id])
  expect(find([direct, club], '', true)).toEqual([club.id])
  const foreign = newGroup(userIdSchema.parse('zoe'))
  const closed = { ...foreign, policy: { ...foreign.policy, post: 'admins' as const } }
  expect(find([chatNamed('club', 2, group({ group: closed }))])).toEqual([])
  expect(find([chatNamed('club', 2, group({ former: true }))])).toEqual([])
})

it('finds a chat by a part of its title, without case and accents', () => {
  const chats = [chatNamed('ada', 1), chatNamed('club', 2, group({}))]
  expect(find(chats, ' CAFE ')).toEqual([chats[1]?.id])
  expect(find(chats, 'nobody')).toEqual([])
})
