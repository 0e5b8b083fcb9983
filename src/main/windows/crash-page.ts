import type { Translate } from '../i18n.ts'
import type { OwnPage } from '../security/security.ts'
import { APP_HOST, APP_SCHEME, ownPagePolicy } from '../security/security-policy.ts'

/* Shown when the renderer has crashed twice in a short time. It has no scripts, so it works even if the app's scripts crash. */

export type CrashAction = 'reload' | 'logs' | 'quit'

export const CRASH_URL = `${APP_SCHEME}://${APP_HOST}/crash.html`
const ACTIONS: ReadonlyMap<string, CrashAction> = new Map(
  (['reload', 'logs', 'quit'] as const).map((action) => [
    `${APP_SCHEME}://${APP_HOST}/crash/${action}`,
    action,
  ]),
)

/** Returns the action of a link on the crash page. */
export function crashAction(url: string): CrashAction | undefined {
  return ACTIONS.get(url)
}

const style = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif }
body { margin: 0; min-height: 100vh; display: grid; place-content: center; padding: 24px; box-sizing: border-box;
  background: light-dark(#ffffff, #14181b); color: light-dark(#15191d, #e8ecef) }
main { max-width: 44ch }
h1 { font-size: 20px; margin: 0 0 8px }
nav { display: flex; flex-wrap: wrap; gap: 8px; margin-block-start: 16px }
a { padding: 8px 16px; border-radius: 8px; text-decoration: none; color: inherit;
  border: 1px solid light-dark(#848f99, #76838d) }
a:first-child { background: light-dark(#0b6e5b, #2fb795); color: light-dark(#ffffff, #06211a); border-color: transparent }
a:focus-visible { outline: 2px solid light-dark(#0a66c2, #7cb8ff); outline-offset: 2px }
`

/** The SHA-256 of `style`, written down so that a start does not load node:crypto. */
const STYLE_HASH = 'X787kwaxjG0VCwx8ETRTJh6k++93MPp0gGFQxmbKwyQ='

export function crashPage(t: Translate): OwnPage {
  const link = (action: CrashAction): string => `<a href="crash/${action}">${t(`app.crash.${action}`)}</a>`
  return {
    html: `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${t('app.name')}</title><style>${style}</style></head>
<body><main><h1>${t('app.crash.title')}</h1><p>${t('app.crash.text')}</p>
<nav>${link('reload')}${link('logs')}${link('quit')}</nav></main></body>
</html>`,
    policy: ownPagePolicy(STYLE_HASH),
  }
}
