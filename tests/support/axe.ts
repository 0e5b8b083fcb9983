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
  /** Runs only the rules about colours. A change of the theme changes nothing else. */
  coloursOnly?: boolean
}

/** Without the rules of level AAA, which are not run by default. */
const colourRules = axe
  .getRules(['cat.color'])
  .filter(({ tags }) => !tags.includes('wcag2aaa'))
  .map(({ ruleId }) => ruleId)

/**
 * Runs the axe rules on the page as it is now. Returns the id and the elements of each violated rule: expect an empty list.
 * To save time, axe is injected once per document, and only violations leave the page.
 */
export async function axeFindings(
  page: Page,
  { exclude, disabledRules = [], coloursOnly = false }: AxeOptions = {},
): Promise<string[]> {
  if (!(await page.evaluate(() => window.axe !== undefined))) await page.evaluate(axe.source)
  return page.evaluate(
    async ([excluded, disabled, only]) => {
      if (window.axe === undefined) throw new Error('axe was not injected.')
      const { violations } = await window.axe.run(
        { exclude: [...excluded] },
        {
          resultTypes: ['violations'],
          ...(only !== null && { runOnly: { type: 'rule', values: [...only] } }),
          rules: Object.fromEntries(disabled.map((id) => [id, { enabled: false }])),
        },
      )
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('\n  ')}`)
    },
    [exclude === undefined ? [] : [exclude], disabledRules, coloursOnly ? colourRules : null] as const,
  )
}
