import { randomBytes } from 'node:crypto'
import { describe, expect, inject, it } from 'vitest'
import type { Backend } from '#shared/backend.ts'
import { directChatId, type ChatId } from '#shared/domain/ids.ts'
import { newObjectId, sha256Schema, type Attachment } from '#shared/messages/attachment.ts'
import { attachmentOf } from '#shared/messages/body.ts'
import type { Message } from '#shared/messages/envelope.ts'
import type { BodyOf } from '#shared/messages/kinds/index.ts'
import { forwardMessage } from '../../src/renderer/services/conversation/forward-message.ts'
import { shownMessages, type TestClient } from '../support/client.ts'
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts'
import { chattingPair, person, shown, startAgain, untilFlushed, untilSent } from './people.ts'

/** The SHA-256 of no file here. */
const NO_FILE = sha256Schema.parse('0'.repeat(64))
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/** The bytes of something that begins as a picture does. */
function picture(size: number): Blob {
  return new Blob([PNG, randomBytes(size - PNG.length)], { type: 'image/png' })
}

/** Imports the bytes, as the page does with a picked file. */
async function photoOf(client: TestClient, file: Blob): Promise<BodyOf<'photo'>> {
  const { sha256, size } = await (await client.services.media()).importFile(file)
  return {
    kind: 'photo',
    file: { object: newObjectId(), size, sha256, mime: 'image/png', enc: null },
    width: 40,
    height: 30,
    hash: '',
  }
}

async function sendPhoto(client: TestClient, chatId: ChatId, file: Blob): Promise<void> {
  await client.services.conversation.send(chatId, await photoOf(client, file))
}

function files(client: TestClient): Attachment[] {
  return shownMessages(client.store.getState()).flatMap(({ body }) => attachmentOf(body) ?? [])
}

/** Downloads the newest file of the open chat, and reads it as the page does. */
async function receive(client: TestClient, chatId: ChatId): Promise<Buffer> {
  const file = files(client).at(-1)
  if (file === undefined) throw new Error('there is no file')
  await (await client.services.media()).download({ chatId }, file)
  expect(client.store.getState().transfers.get(file.object)).toBeUndefined()
  const response = await client.media(file.sha256, file.mime)
  expect(response.headers.get('content-type')).toBe('image/png')
  return Buffer.from(await response.arrayBuffer())
}

async function bytesOf(file: Blob): Promise<Buffer> {
  return Buffer.from(await file.arrayBuffer())
}

/** Returns the backend with a proxy in front of Storage. */
async function proxied(): Promise<{ backend: Backend; proxy: TcpProxy }> {
  const backend = inject('backend')
  if (backend.emulator === null) throw new Error('This works only with the local backend.')
  const proxy = await startTcpProxy(backend.emulator.storagePort)
  return { backend: { ...backend, emulator: { ...backend.emulator, storagePort: proxy.port } }, proxy }
}

const failed = ({ delivery }: Message): boolean => delivery === 'failed'

describe('a document', () => {
  it.each(['text/html', 'application/vnd.oasis.opendocument.text'])('of type %s arrives', async (mime) => {
    const { ada, ben, chatId } = await chattingPair()
    const bytes = new Blob(['<p>Hello</p>'], { type: mime })
    const { sha256, size } = await (await ada.services.media()).importFile(bytes)
    const file = { object: newObjectId(), size, sha256, mime, enc: null }
    await ada.services.conversation.send(chatId, { kind: 'file', file, name: 'Hello.html' })
    await ben.until('the document', () => files(ben).length === 1)
    expect(files(ben)).toEqual([file])
    await (await ben.services.media()).download({ chatId }, file)
    expect(Buffer.from(await (await ben.media(sha256, mime)).arrayBuffer())).toEqual(await bytesOf(bytes))
  })
})

describe('a photo', () => {
  it('arrives byte-identical, in the order in which it was sent', async () => {
    const { ada, ben, chatId } = await chattingPair()
    const [large, small] = [picture(3_000_000), picture(2000)]
    await sendPhoto(ada, chatId, large)
    await sendPhoto(ada, chatId, small)
    await ben.until('both photos', () => files(ben).length === 2)
    expect(files(ben).map(({ size }) => size)).toEqual([3_000_000, 2000])
    expect((await receive(ben, chatId)).equals(await bytesOf(small))).toBe(true)
    await untilSent(ada)
    await untilFlushed(ada)
  })

  it('is uploaded once per chat, however often it is sent', async () => {
    const { ada, ben, chatId } = await chattingPair()
    const file = picture(5000)
    await sendPhoto(ada, chatId, file)
    await sendPhoto(ada, chatId, file)
    await untilSent(ada)
    await sendPhoto(ada, chatId, file)
    await ben.until('three messages', () => files(ben).length === 3)
    expect(new Set(files(ben).map(({ object }) => object)).size).toBe(1)
  })

  it('is forwarded to another chat, and uploaded there once', async () => {
    const [{ ada, ben, chatId }, cid] = await Promise.all([chattingPair(), person('Cid')])
    const file = picture(5000)
    await sendPhoto(ada, chatId, file)
    await ben.until('the photo', () => files(ben).length === 1)
    const source = shownMessages(ben.store.getState()).at(-1)
    if (source === undefined) throw new Error('The photo is missing.')
    await ben.services.chats.openDirect(cid.me)
    const target = directChatId(ben.me, cid.me)
    for (const count of [1, 2]) {
      const isSent = await forwardMessage(ben.services, source, {
        chatIds: [target],
        isWanted: () => true,
        onSent: () => undefined,
      })
      expect(isSent).toBe(true)
      await ben.until('the copy', () => files(ben).length === count)
      await untilSent(ben)
    }
    await cid.until('the chat', ({ chats }) => chats.has(target))
    await cid.services.conversation.open(target)
    await cid.until('both copies', () => files(cid).length === 2)
    const [first, second] = files(cid)
    expect(first?.object).toBe(second?.object)
    expect(first?.object).not.toBe(files(ada).at(-1)?.object)
    expect((await receive(cid, target)).equals(await bytesOf(file))).toBe(true)
  })

  it('is the first message of a chat, and of a group that is not on the wire yet', async () => {
    const [ada, ben] = await Promise.all([person('Ada'), person('Ben')])
    await ada.services.chats.createGroup('Photos', [ben.me])
    const group = ada.store.getState().navigation.openChatId
    if (group === null) throw new Error('the group is not open')
    const file = picture(5000)
    await sendPhoto(ada, group, file)
    await ben.until('the group', ({ chats }) => chats.has(group))
    await ben.services.conversation.open(group)
    await ben.until('the photo', () => files(ben).length === 1)
    expect((await receive(ben, group)).equals(await bytesOf(file))).toBe(true)
  })

  it('cannot be read by someone who is not a member', async () => {
    const [{ ada, ben, chatId }, eve] = await Promise.all([chattingPair(), person('Eve')])
    await sendPhoto(ada, chatId, picture(5000))
    await ben.until('the photo', () => files(ben).length === 1)
    const [file] = files(ben)
    if (file === undefined) throw new Error('there is no file')
    await (await eve.services.media()).download({ chatId }, file)
    expect(eve.store.getState().transfers.get(file.object)).toEqual({ state: 'failed', failure: 'denied' })
    expect((await eve.media(file.sha256, file.mime)).status).toBe(404)
  })

  it('is not kept when it is not what the message says', async () => {
    const { ada, ben, chatId } = await chattingPair()
    await sendPhoto(ada, chatId, picture(5000))
    await ben.until('the photo', () => files(ben).length === 1)
    const [file] = files(ben)
    if (file === undefined) throw new Error('there is no file')
    const media = await ben.services.media()
    for (const lie of [{ size: 4999 }, { size: 5001 }, { sha256: NO_FILE }]) {
      await media.download({ chatId }, { ...file, ...lie })
      expect(ben.store.getState().transfers.get(file.object)).toEqual({ state: 'failed', failure: 'damaged' })
    }
    await media.download({ chatId }, file)
    expect(ben.store.getState().files.get(file.sha256)).toBe(true)
  })
})

describe('an upload', () => {
  it('continues after the network was cut, while texts do not wait for it', async () => {
    const { backend, proxy } = await proxied()
    const { ada, ben, chatId } = await chattingPair({ backend })
    const file = picture(2_000_000)
    proxy.cut()
    await sendPhoto(ada, chatId, file)
    await ada.send(chatId, 'a text')
    await ben.until('the text', () => shown(ben).includes('a text'))
    expect(files(ben)).toEqual([])
    proxy.restore()
    await ben.until('the photo', () => files(ben).length === 1)
    expect((await receive(ben, chatId)).equals(await bytesOf(file))).toBe(true)
    await proxy.stop()
  })

  it('continues after the app was closed', async () => {
    const { backend, proxy } = await proxied()
    const { ada, ben, chatId } = await chattingPair({ backend })
    const file = picture(2_000_000)
    proxy.cut()
    await sendPhoto(ada, chatId, file)
    await ada.close()
    proxy.restore()
    await startAgain(ada, { backend }).signIn(ada.phone)
    await ben.until('the photo', () => files(ben).length === 1)
    expect((await receive(ben, chatId)).equals(await bytesOf(file))).toBe(true)
    await proxy.stop()
  })

  it('rests while it is paused', async () => {
    const { backend, proxy } = await proxied()
    const { ada, ben, chatId } = await chattingPair({ backend })
    proxy.cut()
    await sendPhoto(ada, chatId, picture(5000))
    const [file] = files(ada)
    if (file === undefined) throw new Error('there is no file')
    await ada.until('an upload', ({ transfers }) => transfers.get(file.object)?.state === 'running')
    const media = await ada.services.media()
    media.pause(file.object)
    expect(ada.store.getState().transfers.get(file.object)?.state).toBe('paused')
    proxy.restore()
    media.resume(file.object)
    await ben.until('the photo', () => files(ben).length === 1)
    await untilFlushed(ada)
    expect(ada.store.getState().transfers.size).toBe(0)
    await proxy.stop()
  })

  it('ends when its message is deleted', async () => {
    const { backend, proxy } = await proxied()
    const { ada, chatId } = await chattingPair({ backend })
    proxy.cut()
    await sendPhoto(ada, chatId, picture(5000))
    const message = shownMessages(ada.store.getState()).at(-1)
    if (message === undefined) throw new Error('there is no message')
    await ada.services.conversation.discard(message.id)
    await ada.until('no message', () => files(ada).length === 0)
    await ada.until('no transfer', ({ transfers }) => transfers.size === 0)
    const kinds = (await ada.pending()).map(({ kind }) => kind)
    expect(kinds.filter((kind) => kind === 'send' || kind === 'upload')).toEqual([])
    await proxy.stop()
  })

  it('fails with its message when the bytes are not on this machine any more', async () => {
    const { ada, chatId } = await chattingPair()
    const body = await photoOf(ada, picture(5000))
    await ada.services.conversation.send(chatId, { ...body, file: { ...body.file, sha256: NO_FILE } })
    await ada.until('a failure', (state) => shownMessages(state).some(failed))
    expect(shownMessages(ada.store.getState()).find(failed)?.failure).toBe('lost')
  })
})

describe('staged files', () => {
  it('survive a restart', async () => {
    const { ada, chatId } = await chattingPair()
    const { file } = await photoOf(ada, picture(5000))
    const item = {
      id: crypto.randomUUID(),
      kind: 'photo' as const,
      sha256: file.sha256,
      size: file.size,
      mime: file.mime,
      name: 'beach.png',
      width: 40,
      height: 30,
      hash: '',
      duration: null,
      caption: 'look',
      asFile: false,
    }
    await ada.services.conversation.setStaged(chatId, [item])
    await ada.close()
    const again = startAgain(ada)
    await again.until('the chat', ({ chats }) => chats.get(chatId)?.staged.length === 1)
    expect(again.store.getState().chats.get(chatId)?.staged).toEqual([item])
    ;(await again.services.media()).look(file.sha256)
    await again.until('the file is here', (state) => state.files.get(file.sha256) === true)
  })
})
