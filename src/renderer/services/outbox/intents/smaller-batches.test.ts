import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MAX_ADDED, newGroup } from '#shared/domain/group.ts'
import { userIdSchema, type UserId } from '#shared/domain/ids.ts'
import { me } from '#shared/domain/test-data.ts'
import type { EventBody } from '#shared/messages/kinds/event.ts'
import { smallerBatches } from './smaller-batches.ts'

const people = Array.from({ length: MAX_ADDED }, (_, n) => userIdSchema.parse(`u${n}`))
const adding = (uids: UserId[]): EventBody => ({ kind: 'event', event: 'added', uids })
const group = { memberIds: [me], group: newGroup(me) }
const sizes = (events: EventBody[] | null): number[] | undefined =>
  events?.map((event) => ('uids' in event ? event.uids.length : 0))

describe('smallerBatches', () => {
  it('tries three people, then one, then no smaller batch', () => {
    expect(sizes(smallerBatches(adding(people), group, me))).toEqual([3, 3, 2])
    expect(sizes(smallerBatches(adding(people.slice(0, 3)), group, me))).toEqual([1, 1, 1])
    expect(smallerBatches(adding(people.slice(0, 1)), group, me)).toBeNull()
  })

  it('creates a group without its people, who are added after it', () => {
    const created = { kind: 'event', event: 'created', title: 'Garden' } as const
    const events = smallerBatches({ ...created, uids: people }, undefined, me)
    expect(events?.map(({ event }) => event)).toEqual(['created', 'added', 'added', 'added'])
    expect(sizes(events)).toEqual([0, 3, 3, 2])
    expect(smallerBatches({ ...created, uids: [] }, undefined, me)).toBeNull()
  })

  it('leaves out people who are members by now', () => {
    const [first, second] = people
    if (first === undefined || second === undefined) throw new Error('There are eight people.')
    const joined = { ...group, memberIds: [me, first] }
    expect(smallerBatches(adding([first, second]), joined, me)).toEqual([adding([second])])
    expect(smallerBatches(adding([first]), joined, me)).toEqual([])
  })

  it('does not try again where nobody could be added', () => {
    const onlyAdmins = {
      ...newGroup(people[0] ?? me),
      policy: { post: 'all', edit: 'all', add: 'admins' },
    } as const
    const full = { ...group, memberIds: Array.from({ length: 250 }, (_, n) => userIdSchema.parse(`m${n}`)) }
    expect(smallerBatches(adding(people), { ...group, group: onlyAdmins }, me)).toBeNull()
    expect(smallerBatches(adding(people), { ...full, memberIds: [me, ...full.memberIds] }, me)).toBeNull()
    expect(smallerBatches(adding(people), { ...group, memberIds: [] }, me)).toBeNull()
    expect(smallerBatches(adding(people), undefined, me)).toBeNull()
    expect(smallerBatches({ kind: 'text', text: 'Hello' }, group, me)).toBeNull()
  })

  it('ends with every person in a batch of their own, whoever joins meanwhile', () => {
    fc.assert(
      fc.property(fc.subarray(people, { minLength: 1 }), fc.subarray(people), (uids, joined) => {
        const chat = { ...group, memberIds: [me, ...joined] }
        const single: UserId[] = []
        const pending = [adding(uids)]
        for (let event = pending.pop(); event !== undefined; event = pending.pop()) {
          const smaller = smallerBatches(event, chat, me)
          if (smaller !== null) pending.push(...smaller)
          else if ('uids' in event) single.push(...event.uids)
        }
        expect(single.toSorted()).toEqual(uids.filter((id) => !joined.includes(id)).toSorted())
      }),
    )
  })
})
