import type { Page } from 'playwright-core'
import { createPlatform, type Platform } from '../../src/renderer/platform/bridge.ts'

/** The bridge of an app under test, called from outside as its page would call it. It hears no events. */
export function bridgeOf(page: Page): Platform {
  return createPlatform({
    async call(method, args) {
      const answer = await page.evaluate(([method, args]) => window.perch?.call(method, args), [
        method,
        args,
      ] as const)
      if (answer === undefined) throw new Error('The page has no bridge.')
      return answer
    },
    listen: () => () => undefined,
  })
}
