import { app } from 'electron'
import {
  findDeepLink,
  LINK_SCHEME,
  looksLikeLink,
  parseDeepLink,
  type Destination,
} from '#shared/domain/deep-link.ts'

/**
 * Hears of `perch://` links, of this start (`argv`), of later starts and, on macOS, of the system. To be called before the
 * app is ready, or the link that started it on macOS is lost. `onSecondStart` hears of every later start without one.
 */
export function watchDeepLinks(
  argv: readonly string[],
  onLink: (destination: Destination) => void,
  onSecondStart: () => void,
): void {
  // A build run from its sources must not become the system's program for these links.
  if (app.isPackaged) app.setAsDefaultProtocolClient(LINK_SCHEME)
  const open = (destination: Destination | null): void => {
    if (destination !== null) onLink(destination)
  }
  open(findDeepLink(argv))
  app.on('second-instance', (_event, laterArgv) => {
    const destination = findDeepLink(laterArgv)
    if (destination !== null) onLink(destination)
    else if (!laterArgv.some(looksLikeLink)) onSecondStart()
  })
  app.on('open-url', (event, url) => {
    event.preventDefault()
    open(parseDeepLink(url))
  })
}
