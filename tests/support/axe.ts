import axe from 'axe-core'
import type { Page } from 'playwright-core'

declare global {
  interface Window {
    /** Exists only in pages that `axeFindings` has checked. */
    axe?: typeof axe
  }
}

export interface AxeOptions {
  /** Selector of elements that are not checked. */
  exclude?: string
  disabledRules?: readonly string[]
}

/**
 * Runs every axe rule on the page as it is now. Returns the id and the elements of each violated rule: expect an empty list.
 * To save time, axe is injected once per document, and only violations leave the page.
 */
export async function axeFindings(
  page: Page,
  { exclude, disabledRules = [] }: AxeOptions = {},
): Promise<string[]> {
  if (!(await page.evaluate(() => window.axe !== undefined))) await page.evaluate(axe.source)
  return page.evaluate(
    async ([excluded, rules]) => {
      if (window.axe === undefined) throw new Error('axe was not injected.')
      const { violations } = await window.axe.run(
        { exclude: [...excluded] },
        {
          resultTypes: ['violations'],
          rules: Object.fromEntries(rules.map((id) => [id, { enabled: false }])),
        },
      )
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('\n  ')}`)
    },
    [exclude === undefined ? [] : [exclude], disabledRules] as const,
  )
}
