import { shell } from 'electron'
import { BridgeError } from '../bridge/bridge-error.ts'
import { externalUrl } from './external-url.ts'

/** Opens a web or mail link with the system's program for it. Rejects any other link with the bridge error `refused`. */
export async function openLink(text: string): Promise<void> {
  const url = externalUrl(text)
  if (url === null) throw new BridgeError('refused', 'Only web and mail links are opened.')
  await shell.openExternal(url)
}
