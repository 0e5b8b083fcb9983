import { z } from 'zod'

/* The page that shows a reCAPTCHA, served under the project's domain because reCAPTCHA accepts no other. Nothing here touches Electron. */

export const siteKeySchema = z.string().regex(/^[A-Za-z0-9_-]{10,100}$/)
export const tokenSchema = z.string().regex(/^[A-Za-z0-9_.-]{1,10000}$/)

export interface Challenge {
  /** `https://<authDomain>/perch/<nonce>/`. The page posts the token to `tokenUrl`, which is `<pageUrl>token`. */
  pageUrl: string
  tokenUrl: string
  nonce: string
}

/** Creates a challenge with paths that no other page can guess. */
export function newChallenge(authDomain: string): Challenge {
  const nonce = crypto.randomUUID()
  const pageUrl = `https://${authDomain}/perch/${nonce}/`
  return { pageUrl, tokenUrl: `${pageUrl}token`, nonce }
}

/** Allows only Google's frames and scripts. Inline styles are allowed because reCAPTCHA sets style attributes. */
export function verificationPolicy({ nonce }: Challenge): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' https://www.google.com/recaptcha/ https://www.gstatic.com/recaptcha/`,
    "style-src 'unsafe-inline'",
    'img-src https://www.gstatic.com/recaptcha/',
    'frame-src https://www.google.com/recaptcha/ https://recaptcha.google.com/recaptcha/',
    "connect-src 'self' https://www.google.com/recaptcha/",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ].join('; ')
}

export interface VerificationTexts {
  title: string
  hint: string
  failed: string
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}

/** `language`: a BCP 47 tag. */
export function verificationPage(
  { nonce }: Challenge,
  siteKey: string,
  language: string,
  texts: VerificationTexts,
): string {
  const data = JSON.stringify({ siteKey, failed: texts.failed }).replaceAll('<', '\\u003c')
  return `<!doctype html>
<html lang="${escaped(language)}">
<head>
<meta charset="utf-8">
<title>${escaped(texts.title)}</title>
<style>
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif }
body { margin: 0; padding: 24px; display: grid; gap: 16px; justify-items: center; text-align: center }
h1 { font-size: 18px; margin: 0 }
p { margin: 0 }
</style>
<script nonce="${nonce}">
const { siteKey, failed } = ${data}
const fail = () => { document.getElementById('hint').textContent = failed }
function showChallenge() {
  grecaptcha.render('challenge', {
    sitekey: siteKey,
    theme: matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light',
    callback: (token) => { fetch('token', { method: 'POST', body: token }).catch(fail) },
    'error-callback': fail,
  })
}
</script>
</head>
<body>
<h1>${escaped(texts.title)}</h1>
<p id="hint" role="status">${escaped(texts.hint)}</p>
<div id="challenge"></div>
<script nonce="${nonce}" async defer
  src="https://www.google.com/recaptcha/api.js?onload=showChallenge&amp;render=explicit&amp;hl=${encodeURIComponent(language)}"></script>
</body>
</html>`
}
