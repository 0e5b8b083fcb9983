import { join } from 'node:path'
import { BrowserWindow, nativeTheme, screen } from 'electron'
import { asset } from '../assets.ts'
import type { Translate } from '../i18n.ts'
import type { Log } from '../log/log.ts'
import { attachContextMenu } from '../menus/context-menu.ts'
import { INDEX_URL } from '../security/security-policy.ts'
import type { WindowState } from '../settings/settings-file.ts'
import { CRASH_URL, crashAction, type CrashAction } from './crash-page.ts'
import { createCrashPolicy } from './crash-policy.ts'
import { MIN_SIZE, openingBounds } from './window-bounds.ts'

/** The background colour of the page (ui/tokens.css), so that no other colour flashes before the first paint. */
const BACKGROUND = { light: '#ffffff', dark: '#14181b' }
const background = (): string => (nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light)

export interface PageWindowOptions {
  t: Translate
  log: Log
  /** Where the window was; null: it opens for the first time. */
  saved: WindowState | null
  /** The page is closed or loads again: it receives no events until it is ready. */
  onPageGone: () => void
  onCrashAction: (action: Exclude<CrashAction, 'reload'>) => void
  /** The window is closing for good: a process that ends now has not crashed. */
  isClosing: () => boolean
}

/** Creates the hidden window of the page. A page that crashes is loaded again, or replaced by the crash page. */
export function createPageWindow(options: PageWindowOptions): BrowserWindow {
  const { t, saved } = options
  const window = new BrowserWindow({
    ...openingBounds(
      saved,
      screen.getAllDisplays().map((display) => display.workArea),
    ),
    minWidth: MIN_SIZE.width,
    minHeight: MIN_SIZE.height,
    show: false,
    title: t('app.name'),
    icon: asset('icon.png'),
    backgroundColor: background(),
    autoHideMenuBar: true,
    webPreferences: {
      preload: join(import.meta.dirname, '../preload/index.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      // The page receives messages while the window is hidden in the tray. Throttled, it would get them up to a minute late.
      backgroundThrottling: false,
    },
  })
  // Keeps the app's title. Otherwise a chat could set the window title.
  window.on('page-title-updated', (event) => event.preventDefault())
  const onThemeUpdated = (): void => window.setBackgroundColor(background())
  nativeTheme.on('updated', onThemeUpdated)
  window.on('closed', () => nativeTheme.off('updated', onThemeUpdated))
  recoverFromCrashes(window, options)
  window.webContents.on('did-navigate', () => options.onPageGone())
  attachContextMenu(window, t)
  return window
}

function recoverFromCrashes(
  { webContents: contents }: BrowserWindow,
  { log, onPageGone, onCrashAction, isClosing }: PageWindowOptions,
): void {
  const nextStep = createCrashPolicy()
  const load = (url: string): void => {
    contents.loadURL(url).catch((error: unknown) => log.write('error', 'could not load the page', url, error))
  }
  contents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (isClosing() || reason === 'clean-exit') return
    onPageGone()
    const onCrashPage = contents.getURL() === CRASH_URL
    const step = nextStep(performance.now())
    log.write('error', 'renderer gone', reason, exitCode, step)
    // If the crash page itself crashed, loading it again would only crash again.
    if (!onCrashPage) load(step === 'reload' ? INDEX_URL : CRASH_URL)
  })
  contents.on('unresponsive', () => log.write('warn', 'renderer unresponsive'))
  contents.on('preload-error', (_event, _path, error) => log.write('error', 'preload failed', error))
  contents.on('will-navigate', ({ url }) => {
    const action = contents.getURL() === CRASH_URL ? crashAction(url) : undefined
    if (action === 'reload') load(INDEX_URL)
    else if (action !== undefined) onCrashAction(action)
  })
}
