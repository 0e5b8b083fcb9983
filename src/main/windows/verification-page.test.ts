import { describe, expect, it } from 'vitest'
import {
  newChallenge,
  siteKeySchema,
  tokenSchema,
  verificationPage,
  verificationPolicy,
} from './verification-page.ts'

const texts = { title: 'A & "B"', hint: '<b>', failed: '</script><script>alert(1)//' }

describe('verification page', () => {
  it('has paths under the project domain that cannot be guessed', () => {
    const challenge = newChallenge('x.firebaseapp.com')
    expect(challenge.pageUrl).toMatch(/^https:\/\/x\.firebaseapp\.com\/perch\/[0-9a-f-]{36}\/$/)
    expect(challenge.tokenUrl).toBe(new URL('token', challenge.pageUrl).href)
    expect(newChallenge('x.firebaseapp.com').pageUrl).not.toBe(challenge.pageUrl)
  })

  it('escapes its texts', () => {
    const html = verificationPage(newChallenge('x.y'), 'site-key-0000', 'en"><x', texts)
    expect(html).not.toContain('</script><script>alert')
    expect(html).not.toContain('<b>')
    expect(html).not.toContain('en"><x')
    expect(html).toContain('A &amp; &quot;B&quot;')
  })

  it('allows its own scripts by nonce and no hosts except those of reCAPTCHA', () => {
    const challenge = newChallenge('x.y')
    const policy = verificationPolicy(challenge)
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain(`'nonce-${challenge.nonce}'`)
    const hosts = [...policy.matchAll(/https:\/\/([^/\s]+)/g)].map(([, host]) => host)
    expect(new Set(hosts)).toEqual(new Set(['www.google.com', 'www.gstatic.com', 'recaptcha.google.com']))
    const html = verificationPage(challenge, 'site-key-0000', 'en', texts)
    const scripts = html.split('<script').slice(1)
    expect(scripts.every((script) => script.startsWith(` nonce="${challenge.nonce}"`))).toBe(true)
  })

  it('accepts only well-formed keys and tokens', () => {
    expect(siteKeySchema.safeParse('6Lc-abc_DEFGH1234').success).toBe(true)
    expect(siteKeySchema.safeParse("x'</script>").success).toBe(false)
    expect(tokenSchema.safeParse('03AFcWeA-_x').success).toBe(true)
    for (const bad of ['', 'a b', 'x'.repeat(10_001)]) expect(tokenSchema.safeParse(bad).success).toBe(false)
  })
})
