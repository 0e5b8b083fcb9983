import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Proxy } from '#shared/proxy.ts'
import { defaultSettings, type Settings } from '#shared/settings.ts'
import { Servers } from './fixtures/servers.ts'
import { openProxyPassword, type ProxyPassword } from './proxy-password.ts'
import { createProxyService, type ProxyService } from './proxy-service.ts'

/** Turns bits around, so that the tests notice what is written unencrypted. */
const flip = (bytes: Buffer): Buffer => Buffer.from(bytes.map((byte) => byte ^ 0xff))
const keyStore = {
  encrypt: (text: string) => flip(Buffer.from(text)),
  decrypt: (bytes: Buffer) => flip(bytes).toString(),
}
const noKeyStore = {
  encrypt(): Buffer {
    throw new Error('The system has no key store.')
  },
  decrypt: keyStore.decrypt,
}

let directory: string
let file: string
let servers: Servers
let settings: Settings
let steps: string[]
let time: number

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'perch-proxy-'))
  file = join(directory, 'proxy-password')
  servers = new Servers()
  settings = defaultSettings
  steps = []
  time = 1_000_000
})
afterEach(async () => {
  await servers.stop()
  rmSync(directory, { recursive: true, force: true })
})

const proxyAt = (port: number, user: string | null = 'ada'): Proxy & { mode: 'manual' } => ({
  mode: 'manual',
  kind: 'http',
  host: '127.0.0.1',
  port,
  user,
})
const openPassword = (secrets = keyStore): ProxyPassword =>
  openProxyPassword({ file, secrets, onError: (event) => steps.push(event) })

function open(password = openPassword(), wire = { host: '127.0.0.1', port: 1 }): ProxyService {
  return createProxyService({
    settings: {
      get: () => settings,
      set(patch) {
        steps.push('saved')
        settings = { ...settings, proxy: patch.proxy ?? settings.proxy }
        return settings
      },
    },
    password,
    network: {
      use(proxy) {
        steps.push(`uses ${proxy.mode}`)
        return Promise.resolve()
      },
    },
    wire,
    onChange: () => steps.push('changed'),
    now: () => time,
  })
}

/** An HTTP proxy that accepts one password, and what it was asked. */
async function strictProxy(password: string): Promise<{ port: number; asked: string[] }> {
  const asked: string[] = []
  const http = createServer()
  const echo = await servers.echo()
  http.on('connect', ({ headers }, client) => {
    const [, encoded = ''] = (headers['proxy-authorization'] ?? '').split(' ')
    const given = Buffer.from(encoded, 'base64').toString()
    asked.push(given)
    if (given !== `ada:${password}`) client.end('HTTP/1.1 407 No\r\nContent-Length: 0\r\n\r\n')
    else connect(echo, '127.0.0.1', () => client.write('HTTP/1.1 200 OK\r\n\r\n'))
  })
  return { port: await servers.listen((socket) => void http.emit('connection', socket)), asked }
}

describe('setting a proxy', () => {
  it('uses it before it is saved, and then lets the rest begin again', async () => {
    expect(await open().set({ proxy: proxyAt(3128), password: 'secret' })).toBe('stored')
    expect(steps).toEqual(['uses manual', 'saved', 'changed'])
    expect(settings.proxy).toEqual(proxyAt(3128))
  })

  it('writes the password encrypted, for this proxy and user only', async () => {
    await open().set({ proxy: proxyAt(3128), password: 'open sesame' })
    expect(readFileSync(file).includes('open sesame')).toBe(false)
    expect(JSON.stringify(settings)).not.toContain('open sesame')
    expect(openPassword().get(proxyAt(3128))).toBe('open sesame')
    for (const other of [proxyAt(3129), proxyAt(3128, 'eve'), { ...proxyAt(3128), host: 'evil.example' }])
      expect(openPassword().get(other)).toBeNull()
  })

  it('keeps the password of the same proxy, and forgets that of another', async () => {
    const service = open()
    await service.set({ proxy: proxyAt(3128), password: 'secret' })
    expect(await service.set({ proxy: proxyAt(3128) })).toBe('stored')
    expect(await service.set({ proxy: proxyAt(3129) })).toBe('none')
    expect(existsSync(file)).toBe(false)
    expect(await service.set({ proxy: proxyAt(3128) })).toBe('none')
  })

  it.each<Proxy>([{ mode: 'none' }, { mode: 'system' }, proxyAt(3128, null)])(
    'to %j forgets the password, also if it comes with one',
    async (proxy) => {
      const service = open()
      await service.set({ proxy: proxyAt(3128), password: 'secret' })
      expect(await service.set({ proxy, password: 'secret' })).toBe('none')
      expect(existsSync(file)).toBe(false)
    },
  )

  it('keeps the password in memory where the system has no key store', async () => {
    const password = openPassword(noKeyStore)
    expect(await open(password).set({ proxy: proxyAt(3128), password: 'secret' })).toBe('memory')
    expect(existsSync(file)).toBe(false)
    expect(password.get(proxyAt(3128))).toBe('secret')
    expect(openPassword(noKeyStore).get(proxyAt(3128))).toBeNull()
  })

  it.each(['', 'rubbish', '{"password":"x"}', '\0'.repeat(1000)])(
    'has no password when the file has become %j',
    (content) => {
      writeFileSync(file, flip(Buffer.from(content)))
      expect(openPassword().get(proxyAt(3128))).toBeNull()
      expect(steps).toEqual(['could not read the password of the proxy'])
    },
  )
})

describe('a proxy that asks Chromium for credentials', () => {
  const challenge = (port: number, more = {}) => ({
    ...{ isProxy: true, scheme: 'basic', host: '127.0.0.1', port, realm: '' },
    ...more,
  })

  it('gets them only if it is the one of the settings', async () => {
    const { port } = await strictProxy('secret')
    const service = open()
    await service.set({ proxy: proxyAt(port), password: 'secret' })
    expect(await service.answer(challenge(port))).toEqual({ user: 'ada', password: 'secret' })
    for (const other of [
      challenge(port + 1),
      challenge(port, { host: 'evil.example' }),
      challenge(port, { isProxy: false }),
      challenge(port, { scheme: 'digest' }),
    ])
      expect(await service.answer(other)).toBeNull()
    await service.set({ proxy: { mode: 'system' } })
    expect(await service.answer(challenge(port))).toBeNull()
  })

  it('is asked once whether they are right, and does not get wrong ones again and again', async () => {
    const { port, asked } = await strictProxy('secret')
    const service = open()
    await service.set({ proxy: proxyAt(port), password: 'wrong' })
    const answers = await Promise.all([1, 2, 3].map(() => service.answer(challenge(port))))
    expect(answers).toEqual([null, null, null])
    expect(asked).toEqual(['ada:wrong'])
    await service.set({ proxy: proxyAt(port), password: 'secret' })
    expect(await service.answer(challenge(port))).not.toBeNull()
  })

  it('is asked again after a while: its password may have changed', async () => {
    const { port, asked } = await strictProxy('secret')
    const service = open()
    await service.set({ proxy: proxyAt(port), password: 'secret' })
    await service.answer(challenge(port))
    time += 31_000
    await service.answer(challenge(port))
    expect(asked).toHaveLength(2)
  })
})

describe('a test', () => {
  it('says whether the proxy works, with the password that is given or stored', async () => {
    const { port } = await strictProxy('secret')
    const service = open()
    expect(await service.test(null)).toBe('works')
    expect(await service.test({ proxy: proxyAt(port), password: 'wrong' })).toBe('denied')
    expect(await service.test({ proxy: proxyAt(port), password: 'secret' })).toBe('works')
    expect(await service.test({ proxy: proxyAt(await servers.closedPort()) })).toBe('silent')
    await service.set({ proxy: proxyAt(port), password: 'secret' })
    expect(await service.test({ proxy: proxyAt(port) })).toBe('works')
    expect(await service.test(null)).toBe('works')
    expect(steps.filter((step) => step === 'saved')).toHaveLength(1)
  })

  it('never sends the stored password to another proxy', async () => {
    const { port, asked } = await strictProxy('secret')
    const service = open()
    await service.set({ proxy: proxyAt(1), password: 'secret' })
    expect(await service.test({ proxy: proxyAt(port) })).toBe('denied')
    expect(asked).toEqual([''])
  })

  it('does not help a page to look for open ports', async () => {
    const service = open()
    const port = await servers.closedPort()
    for (let count = 0; count < 20; count++) await service.test({ proxy: proxyAt(port) })
    await expect(service.test({ proxy: proxyAt(port) })).rejects.toMatchObject({ code: 'refused' })
    time += 60_001
    expect(await service.test({ proxy: proxyAt(port) })).toBe('silent')
  })
})
