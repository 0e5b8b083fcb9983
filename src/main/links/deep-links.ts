import { app } from 'electron'
import {
  findDeepLink,
  LINK_SCHEME,
  looksLikeLink,
  parseDeepLink,
  type Destination,
} from '#shared/domain/deep-link.ts'

/**
 * Receives `perch://` links: from this start (`argv`), from later starts of the app and, on macOS, from the system. Call it
 * before the app is ready, or the link that started the app on macOS is lost. `onSecondStart` is called for each later start
 * without a link.
 */
export function watchDeepLinks(
  argv: readonly string[],
  onLink: (destination: Destination) => void,
  onSecondStart: () => void,
): void {
  // A build that runs from the repository must not register itself as the system's program for these links.
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
