import { expect, test } from 'vitest'
import { judge, type Entry } from './kill-ledger.ts'

const entry = (progress: Entry['progress'], saved = false): Entry => ({ text: 'No. 7.', progress, saved })
const nowhere = { wire: [], replica: [], drafts: [] }
const sent = { wire: ['No. 7.'], replica: ['No. 7.'], drafts: [] }
const empty = { sent: 0, drafts: 0, unsaved: 0, lost: [], doubled: [], differing: [] }

test('expects a shown text once on the wire and once in the replica', () => {
  expect(judge([entry('shown')], sent)).toEqual({ ...empty, sent: 1 })
  expect(judge([entry('shown')], nowhere).lost).toEqual(['No. 7.'])
  expect(judge([entry('shown')], { ...nowhere, drafts: ['No. 7.'] }).lost).toEqual(['No. 7.'])
  expect(judge([entry('shown')], { ...sent, wire: ['No. 7.', 'No. 7.'] }).doubled).toEqual(['No. 7.'])
  expect(judge([entry('shown')], { ...sent, replica: ['No. 7.', 'No. 7.'] }).doubled).toEqual(['No. 7.'])
  expect(judge([entry('shown')], { ...sent, replica: [] }).differing).toEqual(['No. 7.'])
  expect(judge([entry('shown')], { ...sent, wire: [] }).differing).toEqual(['No. 7.'])
})

test('accepts an interrupted text as sent or as the draft, but not as both', () => {
  expect(judge([entry('entered', true)], sent)).toEqual({ ...empty, sent: 1 })
  expect(judge([entry('entered', true)], { ...nowhere, drafts: ['No. 7.'] })).toEqual({ ...empty, drafts: 1 })
  expect(judge([entry('entered', true)], { ...sent, drafts: ['No. 7.'] }).doubled).toEqual(['No. 7.'])
  expect(judge([entry('entered', true)], nowhere).lost).toEqual(['No. 7.'])
  expect(judge([entry('typing', true)], nowhere).lost).toEqual(['No. 7.'])
})

test('accepts the loss of a text that was not saved yet', () => {
  expect(judge([entry('entered')], nowhere)).toEqual({ ...empty, unsaved: 1 })
  expect(judge([entry('typing')], { ...nowhere, drafts: ['No. '] })).toEqual(empty)
})
