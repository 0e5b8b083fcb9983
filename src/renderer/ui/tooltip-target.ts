/*
 * Decides which control shows its tooltip: the one under the pointer after a moment, or the one that the keyboard has focused. A control
 * has a tooltip when it has the attribute `data-tooltip`.
 */

/** The pointer must rest on a control for this time, in ms. */
const DELAY_MS = 500
/** Within this time after a tooltip was shown, the next one appears at once, in ms. */
const WARM_MS = 400

/** Calls `show` with the control, or with null when no tooltip is shown. Returns a function that ends this. */
export function watchTooltipTarget(show: (control: HTMLElement | null) => void): () => void {
  let hovered: HTMLElement | null = null
  let shown: HTMLElement | null = null
  let warmUntil = -Infinity
  let timer: ReturnType<typeof setTimeout> | undefined

  const set = (control: HTMLElement | null): void => {
    clearTimeout(timer)
    if (control === shown) return
    if (shown !== null) warmUntil = performance.now() + WARM_MS
    shown = control
    show(control)
  }
  const hide = (): void => set(null)
  const onPointerOver = ({ target, pointerType }: PointerEvent): void => {
    const control = pointerType === 'touch' ? null : controlOf(target)
    if (control === hovered) return
    hovered = control
    const isWarm = shown !== null || performance.now() < warmUntil
    hide()
    if (control !== null) timer = setTimeout(() => set(control), isWarm ? 0 : DELAY_MS)
  }
  const onFocusIn = ({ target }: FocusEvent): void => {
    const control = controlOf(target)
    if (control?.matches(':focus-visible') === true) set(control)
  }

  const ended = new AbortController()
  const { signal } = ended
  document.addEventListener('pointerover', onPointerOver, { signal })
  document.documentElement.addEventListener('pointerleave', hide, { signal })
  document.addEventListener('focusin', onFocusIn, { signal })
  document.addEventListener('focusout', hide, { signal })
  // What the person does next must not be covered.
  document.addEventListener('pointerdown', hide, { signal, capture: true })
  document.addEventListener('keydown', hide, { signal, capture: true })
  document.addEventListener('wheel', hide, { signal, capture: true, passive: true })
  window.addEventListener('blur', hide, { signal })
  return () => {
    clearTimeout(timer)
    ended.abort()
  }
}

function controlOf(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('[data-tooltip]') : null
}
