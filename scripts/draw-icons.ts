import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { ensureChromium } from './lib/chromium.ts'
import { runCommand } from './lib/command.ts'
import { note, step } from './lib/console.ts'
import { ICNS_SIZES, icnsFile, icoFile, iconImage, type IconImage } from './lib/icon-files.ts'
import { root } from './lib/paths.ts'

const help = `
node scripts/run.mjs draw-icons

Draws the pictures in assets/ from the two SVGs there: the app icon, also as icons of Windows and macOS, and the tray icon in
colour and as macOS templates, with and without the mark for unread messages, and pale while notifications are muted. Run it
after changing an SVG and commit what it draws.
`

const APP_SIZES = [16, 24, 32, 48, 64, 128, 256, 512]
/** What Windows shows in lists, on the taskbar and on the desktop, at 100, 125, 150 and 200 percent. */
const WINDOWS_SIZES = [16, 20, 24, 32, 40, 48, 64, 128, 256]
const COLOUR = '#2fb795'
const MARK = '#e5484d'

const TRAY_ICONS = {
  tray: { unread: false, paused: false },
  'tray-unread': { unread: true, paused: false },
  'tray-paused': { unread: false, paused: true },
  'tray-paused-unread': { unread: true, paused: true },
}

const assets = join(root, 'assets')

await runCommand(help, async () => {
  const browser = await chromium.launch({ executablePath: await ensureChromium() })
  try {
    const page = await browser.newPage()
    const appIcon = readFileSync(join(assets, 'icon.svg'), 'utf8')
    step('Drawing the app icon')
    for (const size of APP_SIZES) await draw(page, appIcon, size, `icons/${size}x${size}.png`)
    await draw(page, appIcon, 1024, 'icon.png')
    writeAsset('icon.ico', icoFile(await images(page, appIcon, WINDOWS_SIZES)))
    writeAsset('icon.icns', icnsFile(await images(page, withMargin(appIcon), ICNS_SIZES)))
    step('Drawing the tray icons and the badge')
    await draw(page, badge(), 32, 'badge.png')
    for (const [name, look] of Object.entries(TRAY_ICONS)) {
      for (const [scale, suffix] of [
        [1, ''],
        [2, '@2x'],
      ] as const) {
        await draw(page, trayIcon(look, COLOUR, MARK), 24 * scale, `tray/${name}${suffix}.png`)
        // macOS uses only the alpha channel of a template image: black shape, transparent ring around the mark.
        await draw(page, trayIcon(look, '#000', '#000'), 16 * scale, `tray/${name}Template${suffix}.png`)
      }
    }
  } finally {
    await browser.close()
  }
  return 0
})

interface Look {
  unread: boolean
  paused: boolean
}

/** Returns the bird in one colour. A mark is a disc in the upper left corner, with a gap cut around it. */
function trayIcon({ unread, paused }: Look, colour: string, mark: string): string {
  const svg = readFileSync(join(assets, 'tray/tray.svg'), 'utf8').replace('<svg ', `<svg color="${colour}" `)
  const bird = paused ? svg.replace(/>/, '><g opacity=".5">').replace('</svg>', '</g></svg>') : svg
  if (!unread) return bird
  const disc = `<circle cx="9" cy="9" r="9" fill="${mark}" />`
  const mask =
    '<mask id="m"><rect width="48" height="48" fill="#fff" /><circle cx="9" cy="9" r="11.5" fill="#000" /></mask>'
  return bird.replace(/>/, `>${mask}<g mask="url(#m)">`).replace('</svg>', `</g>${disc}</svg>`)
}

/** Overlay of the taskbar button on Windows while messages are unread. */
function badge(): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><circle cx="8" cy="8" r="7" fill="${MARK}" /></svg>`
}

/** Icons on macOS fill 824 of 1024 pixels; this one fills 896 of its 1024. */
function withMargin(svg: string): string {
  return svg.replace('viewBox="0 0 1024 1024"', 'viewBox="-45 -45 1114 1114"')
}

async function images(page: Page, svg: string, sizes: readonly number[]): Promise<IconImage[]> {
  const drawn: IconImage[] = []
  for (const size of sizes) drawn.push(iconImage(await picture(page, svg, size)))
  return drawn
}

async function draw(page: Page, svg: string, size: number, file: string): Promise<void> {
  writeAsset(file, await picture(page, svg, size))
}

async function picture(page: Page, svg: string, size: number): Promise<Buffer> {
  await page.setViewportSize({ width: size, height: size })
  await page.setContent(
    `<style>body { margin: 0 } svg { display: block; width: ${size}px; height: ${size}px }</style>${svg}`,
  )
  return page.screenshot({ omitBackground: true })
}

function writeAsset(file: string, content: Buffer): void {
  writeFileSync(join(assets, file), content)
  note(`assets/${file}`)
}
