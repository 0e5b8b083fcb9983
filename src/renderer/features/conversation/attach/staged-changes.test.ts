import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { StagedItem } from '#shared/domain/staged.ts'
import { ada, me } from '#shared/domain/test-data.ts'
import { sha256Schema } from '#shared/messages/attachment.ts'
import { EVERYONE, fromMarkedText, toMarkedText } from '#shared/messages/mentions.ts'
import type { StagedEntry } from '../../../stores/staging.ts'
import { cropOf, percentOf, WHOLE } from './crop.ts'
import {
  isEditable,
  kindOfAll,
  movedTo,
  withAllowedCaptions,
  withAsFile,
  withCaption,
  withEdit,
  withoutEntry,
  withQuality,
} from './staged-changes.ts'

function entry(id: string, patch: Partial<StagedItem> = {}): StagedEntry {
  const item: StagedItem = {
    id,
    kind: 'photo',
    sha256: sha256Schema.parse('a'.repeat(64)),
    size: 1,
    mime: 'image/jpeg',
    name: id,
    width: 1,
    height: 1,
    hash: '',
    duration: null,
    caption: '',
    asFile: false,
    ...patch,
  }
  return { id, name: id, size: 1, item, preview: 'data:,', sending: false }
}
const reading: StagedEntry = { ...entry('reading'), item: null }
const ids = (entries: readonly StagedEntry[]): string[] => entries.map(({ id }) => id)
const list = [entry('a'), entry('b'), reading, entry('c')]

describe('staged entries', () => {
  it('change one item or all, and those that are still read in stay', () => {
    expect(withCaption('b', 'Hi')(list)[1]?.item?.caption).toBe('Hi')
    expect(withCaption('b', 'Hi')(list)[0]?.item?.caption).toBe('')
    expect(withQuality('high')(list).map(({ item }) => item?.quality)).toEqual([
      'high',
      'high',
      undefined,
      'high',
    ])
    expect(withAsFile('a', true)(list).map(({ item }) => item?.asFile)).toEqual([
      true,
      false,
      undefined,
      false,
    ])
    expect(withAsFile(null, true)(list).every(({ item }) => item?.asFile !== false)).toBe(true)
    expect(ids(withoutEntry('a')(list))).toEqual(['b', 'reading', 'c'])
  })

  it('lose mentions that the rules deny', () => {
    const caption = toMarkedText({
      text: '@all @Ada',
      mentions: [
        { who: EVERYONE, start: 0, length: 4 },
        { who: ada, start: 5, length: 4 },
      ],
    })
    const [changed] = withAllowedCaptions(null, me)([entry('a', { caption })])
    expect(fromMarkedText(changed?.item?.caption ?? '')).toEqual({
      text: '@all @Ada',
      mentions: [{ who: ada, start: 5, length: 4 }],
    })
  })

  it('lose their preview when they are edited, so that it is drawn anew', () => {
    const [a, b] = withEdit('a', { turns: 1, crop: null })(list)
    expect(a).toMatchObject({ preview: null, item: { edit: { turns: 1 } } })
    expect(b?.preview).toBe('data:,')
  })

  it('move to a place, and none gets lost', () => {
    expect(ids(movedTo('a', 2)(list))).toEqual(['b', 'reading', 'a', 'c'])
    expect(ids(movedTo('c', -5)(list))).toEqual(['c', 'a', 'b', 'reading'])
    expect(movedTo('none', 0)(list)).toBe(list)
    fc.assert(
      fc.property(fc.nat(3), fc.integer({ min: -9, max: 9 }), (from, to) => {
        const id = ids(list)[from] ?? ''
        const after = ids(movedTo(id, to)(list))
        expect(after.toSorted()).toEqual(ids(list).toSorted())
        expect(after.indexOf(id)).toBe(Math.max(0, Math.min(3, to)))
        expect(after.filter((other) => other !== id)).toEqual(ids(list).filter((other) => other !== id))
      }),
    )
  })

  it('are named by what they have in common', () => {
    expect(kindOfAll([entry('a'), entry('b')])).toBe('photos')
    expect(kindOfAll([entry('a', { kind: 'video' })])).toBe('videos')
    expect(kindOfAll([entry('a', { asFile: true }), entry('b', { kind: 'file' })])).toBe('files')
    expect(kindOfAll([entry('a'), entry('b', { kind: 'video' })])).toBe('items')
  })

  it('can be turned and cropped only where they are encoded again', () => {
    const item = (patch: Partial<StagedItem>): StagedItem | null => entry('a', patch).item
    const editable = [{}, { asFile: true }, { mime: 'image/gif' }, { kind: 'video' as const }].map(
      (patch) => {
        const one = item(patch)
        return one !== null && isEditable(one)
      },
    )
    expect(editable).toEqual([true, false, false, false])
  })
})

describe('a crop in percent', () => {
  it('is the same in both forms', () => {
    const crop = { x: 0.25, y: 0.5, width: 0.5, height: 0.25 }
    expect(cropOf(percentOf(crop))).toEqual(crop)
    expect(percentOf(null)).toEqual(WHOLE)
  })

  it('of the whole picture is none, and one outside is cut', () => {
    expect(cropOf(WHOLE)).toBeNull()
    expect(cropOf({ unit: '%', x: -3, y: 0, width: 120, height: 50 })).toEqual({
      x: 0,
      y: 0,
      width: 1,
      height: 0.5,
    })
  })
})
