import { createServer, type RequestListener, type Server } from 'node:http'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { IMAGE_LIMIT, previewMethods } from '#shared/bridge/preview.ts'
import { ada, me } from '#shared/domain/test-data.ts'
import { createLinkPreviews, type LinkPreviews } from './link-previews.ts'

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const page = (head: string): string => `<!doctype html><html><head>${head}</head><body>text</body></html>`

let server: Server
let origin: string
/** Responses of the server, by path. */
let answers: Record<string, RequestListener>
let requests: string[]
let time: number
let previews: LinkPreviews

const html =
  (body: string | Buffer, type = 'text/html'): RequestListener =>
  (_, response) =>
    response.writeHead(200, { 'content-type': type }).end(body)
const redirect =
  (to: string, status = 302): RequestListener =>
  (_, response) =>
    response.writeHead(status, { location: to }).end()
const image =
  (bytes: Buffer, type = 'image/png'): RequestListener =>
  (_, response) =>
    response.writeHead(200, { 'content-type': type }).end(bytes)

beforeEach(async () => {
  ;[answers, requests, time] = [{}, [], 0]
  server = createServer((request, response) => {
    const path = request.url ?? ''
    requests.push(path)
    const answer = answers[path]
    if (answer === undefined) response.writeHead(404).end()
    else answer(request, response)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  origin = `http://127.0.0.1:${String(typeof address === 'object' ? address?.port : 0)}`
  previews = open(origin)
})
afterEach(async () => {
  server.closeAllConnections()
  await new Promise((done) => server.close(done))
})

const open = (testOrigin: string | null): LinkPreviews =>
  createLinkPreviews(
    {
      resolve: () => Promise.reject(new Error('no network')),
      isDirect: () => Promise.resolve(true),
      testOrigin,
    },
    () => time,
  )

const fetch = (path = '/') => previews.fetch(me, path.startsWith('/') ? origin + path : path)

describe('a page', () => {
  it('is shown with its title, description and image', async () => {
    answers['/a'] = html(
      page('<title>T</title><meta name="description" content="D"><meta property="og:image" content="i.png">'),
    )
    answers['/i.png'] = image(PNG)
    const result = await fetch('/a')
    expect(result).toEqual({ title: 'T', description: 'D', image: new Uint8Array(PNG) })
    expect(previewMethods['preview.fetch'].result.safeParse(result).success).toBe(true)
  })

  it('is asked for without cookies and without the address that led here', async () => {
    let headers: NodeJS.Dict<string | string[]> = {}
    answers['/'] = (request, response) => {
      headers = request.headers
      response.writeHead(302, { location: '/b', 'set-cookie': 'a=b' }).end()
    }
    answers['/b'] = (request, response) => {
      headers = { ...headers, ...request.headers }
      html(page('<title>T</title>'))(request, response)
    }
    expect((await fetch())?.title).toBe('T')
    expect(Object.keys(headers).toSorted()).toEqual([
      'accept',
      'accept-encoding',
      'connection',
      'host',
      'user-agent',
    ])
  })

  it.each([
    ['it does not exist', 404, 'text/html'],
    ['it is an error', 500, 'text/html'],
    ['it is empty', 204, 'text/html'],
    ['it is no page', 200, 'application/json'],
    ['it has no type', 200, undefined],
    ['its type only begins like that of a page', 200, 'text/htmlx'],
  ])('is not shown when %s', async (_, status, type) => {
    answers['/'] = (__, response) =>
      response
        .writeHead(status, type === undefined ? {} : { 'content-type': type })
        .end(page('<title>T</title>'))
    expect(await fetch()).toBeNull()
  })

  it('is not shown when it is compressed', async () => {
    answers['/'] = (_, response) =>
      response.writeHead(200, { 'content-type': 'text/html', 'content-encoding': 'gzip' }).end('x')
    expect(await fetch()).toBeNull()
  })

  it('is read up to its head, though it never ends', async () => {
    answers['/'] = (_, response) => {
      response.writeHead(200, { 'content-type': 'text/html' })
      response.write('<title>Endless</title></he')
      setTimeout(() => response.write('ad><body>'), 20)
    }
    expect((await fetch())?.title).toBe('Endless')
  })

  it('is read up to its limit, though it never ends', async () => {
    let sent = 0
    answers['/'] = (_, response) => {
      response.writeHead(200, { 'content-type': 'text/html' })
      response.write('<title>Huge</title>')
      const more = (): void => {
        sent += 65_536
        if (!response.destroyed && sent < 50_000_000) response.write('x'.repeat(65_536), more)
      }
      more()
    }
    expect((await fetch())?.title).toBe('Huge')
    expect(sent).toBeLessThan(50_000_000)
  })

  it('is given up after five seconds', async () => {
    answers['/'] = (_, response) => {
      response.writeHead(200, { 'content-type': 'text/html' })
      const drip = setInterval(() => response.write('<b>'), 100)
      response.on('close', () => clearInterval(drip))
    }
    // The limit is checked, not waited for.
    const short = AbortSignal.timeout(300)
    const limit = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(short)
    expect(await fetch()).toBeNull()
    expect(limit.mock.calls).toEqual([[5000]])
    expect(short.aborted).toBe(true)
    limit.mockRestore()
  })

  it('is not shown when its connection breaks', async () => {
    answers['/'] = (_, response) => {
      response.writeHead(200, { 'content-type': 'text/html', 'content-length': '1000' })
      response.write('<title>Half')
      setTimeout(() => response.destroy(), 20)
    }
    expect(await fetch()).toBeNull()
  })

  it('is decoded as it says', async () => {
    answers['/'] = html(Buffer.from('<title>caf\xe9</title>', 'latin1'), 'text/html; charset=latin1')
    expect((await fetch())?.title).toBe('café')
  })
})

describe('a redirect', () => {
  it('is followed three times, not four', async () => {
    answers['/0'] = redirect('/1')
    answers['/1'] = redirect('/2', 301)
    answers['/2'] = redirect('/3', 307)
    answers['/3'] = redirect('/4', 308)
    answers['/4'] = html(page('<title>End</title>'))
    expect((await fetch('/1'))?.title).toBe('End')
    requests = []
    expect(await fetch('/0')).toBeNull()
    expect(requests).toEqual(['/0', '/1', '/2', '/3'])
  })
})

it('reaches a server on this machine only in a test', async () => {
  answers['/'] = html(page('<title>T</title>'))
  previews = open(null)
  expect(await fetch()).toBeNull()
  previews = open('http://127.0.0.1:1')
  expect(await fetch()).toBeNull()
  expect(requests).toEqual([])
})

describe('an image', () => {
  const withImage = (url: string): RequestListener =>
    html(page(`<title>T</title><meta property="og:image" content="${url}">`))

  it.each([
    ['its type is none of an image', image(PNG, 'text/plain')],
    ['it is an SVG file', image(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'image/svg+xml')],
    ['it does not begin as its type does', image(Buffer.from('<script>'), 'image/png')],
    ['it is too large', image(Buffer.concat([PNG, Buffer.alloc(IMAGE_LIMIT)]))],
    ['it is empty', image(Buffer.alloc(0))],
    ['it is somewhere private', redirect('http://10.0.0.1/i.png')],
  ])('is left out when %s', async (_, answer) => {
    answers['/'] = withImage('/i.png')
    answers['/i.png'] = answer
    expect(await fetch()).toEqual({ title: 'T', description: '', image: null })
  })

  it.each(['http://127.0.0.1:9/i.png', 'file:///etc/passwd', 'http://[', 'data:image/png;base64,AAAA'])(
    'is left out when it is %s',
    async (url) => {
      answers['/'] = withImage(url)
      expect(await fetch()).toEqual({ title: 'T', description: '', image: null })
      expect(requests).toEqual(['/'])
    },
  )

  it('may be as large as the limit', async () => {
    answers['/'] = withImage('/i.png')
    answers['/i.png'] = image(Buffer.concat([PNG, Buffer.alloc(IMAGE_LIMIT - PNG.length)]))
    expect((await fetch())?.image?.byteLength).toBe(IMAGE_LIMIT)
  })
})

it('refuses an account that asks too often, for a minute', async () => {
  answers['/'] = html(page('<title>T</title>'))
  for (let n = 0; n < 30; n += 1) expect((await fetch())?.title).toBe('T')
  await expect(fetch()).rejects.toMatchObject({ code: 'refused' })
  expect((await previews.fetch(ada, origin))?.title).toBe('T')
  time = 60_000
  expect((await fetch())?.title).toBe('T')
})
