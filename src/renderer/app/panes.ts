/** The panes in the order of F6. The notices count as one while there are any. */
const PANES = 'nav, [data-pane], [data-notices]:has(button)'

/** What gets the focus in a pane, best first: the text field or the row in the tab order, else the first control. */
const TARGETS = [
  '[role="list"] [tabindex="0"], textarea',
  'button:not(:disabled, [tabindex="-1"]), input, a[href], [tabindex="0"]',
]

function focusTarget(pane: Element): HTMLElement | undefined {
  const focusable = TARGETS.flatMap((selector) => [...pane.querySelectorAll<HTMLElement>(selector)])
  return focusable.find((element) => element.checkVisibility())
}

/** Moves the focus to the next (1) or previous (-1) visible pane, from the last to the first. */
export function focusPane(step: 1 | -1): void {
  const panes = [...document.querySelectorAll(PANES)].filter((pane) => focusTarget(pane) !== undefined)
  const index = panes.findIndex((pane) => pane.contains(document.activeElement))
  const from = index === -1 && step === -1 ? 0 : index
  const pane = panes.at((from + step) % panes.length)
  if (pane !== undefined) focusTarget(pane)?.focus()
}
