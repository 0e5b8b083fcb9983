import type { Page } from 'playwright-core'
import { createPlatform, type AccountBridge } from '../../src/renderer/platform/bridge.ts'
import { userIdSchema } from '../../src/shared/domain/ids.ts'

/** The bridge of the account that is signed in to an app under test, called from outside its page. It receives no events. */
export async function bridgeOf(page: Page): Promise<AccountBridge> {
  const remembered = await page.evaluate(() => localStorage.getItem('perch.session') ?? '{}')
  const session: unknown = JSON.parse(remembered)
  const account = userIdSchema.parse(
    typeof session === 'object' && session !== null && 'uid' in session ? session.uid : undefined,
  )
  return createPlatform({
    async call(...call) {
      const answer = await page.evaluate((args) => window.perch?.call(...args), call)
      if (answer === undefined) throw new Error('The page has no bridge.')
      return answer
    },
    listen: () => () => undefined,
  }).account(account)
}
