// Loaded before an app's main, in plain Node: an `electron` that does nothing. When the app asks for its first page, the process
// prints the time (ms since the epoch) and ends.
import { writeSync } from 'node:fs'
import { registerHooks } from 'node:module'

function askForPage() {
  writeSync(1, String(performance.timeOrigin + performance.now()))
  process.exit(0)
}

/** It can be called and created, and it has every property. The result is always itself. */
const anything = new Proxy(function anything() {}, {
  apply: () => anything,
  construct: () => anything,
  get(_, key) {
    if (key === 'loadURL') return askForPage
    if (key === Symbol.toPrimitive) return () => ''
    // Without `then` it is not a promise.
    return key === 'then' ? undefined : anything
  },
})

/** An object with these properties; every other property is `anything`. */
const having = (properties) => new Proxy(properties, { get: (target, key) => target[key] ?? anything })

const app = having({
  isPackaged: false,
  commandLine: having({ getSwitchValue: () => '' }),
  getLocale: () => 'en',
  getVersion: () => '0.0.0',
  getAppPath: () => import.meta.dirname,
  getPath: () => process.env.BENCH_PROFILE,
  whenReady: () => Promise.resolve(),
})
/** The names of Electron's modules that main imports. A new one must be added. */
const names =
  'autoUpdater BrowserWindow clipboard ClipboardItem dialog globalShortcut ipcMain Menu nativeImage nativeTheme net Notification powerMonitor powerSaveBlocker protocol safeStorage session shell systemPreferences Tray'
const electron = {
  app,
  screen: { getAllDisplays: () => [] },
  ...Object.fromEntries(names.split(' ').map((name) => [name, anything])),
}

Object.assign(globalThis, { benchElectron: electron })
const url = 'bench:electron'
// electron-store also imports the default export.
const source = `export default globalThis.benchElectron; export const { ${Object.keys(electron).join(', ')} } = globalThis.benchElectron`
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url, shortCircuit: true } : next(specifier, context),
  load: (loaded, context, next) =>
    loaded === url ? { format: 'module', source, shortCircuit: true } : next(loaded, context),
})
