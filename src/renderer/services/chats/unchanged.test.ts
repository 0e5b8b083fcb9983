import { expect, it } from 'vitest'
import { newGroup } from '#shared/domain/group.ts'
import { groupNamed, me, message, photo, queued } from '#shared/domain/test-data.ts'
import type { Message } from '#shared/messages/envelope.ts'
import type { EventBody } from '#shared/messages/kinds/event.ts'
import { isUnchanged } from './unchanged.ts'

const group = { ...newGroup(me), description: 'Beans', photo }
const chat = { ...groupNamed('Garden'), group }
const renamed = (title: string): EventBody => ({ kind: 'event', event: 'renamed', title })
const described = (description: string): EventBody => ({ kind: 'event', event: 'described', description })
const policy = (add: 'all' | 'admins'): EventBody => ({
  kind: 'event',
  event: 'policy',
  policy: { ...group.policy, add },
})
const pictured = (next: typeof photo | null): EventBody => ({ kind: 'event', event: 'photo', photo: next })
const waiting = (body: EventBody, patch: Partial<Message> = {}): Message[] => [
  message(1, me, { ...queued, body, ...patch }),
]

it('compares title, description, photo and policy with the group', () => {
  const isSame = (body: EventBody): boolean => isUnchanged(body, chat, [])
  expect([renamed('Garden'), described('Beans'), policy('all')].map(isSame)).toEqual([true, true, true])
  expect([renamed('garden'), described(''), policy('admins')].map(isSame)).toEqual([false, false, false])
  expect([pictured({ ...photo }), pictured(null)].map(isSame)).toEqual([true, false])
  expect(isSame({ kind: 'event', event: 'left', uids: [me] })).toBe(false)
})

it('compares with a change that waits, but not with one that failed', () => {
  expect(isUnchanged(renamed('Garden'), chat, waiting(renamed('Allotment')))).toBe(false)
  expect(isUnchanged(renamed('Allotment'), chat, waiting(renamed('Allotment')))).toBe(true)
  expect(isUnchanged(described('Beans'), chat, waiting(renamed('Allotment')))).toBe(true)
  expect(isUnchanged(described('Peas'), chat, waiting(described('Peas')))).toBe(true)
  expect(isUnchanged(pictured(photo), chat, waiting(pictured(null)))).toBe(false)
  expect(isUnchanged(pictured(null), chat, waiting(pictured(null)))).toBe(true)
  expect(isUnchanged(policy('admins'), chat, waiting(policy('admins')))).toBe(true)
  expect(isUnchanged(policy('all'), chat, waiting(policy('admins')))).toBe(false)
  const failed = waiting(renamed('Allotment'), { delivery: 'failed', failure: 'denied' })
  expect(isUnchanged(renamed('Allotment'), chat, failed)).toBe(false)
})
