/*
 * A snapshot of the chat list: the HTML of what the window showed last, stored for each account. The next start paints it before
 * the app's code has loaded, and removes it when the app has rendered. Nothing in it can be used, but a click on a chat is kept.
 */

declare global {
  interface Element {
    /** Parses HTML and leaves out what could run a script. TypeScript does not know it yet. */
    setHTML?: (html: string, options: { sanitizer: { removeElements: string[] } }) => void
  }
}

const KEY = 'perch.list.'
const LAYER = 'list-snapshot'
/** In characters. A list with a photo in each row takes about a third. */
const MAX_SIZE = 500_000

/** Attributes that would give two elements one name, and those that refer to such names. */
const NAMES = /^(?:id|for|name|aria-(?:labelledby|describedby|controls|owns))$/u

let clicked: string | undefined

/** Paints the account's snapshot over the page. Returns false without one, and in a hidden window. */
export function showListSnapshot(uid: string): boolean {
  const html = localStorage.getItem(KEY + uid)
  const layer = document.createElement('div')
  if (html === null || layer.setHTML === undefined || document.hidden) return false
  layer.id = LAYER
  layer.inert = true
  layer.ariaHidden = 'true'
  layer.setHTML(html, { sanitizer: { removeElements: [] } })
  // The content security policy blocks style attributes in HTML.
  for (const element of layer.querySelectorAll<HTMLElement | SVGElement>('[data-style]'))
    element.style.cssText = element.dataset['style'] ?? ''
  document.body.append(layer)
  document.addEventListener('click', noteClick)
  return true
}

/** An inert element gets no events, so the position of the click tells which chat was meant. */
function noteClick({ clientX: x, clientY: y }: MouseEvent): void {
  const rows = document.querySelectorAll<HTMLElement>(`#${LAYER} [data-chat-id]`)
  const row = [...rows].find((candidate) => {
    const { left, right, top, bottom } = candidate.getBoundingClientRect()
    return x >= left && x < right && y >= top && y < bottom
  })
  clicked = row?.dataset['chatId']
}

/** Removes the snapshot from the page: the app has rendered. */
export function removeListSnapshot(): void {
  document.getElementById(LAYER)?.remove()
  document.removeEventListener('click', noteClick)
}

/** Returns the chat that was clicked in the snapshot, once. Not parsed yet. */
export function takeEarlyClick(): string | undefined {
  const chatId = clicked
  clicked = undefined
  return chatId
}

/** Stores what `source`, the element of the whole window, shows. `list` is the pane with the chats; the other panes are left empty. */
export function saveListSnapshot(uid: string, source: HTMLElement, list: Element): void {
  list.setAttribute('data-kept', '')
  const copy = source.cloneNode(true)
  list.removeAttribute('data-kept')
  if (!(copy instanceof HTMLElement)) return
  for (const pane of copy.querySelectorAll('[data-pane]:not(:has([data-kept]))')) pane.replaceChildren()
  for (const passing of copy.querySelectorAll('[role=status], [role=alert], [role=separator]'))
    passing.remove()
  for (const row of copy.querySelectorAll('[data-chat-id]')) row.removeAttribute('aria-current')
  for (const element of [copy, ...copy.querySelectorAll<HTMLElement | SVGElement>('*')]) strip(element)
  copy.lang = document.documentElement.lang
  copy.dir = document.documentElement.dir
  copy.dataset['style'] = document.documentElement.style.cssText
  // In a narrow window, the chats are in front.
  copy.dataset['front'] = 'side'
  const html = copy.outerHTML
  if (html.length <= MAX_SIZE) localStorage.setItem(KEY + uid, html)
}

function strip(element: HTMLElement | SVGElement): void {
  for (const name of element.getAttributeNames()) if (NAMES.test(name)) element.removeAttribute(name)
  const style = element.getAttribute('style')
  if (style === null) return
  element.removeAttribute('style')
  element.dataset['style'] = style
}

/** Deletes the snapshots of all accounts. */
export function forgetListSnapshots(): void {
  for (const key of Object.keys(localStorage)) if (key.startsWith(KEY)) localStorage.removeItem(key)
}
