// A minimal app that uses the same parts of Electron as Perch. host.spec.ts tests the host with it.
import {
  app,
  BrowserWindow,
  ipcMain,
  Menu,
  nativeImage,
  net,
  Notification,
  protocol,
  session,
  shell,
  Tray,
} from 'electron'
import { once } from 'node:events'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'

const emulator = process.env.TOY_EMULATOR ?? ''
const policy = `default-src 'none'; script-src 'self'; connect-src 'self' ${emulator}`
const pages = {
  '/': [
    'text/html',
    '<!doctype html><html lang="en"><title>Toy</title><h1>Toy</h1><script src="/page.js"></script>',
  ],
  '/page.js': [
    'text/javascript',
    'document.title = "ran"; window.heard = []; toy.listen((e) => heard.push(e))',
  ],
}
const references = new Set() // prevents garbage collection
let window
let quitting = false

app.setPath('userData', app.commandLine.getSwitchValue('user-data-dir'))
protocol.registerSchemesAsPrivileged([
  { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
])
if (app.requestSingleInstanceLock()) void start()
else app.quit()

function open() {
  window = new BrowserWindow({
    width: 900,
    height: 600,
    show: false,
    webPreferences: {
      preload: join(import.meta.dirname, 'preload.cjs'),
      sandbox: true,
      contextIsolation: true,
    },
  })
  window.on('close', (event) => {
    if (quitting) return
    event.preventDefault()
    window.hide()
  })
  window.once('ready-to-show', () => window.show())
  window.webContents.on('render-process-gone', () => window.webContents.reload())
  window.webContents.on('will-navigate', (event) => {
    if (!event.url.startsWith('app://toy/')) event.preventDefault()
  })
  window.webContents.setWindowOpenHandler(({ url }) => {
    void shell.openExternal(url)
    return { action: 'deny' }
  })
  return window.loadURL('app://toy/')
}

/** Opens a page under a fake host name in a separate partition. Returns what the page posts. */
async function verify() {
  const partition = session.fromPartition('verify')
  const { promise, resolve } = Promise.withResolvers()
  if (!partition.protocol.isProtocolHandled('https')) {
    partition.protocol.handle('https', async (request) => {
      const url = new URL(request.url)
      if (url.host !== 'auth.example') return net.fetch(request, { bypassCustomProtocolHandlers: true })
      if (url.pathname === '/done') {
        verify.done(await request.text())
        return new Response(null, { status: 204 })
      }
      if (url.pathname === '/frame')
        return new Response('<p>framed</p>', { headers: { 'content-type': 'text/html' } })
      return new Response(
        `<!doctype html><script>fetch('/done', { method: 'POST', body: location.href + ' ' + isSecureContext })</script>
        <iframe src="https://auth.example/frame"></iframe>`,
        { headers: { 'content-type': 'text/html' } },
      )
    })
  }
  verify.done = resolve
  const challenge = new BrowserWindow({ webPreferences: { session: partition, sandbox: true } })
  await challenge.loadURL('https://auth.example/challenge')
  const said = await promise
  const shown = await challenge.webContents.executeJavaScript('localStorage.length + " " + frames.length')
  challenge.destroy()
  await once(challenge, 'closed')
  return { said, shown }
}

async function start() {
  app.on('second-instance', (_event, argv) => window.webContents.send('event', argv.at(-1)))
  app.on('before-quit', () => (quitting = true))
  app.on('window-all-closed', () => {})
  await app.whenReady()
  protocol.handle('app', async ({ url }) => {
    const [type, body] = pages[new URL(url).pathname] ?? []
    if (!type) return new Response(null, { status: 404 })
    return new Response(body, { headers: { 'content-type': type, 'content-security-policy': policy } })
  })
  ipcMain.handle('echo', (_event, value) => value)
  ipcMain.handle('fail', () => {
    throw new Error('boom')
  })
  ipcMain.handle('frame', ({ sender, senderFrame }) => ({
    url: senderFrame.url,
    origin: senderFrame.origin,
    top: senderFrame.parent === null,
    same: senderFrame === sender.mainFrame && sender === window.webContents,
  }))
  const worker = new Worker(join(import.meta.dirname, 'worker.js'), {
    workerData: join(app.getPath('userData'), 'toy.db'),
  })
  ipcMain.handle('store', async (_event, text) => {
    worker.postMessage(text)
    const [count] = await once(worker, 'message')
    return count
  })
  ipcMain.handle('notify', (_event, title) => {
    const notification = new Notification({ title, body: 'hello' })
    references.add(notification)
    notification.on('click', () => {
      window.show()
      window.webContents.send('event', `clicked ${title}`)
    })
    notification.show()
  })
  ipcMain.handle('verify', verify)
  const tray = new Tray(nativeImage.createEmpty())
  tray.setToolTip('Toy')
  tray.setContextMenu(
    Menu.buildFromTemplate([
      { label: 'Show', click: () => window.show() },
      { type: 'separator' },
      { label: 'Quit', click: () => app.quit() },
    ]),
  )
  references.add(tray)
  await open()
}
