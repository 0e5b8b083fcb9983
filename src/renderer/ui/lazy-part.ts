import { lazy, type ComponentType, type LazyExoticComponent } from 'react'

type Load = () => Promise<unknown>
const loads: Load[] = []

/** Adds code that `preloadParts` will load. */
export function loadWhenIdle(load: Load): void {
  loads.push(load)
}

/** Returns a component whose code is not part of the first load. Its code loads in `preloadParts`, or when it is first rendered, whichever comes first. */
export function lazyPart<P>(load: () => Promise<ComponentType<P>>): LazyExoticComponent<ComponentType<P>> {
  loadWhenIdle(load)
  return lazy(async () => ({ default: await load() }))
}

/** Loads the code of all lazy parts, one after another while the window is idle. */
export async function preloadParts(): Promise<void> {
  // The array can grow during this loop: a loaded part may have lazy parts itself.
  for (const load of loads) {
    await new Promise((resolve) => requestIdleCallback(resolve, { timeout: IDLE_TIMEOUT_MS }))
    await load()
  }
}

const IDLE_TIMEOUT_MS = 2000
