import { useEffect, useState } from 'react'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import { Bubbles, lastEvent, now, painted, timeOf, whenFound } from './painting.ts'

/*
 * Injected into the app's page during a measurement. Node calls `window.benchProbe`. It observes the page from outside; the
 * app does not know about it.
 */

const bubbles = new Bubbles()
const lastKey = lastEvent('keydown')
const lastClick = lastEvent('click')

/** A minimal React root beside the app's. F9 updates it. */
let emptyUpdate: Promise<number> | undefined
function Empty() {
  const [count, setCount] = useState(0)
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== 'F9') return
      const began = timeOf(event)
      setCount((before) => before + 1)
      emptyUpdate = painted().then((at) => at - began)
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
  return count
}

function mountEmpty(): void {
  const element = document.createElement('div')
  element.style.position = 'fixed'
  document.body.append(element)
  flushSync(() => createRoot(element).render(<Empty />))
}

interface ScrollReport {
  /** Times between frames, in ms. */
  frames: number[]
  /** The same, of a page that does nothing: how far the machine alone delays frames. */
  idle: number[]
  /** Number of different rows that were rendered. */
  rows: number
}

/** The attribute of a row, by what is scrolled. */
const ROW_ID = { messages: 'data-message-id', chats: 'data-chat-id' } as const
type Scrolled = keyof typeof ROW_ID

function scrollerOf(what: Scrolled): Element {
  let element = document.querySelector(`[${ROW_ID[what]}]`)?.closest('[role="log"], [role="list"]')
  while (element && element.scrollHeight <= element.clientHeight) element = element.parentElement
  if (!element) throw new Error(`No ${what} scroll.`)
  return element
}

/** Calls `step` in each frame until it returns false. Resolves with the times between frames in ms. */
function eachFrame(step: () => boolean): Promise<number[]> {
  return new Promise((done) => {
    const frames: number[] = []
    let before: number | undefined
    const next = (): void => {
      const at = now()
      if (before !== undefined) frames.push(at - before)
      before = at
      if (step()) requestAnimationFrame(next)
      else done(frames)
    }
    requestAnimationFrame(next)
  })
}

const probe = {
  /** Time of the last keydown. */
  keyAt: lastKey,
  /** Time when the numbered message was painted in the open chat. */
  bubbleAt: (number: number) => bubbles.painted(number),
  /** Time from the last F9 to the paint of an empty React update, in ms. */
  emptyUpdate: async () => (await emptyUpdate) ?? Number.NaN,
  /** Time from the next click to the paint of the first message with this id prefix, in ms. */
  async opened(idPrefix: string): Promise<number> {
    await whenFound(() => document.querySelector(`[data-message-id^="${idPrefix}"]`) ?? undefined)
    return (await painted()) - lastClick()
  },
  /** Resolves when the page has been idle several times. People look before they click. */
  async atRest(): Promise<void> {
    for (let n = 0; n < 20; n++) await new Promise((done) => requestIdleCallback(done))
  },
  /** Time from the next click until the picture of the dialog that it opened was painted, in ms. */
  async pictureShown(): Promise<number> {
    const picture = await whenFound(
      () => document.querySelector('[role="dialog"] img[src*="media"]') ?? undefined,
    )
    if (picture instanceof HTMLImageElement) await picture.decode()
    return (await painted()) - lastClick()
  },
  /** Scrolls to the top until `pages` pages of older messages have been loaded, or no more arrive. */
  async loadOlder(pages: number): Promise<number[]> {
    const element = scrollerOf('messages')
    let grown = 0
    let height = element.scrollHeight
    let quiet = 0
    return await eachFrame(() => {
      quiet += 1
      if (element.scrollHeight > height + 1000) {
        grown += 1
        quiet = 0
      }
      height = element.scrollHeight
      element.scrollTop = quiet % 2
      return grown < pages && quiet < 300
    })
  },
  /** Scrolls from the current position to the end, `step` px per frame. Then measures as many frames at rest. */
  async scrollDown(what: Scrolled, step: number): Promise<ScrollReport> {
    const element = scrollerOf(what)
    const rows = new Set<string>()
    const frames = await eachFrame(() => {
      for (const row of element.querySelectorAll(`[${ROW_ID[what]}]`))
        rows.add(row.getAttribute(ROW_ID[what]) ?? '')
      element.scrollTop += step
      return element.scrollTop + element.clientHeight < element.scrollHeight - 1
    })
    await this.atRest()
    let left = frames.length
    const idle = await eachFrame(() => (left -= 1) > 0)
    return { frames, idle, rows: rows.size }
  },
}

declare global {
  interface Window {
    benchProbe: typeof probe
  }
}

window.benchProbe = probe
mountEmpty()
