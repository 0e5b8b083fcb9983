/** The details cover the conversation in a window that is narrower. See Messenger.module.css. */
const COVERED = '(width < 900px)'

/** What else changes when the person goes to a message: the details must not cover it. */
export function withoutCover(): { detailsOpen?: false } {
  return window.matchMedia(COVERED).matches ? { detailsOpen: false } : {}
}
