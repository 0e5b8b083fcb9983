import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { createTranslate } from '../i18n.ts'
import { CRASH_URL, crashAction, crashPage } from './crash-page.ts'

it('offers reload, logs and quit as links, without scripts, and allows only its own style sheet', () => {
  const { html, policy } = crashPage(createTranslate('en'))
  const links = [...html.matchAll(/href="([^"]+)"/g)].map(([, href]) => new URL(href ?? '', CRASH_URL).href)
  expect(links.map(crashAction)).toEqual(['reload', 'logs', 'quit'])
  expect(html).not.toContain('<script')
  const style = /<style>([^]*)<\/style>/.exec(html)?.[1] ?? ''
  expect(policy).toContain(createHash('sha256').update(style).digest('base64'))
  expect(html).not.toMatch(/app\.crash/)
  expect(crashAction('app://perch/crash/other')).toBeUndefined()
})
