import { expect, test } from 'vitest'
import { judge, type Entry } from './kill-ledger.ts'

const entry = (progress: Entry['progress'], kept = false): Entry => ({ text: 'No. 7.', progress, kept })
const nowhere = { wire: [], replica: [], drafts: [] }
const sent = { wire: ['No. 7.'], replica: ['No. 7.'], drafts: [] }
const fine = { sent: 0, drafts: 0, unsaved: 0, lost: [], doubled: [], differing: [] }

test('what was taken must be on the wire and in the replica, once each', () => {
  expect(judge([entry('taken')], sent)).toEqual({ ...fine, sent: 1 })
  expect(judge([entry('taken')], nowhere).lost).toEqual(['No. 7.'])
  expect(judge([entry('taken')], { ...nowhere, drafts: ['No. 7.'] }).lost).toEqual(['No. 7.'])
  expect(judge([entry('taken')], { ...sent, wire: ['No. 7.', 'No. 7.'] }).doubled).toEqual(['No. 7.'])
  expect(judge([entry('taken')], { ...sent, replica: ['No. 7.', 'No. 7.'] }).doubled).toEqual(['No. 7.'])
  expect(judge([entry('taken')], { ...sent, replica: [] }).differing).toEqual(['No. 7.'])
  expect(judge([entry('taken')], { ...sent, wire: [] }).differing).toEqual(['No. 7.'])
})

test('what was cut may be sent or be the draft, but not both', () => {
  expect(judge([entry('entered', true)], sent)).toEqual({ ...fine, sent: 1 })
  expect(judge([entry('entered', true)], { ...nowhere, drafts: ['No. 7.'] })).toEqual({ ...fine, drafts: 1 })
  expect(judge([entry('entered', true)], { ...sent, drafts: ['No. 7.'] }).doubled).toEqual(['No. 7.'])
  expect(judge([entry('entered', true)], nowhere).lost).toEqual(['No. 7.'])
  expect(judge([entry('typing', true)], nowhere).lost).toEqual(['No. 7.'])
})

test('nothing is owed of what was typed in the last moment', () => {
  expect(judge([entry('entered')], nowhere)).toEqual({ ...fine, unsaved: 1 })
  expect(judge([entry('typing')], { ...nowhere, drafts: ['No. '] })).toEqual(fine)
})
