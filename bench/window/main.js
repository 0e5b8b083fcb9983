// Minimal Electron app for comparison with Perch: one window with the page BENCH_PAGE of the folder BENCH_PAGES.
import { app, BrowserWindow, protocol } from 'electron'
import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'

const { BENCH_PAGES: folder = '', BENCH_PAGE: page = '' } = process.env
const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8' }

app.setPath('userData', app.commandLine.getSwitchValue('user-data-dir'))
protocol.registerSchemesAsPrivileged([
  { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
])
void app.whenReady().then(() => {
  protocol.handle('app', async ({ url }) => {
    const { pathname } = new URL(url)
    const body = await readFile(join(folder, pathname)).catch(() => null)
    if (body === null) return new Response(null, { status: 404 })
    return new Response(body, { headers: { 'content-type': types[extname(pathname)] ?? 'text/plain' } })
  })
  const window = new BrowserWindow({
    show: false,
    webPreferences: { sandbox: true, contextIsolation: true, backgroundThrottling: false },
  })
  window.once('ready-to-show', () => window.show())
  return window.loadURL(`app://bench/${page}`)
})
