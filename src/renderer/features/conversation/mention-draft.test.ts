import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { userIdSchema } from '#shared/domain/ids.ts'
import { newGroup } from '#shared/domain/group.ts'
import type { Person } from '#shared/domain/person.ts'
import { personNamed } from '#shared/domain/test-data.ts'
import { addMention, allowedDraft, editDraft, mentionQuery, type Draft } from './mention-draft.ts'
import { mentionOptions } from './mention-options.ts'
import { textBody } from './composer-text.ts'

const ada = userIdSchema.parse('ada')
const me = userIdSchema.parse('me')
const written: Draft = { text: 'Hi @Ada!', mentions: [{ who: ada, start: 3, length: 4 }] }
const startsAfter = (text: string): number | undefined => editDraft(written, text).mentions[0]?.start

describe('editing a draft', () => {
  it('moves the mentions behind the change', () => {
    expect(startsAfter('Oh, hi @Ada!')).toBe(7)
    expect(startsAfter('@Ada!')).toBe(0)
    expect(startsAfter('Hi @Ada')).toBe(3)
    expect(startsAfter('Hi @Ada, and more!')).toBe(3)
    expect(startsAfter('Hi x@Ada!')).toBe(4)
  })

  it('turns a mention into text when it is changed', () => {
    for (const text of ['Hi @Aa!', 'Hi @Adda!', 'Hi Ada!', 'Hi @Ad', '', 'Hi @Bda!'])
      expect(startsAfter(text), text).toBeUndefined()
  })

  it('keeps each mention at its own text, whatever is typed', () => {
    const text = fc.string({ unit: fc.constantFrom('@', 'A', 'd', 'a', ' '), maxLength: 12 })
    fc.assert(
      fc.property(text, fc.array(text), (before, edits) => {
        let draft: Draft = {
          text: `${before}@Ada`,
          mentions: [{ who: ada, start: before.length, length: 4 }],
        }
        for (const next of edits) {
          draft = editDraft(draft, next)
          for (const { start, length } of draft.mentions)
            expect(draft.text.slice(start, start + length)).toBe('@Ada')
        }
      }),
    )
  })

  it('is sent with its mentions, without white space around it', () => {
    expect(textBody({ text: '\n @Ada ', mentions: [{ who: ada, start: 2, length: 4 }] })).toEqual({
      kind: 'text',
      text: '@Ada',
      mentions: 'ada:0:4',
    })
  })

  it('mentions everyone only while its writer is an admin', () => {
    const draft: Draft = {
      text: '@all @Ada',
      mentions: [
        { who: '*', start: 0, length: 4 },
        { who: ada, start: 5, length: 4 },
      ],
    }
    expect(allowedDraft(draft, newGroup(me), me)).toEqual(draft)
    for (const group of [newGroup(ada), null])
      expect(allowedDraft(draft, group, me).mentions.map(({ who }) => who)).toEqual([ada])
  })

  it('keeps its mentions in the order of the text', () => {
    const draft = addMention(
      { text: '@Me @Ada', mentions: [{ who: ada, start: 4, length: 4 }] },
      { who: me, start: 0, length: 3 },
    )
    expect(draft.mentions.map(({ who }) => who)).toEqual([me, ada])
  })
})

describe('the name that is being typed', () => {
  const typed = (text: string, caret = text.length) => mentionQuery({ text, mentions: [] }, caret)

  it('starts with an @ and ends at the caret', () => {
    expect(typed('@')).toEqual({ start: 0, name: '' })
    expect(typed('Hi @ad')).toEqual({ start: 3, name: 'ad' })
    expect(typed('Hi @ad', 4)).toEqual({ start: 3, name: '' })
    expect(typed('(@ada qu')).toEqual({ start: 1, name: 'ada qu' })
  })

  it('is no address, no other line and no finished mention', () => {
    for (const text of ['', 'ada', 'mail@ada', '@ ada', '@ada\nx', `@${'x'.repeat(51)}`])
      expect(typed(text), text).toBeNull()
    expect(typed('@ada', 0)).toBeNull()
    expect(mentionQuery(written, 7)).toBeNull()
    expect(mentionQuery(written, 8)).toBeNull()
  })
})

describe('the people who are offered', () => {
  const zoe = userIdSchema.parse('p2')
  const person = (id: string, displayName: string, patch: Partial<Person> = {}): Person =>
    personNamed(id, { displayName, ...patch })
  const people = ['Élodie', 'Ben Ælf', 'Zoë', 'Ahmet Çelik', 'Ann', 'Ann-Marie', 'Bea'].map((name, index) =>
    person(`p${String(index)}`, name),
  )
  const source = {
    memberIds: [me, ...people.map(({ id }) => id), userIdSchema.parse('stranger')],
    group: newGroup(userIdSchema.parse('p0')),
    people: new Map(people.map((person) => [person.id, person])),
    me,
    words: { unknown: 'Unknown', everyone: 'everyone' },
    locale: 'en',
  }
  const offered = (query: string, patch: Partial<typeof source> = {}): string[] =>
    mentionOptions({ ...source, ...patch }, query).map(({ name }) => name)

  it('are the other members, at most six, sorted by name', () => {
    expect(offered('')).toEqual(['Ahmet Çelik', 'Ann', 'Ann-Marie', 'Bea', 'Ben Ælf', 'Élodie'])
    expect(offered('ann')).toEqual(['Ann', 'Ann-Marie'])
    expect(offered('unk')).toEqual(['Unknown'])
  })

  it('are found by the start of a word, without accents', () => {
    expect(offered('elo')).toEqual(['Élodie'])
    expect(offered('CELIK')).toEqual(['Ahmet Çelik'])
    expect(offered('ann m')).toEqual(['Ann-Marie'])
    expect(offered('lodie')).toEqual([])
  })

  it('include everyone for admins only', () => {
    expect(offered('every')).toEqual([])
    expect(offered('', { group: newGroup(me) })[0]).toBe('everyone')
    expect(offered('bea', { group: newGroup(me) })).toEqual(['Bea'])
  })

  it('are found by both names; the text gets the public one', () => {
    const renamed = new Map(source.people).set(zoe, person(zoe, 'Zoë', { contactName: 'Sis' }))
    for (const query of ['sis', 'zoe'])
      expect(mentionOptions({ ...source, people: renamed }, query)).toEqual([
        { who: zoe, name: 'Sis', label: 'Zoë' },
      ])
  })

  it('leave out blocked people', () => {
    const blocked = new Map(source.people).set(zoe, person(zoe, 'Zoë', { blocked: true }))
    expect(offered('zoe', { people: blocked })).toEqual([])
  })
})
