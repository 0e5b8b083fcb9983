import type { ElectronApplication } from 'playwright-core'

export const FAKE_SITE_KEY = 'fake-site-key'
export const FAKE_TOKEN = `token-for-${FAKE_SITE_KEY}`

/** Replaces Google in all sessions: returns a site key and a challenge that one click on "I am human" solves. */
export async function playRecaptcha(app: ElectronApplication): Promise<void> {
  await app.evaluate(({ session }, recaptchaSiteKey) => {
    const api = `grecaptcha = { render(id, { callback, sitekey }) {
      const button = document.createElement('button')
      button.textContent = 'I am human'
      button.onclick = () => callback('token-for-' + sitekey)
      document.getElementById(id).append(button)
    } }
    showChallenge()`
    const fetch: typeof session.defaultSession.fetch = (input) => {
      const { hostname, pathname } = new URL(input instanceof Request ? input.url : input)
      if (hostname === 'identitytoolkit.googleapis.com' && pathname === '/v1/recaptchaParams') {
        return Promise.resolve(Response.json({ recaptchaSiteKey }))
      }
      if (hostname === 'www.google.com' && pathname === '/recaptcha/api.js') {
        return Promise.resolve(new Response(api, { headers: { 'content-type': 'text/javascript' } }))
      }
      return Promise.resolve(new Response(null, { status: 404 }))
    }
    Object.assign(Object.getPrototypeOf(session.defaultSession), { fetch })
  }, FAKE_SITE_KEY)
}
