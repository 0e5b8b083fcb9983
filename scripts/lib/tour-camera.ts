import { join } from 'node:path'
import type { Person } from '../../tests/support/people.ts'

export const wide = { width: 1100, height: 720 }
const narrow = { width: 560, height: 720 }

/** Takes the pictures of a tour, each in both themes. */
export interface Camera {
  shoot: (person: Person, name: string) => Promise<void>
  /** The screen in a narrow window. */
  shootNarrow: (person: Person, name: string) => Promise<void>
  /** The screen laid out from right to left. */
  shootMirrored: (person: Person, name: string) => Promise<void>
  /** The screen in each of these ways. */
  shootEveryWay: (person: Person, name: string) => Promise<void>
}

export function createCamera(directory: string): Camera {
  const shoot: Camera['shoot'] = (person, name) => screenshot(person, join(directory, name))
  const camera: Camera = {
    shoot,
    async shootNarrow(person, name) {
      await resize(person, narrow)
      await shoot(person, `${name}-narrow`)
      await resize(person, wide)
    },
    async shootMirrored(person, name) {
      await setDirection(person, 'rtl')
      await shoot(person, `${name}-right-to-left`)
      await setDirection(person, 'ltr')
    },
    async shootEveryWay(person, name) {
      await shoot(person, name)
      await camera.shootNarrow(person, name)
      await camera.shootMirrored(person, name)
    },
  }
  return camera
}

function setDirection({ perch: { page } }: Person, direction: 'ltr' | 'rtl'): Promise<void> {
  return page.evaluate((dir) => void (document.documentElement.dir = dir), direction)
}

export async function resize({ perch }: Person, size: { width: number; height: number }): Promise<void> {
  await perch.app.evaluate(
    ({ BrowserWindow }, { width, height }) =>
      BrowserWindow.getAllWindows()[0]?.setBounds({ x: 0, y: 0, width, height }),
    size,
  )
  await perch.page.waitForFunction((width) => Math.abs(innerWidth - width) < 40, size.width)
}

/** Takes a screenshot in both themes; `path` has no extension. */
async function screenshot({ perch: { page } }: Person, path: string): Promise<void> {
  await page.mouse.move(1, 1)
  await page.evaluate(() => document.fonts.ready)
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.locator(`html[data-theme=${colorScheme}]`).waitFor()
    await page.screenshot({ path: `${path}-${colorScheme}.png`, animations: 'disabled', caret: 'hide' })
  }
}
