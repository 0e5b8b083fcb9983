import { clipboard, ClipboardItem, dialog, nativeImage } from 'electron'
import { writeFile } from 'node:fs/promises'
import { BridgeError } from '../bridge/bridge-error.ts'

/** Puts a picture on the clipboard. `png`: the file in base64. Rejects with `refused` when it is no picture. */
export async function copyPng(png: string): Promise<void> {
  const picture = new Blob([bytesOf(png)], { type: 'image/png' })
  await clipboard.write([new ClipboardItem({ 'image/png': picture })])
}

/** Asks where to save a picture, and saves it. Resolves to false when the person cancels. */
export async function savePng({ png, name }: { png: string; name: string }): Promise<boolean> {
  const bytes = bytesOf(png)
  const { canceled, filePath } = await dialog.showSaveDialog({
    defaultPath: `${name}.png`,
    filters: [{ name: 'PNG', extensions: ['png'] }],
  })
  if (canceled || filePath === '') return false
  await writeFile(filePath, bytes)
  return true
}

function bytesOf(png: string): Buffer<ArrayBuffer> {
  const bytes = Buffer.from(png, 'base64')
  if (nativeImage.createFromBuffer(bytes).isEmpty()) throw new BridgeError('refused', 'This is no picture.')
  return bytes
}
