import type { Page } from 'playwright-core'

const CONTROLS = [
  'a[href], button, input, textarea, select, article[data-message-id]',
  '[role="switch"], [role="combobox"], [role="option"], [role="menuitem"], [tabindex="0"]',
].join()
/** Elements of a group with one tab stop: arrow keys move between them. */
const MOVED_BY_ARROWS =
  '[data-row-id], [data-archive-row], [role="log"], [data-message-id], [role="menuitem"]'
/** Elements of a row with one tab stop: the arrow keys of the reading direction move between them. */
const MOVED_SIDEWAYS = '[role="tab"]'
const MAX_TABS = 150
/** The visit ends after this many presses in a row without a new control. More than the tab stops of any screen. */
const MAX_MISSES = 40
/** More than the rows that are mounted. */
const MAX_MOVES = 60

/** Waits until the code of all parts is loaded, and nothing has been added to the page for some frames: rows are measured. */
export async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle')
  await page.evaluate(async () => {
    for (let still = 0, size = -1; still < 12; still += 1) {
      await new Promise(requestAnimationFrame)
      const { length } = document.querySelectorAll('*')
      if (length !== size) still = 0
      size = length
    }
  })
}

/** What a key press has done. */
interface Step {
  hasMoved: boolean
  /** The focus is on an element that it had never been on. */
  isNew: boolean
  /** Every control has had the focus, so further keys prove nothing. */
  isComplete: boolean
  /** The keys that move the focus from where it is now. */
  arrows: 'upAndDown' | 'sideways' | 'none'
}

/**
 * Visits the page with Tab, and with arrow keys where they move the focus, until every control has had the focus. Returns the
 * controls that were there from the start and never had it: expect an empty list.
 */
export async function controlsOutOfReach(page: Page): Promise<string[]> {
  const visit = await page.evaluateHandle((selector) => {
    const isControl = (element: Element): boolean =>
      element.checkVisibility({ visibilityProperty: true }) &&
      element.closest('[inert], [aria-hidden="true"], [data-base-ui-inert]') === null &&
      // The digit fields of the sign-in code: typing a digit focuses the next one.
      !element.matches(':disabled, [data-disabled], [data-base-ui-focus-guard], input[tabindex="-1"]') &&
      // Arrow keys choose another radio button of the group, which would change the list.
      !element.matches('[type="radio"]:not(:checked)')
    // An open menu or dialog keeps the focus until it is closed.
    const popup = document.querySelector('[role="menu"], [role="dialog"], [role="alertdialog"]')
    const found = {
      controls: [...(popup ?? document).querySelectorAll(selector)].filter(isControl),
      reached: new Set<Element | null>([document.activeElement]),
      /** As the latest step left them. */
      focused: document.activeElement,
      count: 1,
    }
    document.addEventListener('focusin', ({ target }) => {
      if (target instanceof Element) found.reached.add(target)
    })
    return found
  }, CONTROLS)

  const look = (): Promise<Step> =>
    visit.evaluate(
      (found, [upAndDown, sideways]) => {
        const { activeElement } = document
        const { controls, reached } = found
        const step = {
          hasMoved: activeElement !== found.focused,
          isNew: reached.size > found.count,
          isComplete: controls.every((control) => !control.isConnected || reached.has(control)),
          arrows: activeElement?.matches(upAndDown)
            ? ('upAndDown' as const)
            : activeElement?.matches(sideways)
              ? ('sideways' as const)
              : ('none' as const),
        }
        found.focused = activeElement
        found.count = reached.size
        return step
      },
      [MOVED_BY_ARROWS, MOVED_SIDEWAYS] as const,
    )
  async function press(key: string): Promise<Step> {
    await page.keyboard.press(key)
    return look()
  }

  /** Presses the key until it does not move the focus any more. Returns whether the visit is complete. */
  async function exhaust(key: string): Promise<boolean> {
    for (let presses = 0; presses < MAX_MOVES; presses += 1) {
      const { hasMoved, isComplete } = await press(key)
      if (isComplete || !hasMoved) return isComplete
    }
    return false
  }
  async function moveByArrows({ arrows, isComplete }: Step): Promise<boolean> {
    if (isComplete || arrows === 'none') return isComplete
    if (arrows === 'sideways') return exhaust('ArrowRight')
    // ArrowUp can leave a list for its search field, ArrowDown enters it again.
    return (await exhaust('ArrowUp')) || exhaust('ArrowDown')
  }

  let isComplete = await moveByArrows(await look())
  // Tab leaves the page at its end, and enters it again at its start. Links in a message come
  // before the focused row, so only Shift+Tab reaches them.
  for (const key of ['Tab', 'Shift+Tab']) {
    for (
      let presses = 0, misses = 0;
      presses < MAX_TABS && misses < MAX_MISSES && !isComplete;
      presses += 1
    ) {
      const step = await press(key)
      isComplete = step.isNew && key === 'Tab' ? await moveByArrows(step) : step.isComplete
      misses = step.isNew ? 0 : misses + 1
    }
  }
  return visit.evaluate(({ controls, reached }) =>
    controls
      .filter((control) => control.isConnected && !reached.has(control))
      .map((control) => control.outerHTML.slice(0, 200)),
  )
}
