import type { Page } from 'playwright-core'
import { createPlatform, type Platform } from '../../src/renderer/platform/bridge.ts'

/** Calls the bridge of an app under test from outside, as its page does. It receives no events. */
export function bridgeOf(page: Page): Platform {
  return createPlatform({
    async call(method, args) {
      const result = await page.evaluate(([method, args]) => window.perch?.call(method, args), [
        method,
        args,
      ] as const)
      if (result === undefined) throw new Error('The page has no bridge.')
      return result
    },
    listen: () => () => undefined,
  })
}
