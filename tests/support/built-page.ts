import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { Page } from 'playwright-core'
import { APP_HOST, APP_SCHEME, assetOf } from '../../src/main/security/security-policy.ts'
import type { Backend } from '../../src/shared/backend.ts'
import type { MethodName, Result } from '../../src/shared/bridge/index.ts'
import { defaultPrivacy } from '../../src/shared/domain/account.ts'
import { directChatId, userIdSchema } from '../../src/shared/domain/ids.ts'
import { activity } from '../../src/shared/domain/test-data.ts'
import { defaultSettings } from '../../src/shared/settings.ts'
import { listedChat, ME, person } from './gallery/people.ts'

/* The built page without the app around it, for tests and benchmarks: served on a port, with a bridge that has fixed answers. */

/** What main answers at the start of a person with so many direct chats. JSON by method. */
export function answersOf(backend: Backend, chats: number): Map<string, string> {
  const peers = Array.from({ length: chats }, (_, n) => userIdSchema.parse(`peer${String(n)}`))
  const answers: { [M in MethodName]?: Result<M> } = {
    'app.info': { version: '0', platform: 'linux', backend },
    'lock.state': { hasPin: false, locked: false, waitMs: 0, touchId: false },
    'settings.get': defaultSettings,
    'replica.open': { setAside: null },
    'replica.account': {
      profile: { displayName: 'Ada', about: '' },
      privacy: defaultPrivacy,
      photo: null,
    },
    'replica.chats': peers.map((peer, n) => listedChat(peer, { ago: n * 60_000, own: n % 2 === 0 })),
    'replica.people': peers.map((peer, n) => person(peer, `Person ${String(n)}`)),
    'replica.activities': peers.map((peer) => activity(peer, { chatId: directChatId(ME, peer) })),
  }
  return new Map(Object.entries(answers).map(([method, value]) => [method, JSON.stringify(value)]))
}

declare global {
  interface Window {
    /** Gives the bridge of `installBridge` other answers, also for calls that wait. */
    answerNow?: (answers: Readonly<Record<string, string>>) => void
  }
}

/** Runs in the page: a bridge with these answers (JSON by method). Any other call waits, so nothing ends the session. */
export function installBridge(first: Readonly<Record<string, string>>): void {
  let answers = first
  let waiting: (() => void)[] = []
  window.answerNow = (next) => {
    answers = next
    for (const retry of waiting) retry()
    waiting = []
  }
  window.perch = {
    listen: () => () => undefined,
    async call(_account, method) {
      for (;;) {
        const answer = answers[method]
        if (answer !== undefined) return { ok: true, value: JSON.parse(answer) }
        await new Promise<void>((resolve) => waiting.push(resolve))
      }
    },
  }
}

/** Never loads the code that talks to the server: nobody is signed in there, so the session would end. */
export async function withoutServer(page: Page): Promise<void> {
  await page.route('**/assets/server-*.js', () => undefined)
}

/** Resolves to what the local storage contains once the page has stored the list for the next start. */
export async function storageWithList(page: Page): Promise<{ name: string; value: string }[]> {
  const found = await page.waitForFunction(() => {
    window.dispatchEvent(new Event('pagehide'))
    const entries = Object.entries<string>(localStorage)
    return entries.some(([name]) => name.startsWith('perch.list.')) && entries
  })
  const entries = (await found.jsonValue()) || []
  return entries.map(([name, value]) => ({ name, value }))
}

/** Serves a folder on a free port. */
export async function serve(folder: string, headers: Record<string, string> = {}): Promise<Server> {
  const server = createServer((request, response) => {
    const asset = assetOf(folder, `${APP_SCHEME}://${APP_HOST}${request.url ?? ''}`)
    const sent = asset && readFile(asset.file).then((body) => ({ body, type: asset.contentType }))
    Promise.resolve(sent)
      .then((file) => {
        if (file === null) response.writeHead(404).end()
        else response.writeHead(200, { ...headers, 'content-type': file.type }).end(file.body)
      })
      .catch(() => response.writeHead(404).end())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server
}

export function originOf(server: Server): string {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port.')
  return `http://127.0.0.1:${String(address.port)}`
}
