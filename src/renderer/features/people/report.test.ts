import i18next from 'i18next'
import { describe, expect, it } from 'vitest'
import { ada, me, message } from '#shared/domain/test-data.ts'
import en from '#shared/locales/en.json'
import { composeReport, mailLink } from './report.ts'

const i18n = i18next.createInstance()
await i18n.init({ lng: 'en', resources: { en: { translation: en } }, interpolation: { escapeValue: false } })
const facts = { subject: 'Ada, ada', reporter: '+15550100, me', nameOf: () => 'Ada' }
const compose = (patch: Partial<Parameters<typeof composeReport>[1]>): string =>
  composeReport(i18n.t, { ...facts, reason: '', messages: [], ...patch })

describe('composeReport', () => {
  it('names both people, and what the person typed', () => {
    expect(compose({})).toBe('Reported: Ada, ada\nReported by: +15550100, me')
    expect(compose({ reason: ' Sells beans \n' })).toBe(
      'Reported: Ada, ada\nReported by: +15550100, me\n\nSells beans',
    )
  })

  it('quotes the five newest texts, cut, and neither events nor deleted messages', () => {
    const texts = Array.from({ length: 9 }, (_, n) => message(n, ada))
    const deleted = message(20, ada, { body: null, deletedAt: 1 })
    const event = message(21, me, { body: { kind: 'event', event: 'left', uids: [me] } })
    const long = message(22, ada, { body: { kind: 'text', text: 'x'.repeat(1000) } })
    const lines = compose({ messages: [...texts, deleted, event, long] }).split('\n')
    expect(lines.slice(3, 5)).toEqual(['Newest messages:', '[1970-01-01T00:00:05.000Z] Ada (ada): text 5'])
    expect(lines).toHaveLength(9)
    expect(lines.at(-1)?.length).toBeLessThan(350)
  })
})

describe('mailLink', () => {
  it('holds the report if that is short, else asks to paste it', () => {
    const mail = { title: 'Report', report: 'Ada & Ben?', paste: 'Paste it.' }
    expect(mailLink('help@example.org', mail)).toBe(
      'mailto:help@example.org?subject=Report&body=Ada%20%26%20Ben%3F',
    )
    expect(mailLink('help@example.org', { ...mail, report: 'x'.repeat(3000) })).toMatch(/body=Paste%20it\.$/u)
  })
})
