import { BrowserWindow, session, type Session } from 'electron'
import { z } from 'zod'
import type { Backend } from '#shared/backend.ts'
import { BridgeError } from '../bridge/bridge-error.ts'
import type { Translate } from '../i18n.ts'
import type { Network } from '../network/network.ts'
import { denyPermissions } from '../security/security.ts'
import {
  newChallenge,
  siteKeySchema,
  tokenSchema,
  verificationPage,
  verificationPolicy,
  type Challenge,
} from './verification-page.ts'

const PARAMETERS_URL = 'https://identitytoolkit.googleapis.com/v1/recaptchaParams'
const MAX_TOKEN_LENGTH = 10_000
const RESPONSE_TIMEOUT_MS = 15_000

interface ActiveChallenge extends Challenge {
  html: string
  onToken: (token: string) => void
}

export interface Verification {
  /**
   * Shows the challenge and resolves to its token. Rejects with `cancelled` when the person closes the window, and with
   * `refused` while another verification is in progress.
   */
  solve(): Promise<{ token: string }>
}

export function createVerification(
  backend: Backend,
  t: Translate,
  language: string,
  network: Pick<Network, 'prepare'>,
): Verification {
  let sessionCount = 0
  let inProgress = false
  let active: ActiveChallenge | undefined
  let openWindow: BrowserWindow | undefined

  async function fetchSiteKey(partition: Session): Promise<string> {
    const url = `${PARAMETERS_URL}?key=${encodeURIComponent(backend.firebase.apiKey)}`
    const signal = AbortSignal.timeout(RESPONSE_TIMEOUT_MS)
    const response = await partition.fetch(url, { bypassCustomProtocolHandlers: true, signal })
    return z.object({ recaptchaSiteKey: siteKeySchema }).parse(await response.json()).recaptchaSiteKey
  }

  async function acceptToken(request: Request, { onToken }: ActiveChallenge): Promise<Response> {
    const length = Number(request.headers.get('content-length') ?? 0)
    const token = tokenSchema.safeParse(length > MAX_TOKEN_LENGTH ? '' : await request.text())
    if (!token.success) return new Response(null, { status: 400 })
    onToken(token.data)
    return new Response(null, { status: 204 })
  }

  /** Handles the two paths of the challenge. All other requests go to Google's servers. */
  async function respond(partition: Session, request: Request): Promise<Response> {
    if (active !== undefined && request.method === 'GET' && request.url === active.pageUrl) {
      return new Response(active.html, {
        headers: {
          'content-type': 'text/html; charset=utf-8',
          'content-security-policy': verificationPolicy(active),
          'x-content-type-options': 'nosniff',
        },
      })
    }
    if (active !== undefined && request.method === 'POST' && request.url === active.tokenUrl) {
      return acceptToken(request, active)
    }
    return partition.fetch(request, { bypassCustomProtocolHandlers: true })
  }

  /**
   * Creates an in-memory session for one challenge. The app's session is not used, because https must not be intercepted there. Each
   * challenge has its own session, so that no cookie links two phone numbers.
   */
  async function newSession(): Promise<Session> {
    sessionCount += 1
    const created = session.fromPartition(`verification-${String(sessionCount)}`)
    denyPermissions(created)
    await network.prepare(created)
    created.protocol.handle('https', (request) => respond(created, request))
    return created
  }

  async function show(partition: Session): Promise<{ token: string }> {
    const challenge = newChallenge(backend.firebase.authDomain)
    const texts = {
      title: t('app.verification.title'),
      hint: t('app.verification.hint'),
      failed: t('app.verification.failed'),
    }
    const html = verificationPage(challenge, await fetchSiteKey(partition), language, texts)
    const token = Promise.withResolvers<string>()
    active = { ...challenge, html, onToken: token.resolve }
    const window = new BrowserWindow({
      width: 420,
      height: 620,
      title: texts.title,
      autoHideMenuBar: true,
      webPreferences: { session: partition, sandbox: true, contextIsolation: true, nodeIntegration: false },
    })
    openWindow = window
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
      if (inProgress) {
        openWindow?.focus()
        throw new BridgeError('refused', 'A verification is in progress.')
      }
      inProgress = true
      try {
        return await show(await newSession())
      } finally {
        inProgress = false
        active = undefined
        openWindow = undefined
      }
    },
  }
}
