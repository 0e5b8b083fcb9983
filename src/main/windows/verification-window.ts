import { BrowserWindow, session, type Session } from 'electron'
import { z } from 'zod'
import type { Backend } from '#shared/backend.ts'
import { BridgeError } from '../bridge/bridge-error.ts'
import type { Translate } from '../i18n.ts'
import { denyPermissions } from '../security.ts'
import {
  newChallenge,
  siteKeySchema,
  tokenSchema,
  verificationPage,
  verificationPolicy,
  type Challenge,
} from './verification-page.ts'

const PARAMETERS = 'https://identitytoolkit.googleapis.com/v1/recaptchaParams'
const LONGEST_TOKEN = 10_000
const ANSWER_LIMIT_MS = 15_000

interface Running extends Challenge {
  html: string
  solved: (token: string) => void
}

export interface Verification {
  /** Shows the challenge; rejects with `cancelled` when the person closes the window, `refused` while another is under way. */
  solve(): Promise<{ token: string }>
}

export function createVerification(backend: Backend, t: Translate, language: string): Verification {
  let sessions = 0
  let underWay = false
  let running: Running | undefined
  let open: BrowserWindow | undefined

  async function siteKey(from: Session): Promise<string> {
    const url = `${PARAMETERS}?key=${encodeURIComponent(backend.firebase.apiKey)}`
    const signal = AbortSignal.timeout(ANSWER_LIMIT_MS)
    const response = await from.fetch(url, { bypassCustomProtocolHandlers: true, signal })
    return z.object({ recaptchaSiteKey: siteKeySchema }).parse(await response.json()).recaptchaSiteKey
  }

  async function acceptToken(request: Request, { solved }: Running): Promise<Response> {
    const length = Number(request.headers.get('content-length') ?? 0)
    const token = tokenSchema.safeParse(length > LONGEST_TOKEN ? '' : await request.text())
    if (!token.success) return new Response(null, { status: 400 })
    solved(token.data)
    return new Response(null, { status: 204 })
  }

  /** Our two paths are answered here; the rest is Google's and goes to the network. */
  async function answer(from: Session, request: Request): Promise<Response> {
    if (running !== undefined && request.method === 'GET' && request.url === running.pageUrl) {
      return new Response(running.html, {
        headers: {
          'content-type': 'text/html; charset=utf-8',
          'content-security-policy': verificationPolicy(running),
          'x-content-type-options': 'nosniff',
        },
      })
    }
    if (running !== undefined && request.method === 'POST' && request.url === running.tokenUrl) {
      return acceptToken(request, running)
    }
    return from.fetch(request, { bypassCustomProtocolHandlers: true })
  }

  /**
   * In memory, apart from the app's session, where https is never intercepted, and from earlier challenges: no cookie links
   * two numbers.
   */
  function newSession(): Session {
    sessions += 1
    const created = session.fromPartition(`verification-${String(sessions)}`)
    denyPermissions(created)
    created.protocol.handle('https', (request) => answer(created, request))
    return created
  }

  async function show(from: Session): Promise<{ token: string }> {
    const challenge = newChallenge(backend.firebase.authDomain)
    const texts = {
      title: t('app.verification.title'),
      hint: t('app.verification.hint'),
      failed: t('app.verification.failed'),
    }
    const html = verificationPage(challenge, await siteKey(from), language, texts)
    const token = Promise.withResolvers<string>()
    running = { ...challenge, html, solved: token.resolve }
    const window = new BrowserWindow({
      width: 420,
      height: 620,
      title: texts.title,
      autoHideMenuBar: true,
      webPreferences: { session: from, sandbox: true, contextIsolation: true, nodeIntegration: false },
    })
    open = window
    window.once('closed', () => token.reject(new BridgeError('cancelled', 'The window was closed.')))
    window.loadURL(challenge.pageUrl).catch(token.reject)
    try {
      return { token: await token.promise }
    } finally {
      if (!window.isDestroyed()) window.destroy()
    }
  }

  return {
    async solve() {
      if (underWay) {
        open?.focus()
        throw new BridgeError('refused', 'A verification is under way.')
      }
      underWay = true
      try {
        return await show(newSession())
      } finally {
        underWay = false
        running = undefined
        open = undefined
      }
    },
  }
}
