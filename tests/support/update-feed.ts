/** A server with releases of the app, as a release folder on the web would have them. */
import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { newKeyPair, signFeed, type KeyPair } from '../../src/main/updates/signature.ts'

export interface Release {
  version: string
  artefact: string
  stagingPercentage?: number
}

export interface UpdateFeed {
  url: string
  keys: KeyPair
  /** Changes what the server sends, after it was signed. */
  change: { feed: (text: string) => string; artefact: (bytes: Buffer) => Buffer }
  /** The connection breaks after so many bytes of an artefact. */
  cutAfter: number
  /** The ranges that were asked for, of artefacts. */
  ranges: (string | undefined)[]
  publish(release: Release, keys?: KeyPair | null): void
  close(): void
}

const FEED = process.arch === 'x64' ? 'latest-linux.yml' : `latest-linux-${process.arch}.yml`
const unchanged: UpdateFeed['change'] = { feed: (text) => text, artefact: (bytes) => bytes }

export async function startUpdateFeed(): Promise<UpdateFeed> {
  let files = new Map<string, Buffer>()
  const server = createServer((request, response) => answer(feed, files, request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const feed: UpdateFeed = {
    url: `http://127.0.0.1:${String(typeof address === 'object' ? address?.port : 0)}/releases/`,
    keys: newKeyPair(),
    change: { ...unchanged },
    cutAfter: Infinity,
    ranges: [],
    publish({ version, artefact, stagingPercentage }, keys = feed.keys) {
      const bytes = Buffer.from(artefact)
      const name = `Perch-${version}.AppImage`
      const sha512 = createHash('sha512').update(bytes).digest('base64')
      const lines = [
        `version: ${version}`,
        `files:\n  - url: ${name}\n    sha512: ${sha512}\n    size: ${String(bytes.length)}`,
        `releaseNotes: "Calmer\\n<b>Faster</b>"`,
        ...(stagingPercentage === undefined ? [] : [`stagingPercentage: ${String(stagingPercentage)}`]),
      ]
      const text = `${lines.join('\n')}\n`
      const signed = keys === null ? text : signFeed(text, keys)
      files = new Map([
        [FEED, Buffer.from(feed.change.feed(signed))],
        [name, feed.change.artefact(bytes)],
      ])
      feed.change = { ...unchanged }
    },
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
  return feed
}

function answer(
  feed: UpdateFeed,
  files: ReadonlyMap<string, Buffer>,
  { url = '', headers }: IncomingMessage,
  response: ServerResponse,
): void {
  const name = decodeURIComponent(url.split('?')[0]?.split('/').at(-1) ?? '')
  const bytes = files.get(name)
  if (bytes === undefined) {
    response.writeHead(404).end()
    return
  }
  const isFeed = name === FEED
  if (!isFeed) feed.ranges.push(headers.range)
  const from = Number(/\d+/u.exec(headers.range ?? '')?.[0] ?? 0)
  const rest = bytes.subarray(from)
  response.writeHead(from > 0 ? 206 : 200, { 'content-length': rest.length })
  if (isFeed || rest.length <= feed.cutAfter) response.end(rest)
  else response.write(rest.subarray(0, feed.cutAfter), () => setTimeout(() => response.destroy(), 100))
}
