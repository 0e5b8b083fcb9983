import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import { app, clipboard, ClipboardItem, dialog, nativeImage, shell } from 'electron'
import type { ExportOutcome } from '#shared/bridge/media.ts'
import { BridgeError } from '../bridge/bridge-error.ts'
import type { Translate } from '../i18n.ts'
import { onDisk } from './disk-full.ts'
import { isProgram, safeFileName } from './file-name.ts'

/** What leaves the app: files that the person saves, opens or copies. `name` comes from the sender. */
export interface Exports {
  saveAs(path: string, name: string): Promise<ExportOutcome>
  copyImage(path: string): Promise<ExportOutcome>
  open(path: string, name: string): Promise<ExportOutcome>
}

/** `directory`: for copies that other programs open. It is emptied at each start. */
export function createExports(t: Translate, directory: string): Exports {
  const emptied = rm(directory, { recursive: true, force: true }).catch(() => undefined)
  return {
    async saveAs(path, name) {
      const safe = safeFileName(name)
      const { canceled, filePath } = await dialog.showSaveDialog({
        defaultPath: join(app.getPath('downloads'), safe),
      })
      if (canceled || filePath === '') return 'cancelled'
      if ((isProgram(safe) || isProgram(basename(filePath))) && !(await confirmProgram(t, safe)))
        return 'cancelled'
      await onDisk(copyFile(path, filePath))
      await markAsDownloaded(filePath)
      return 'done'
    },
    async copyImage(path) {
      const image = nativeImage.createFromBuffer(await readFile(path))
      if (image.isEmpty()) throw new BridgeError('refused', 'This is no picture.')
      const picture = new Blob([new Uint8Array(image.toPNG())], { type: 'image/png' })
      await clipboard.write([new ClipboardItem({ 'image/png': picture })])
      return 'done'
    },
    async open(path, name) {
      const safe = safeFileName(name)
      if (isProgram(safe)) throw new BridgeError('refused', 'This file could run a program.')
      await emptied
      const folder = join(directory, randomUUID())
      await onDisk(mkdir(folder, { recursive: true, mode: 0o700 }))
      const copy = join(folder, safe)
      await onDisk(copyFile(path, copy))
      await markAsDownloaded(copy)
      const problem = await shell.openPath(copy)
      if (problem !== '') throw new BridgeError('refused', 'No program opens this file.')
      return 'done'
    },
  }
}

async function confirmProgram(t: Translate, name: string): Promise<boolean> {
  const { response } = await dialog.showMessageBox({
    type: 'warning',
    message: t('media.program.title'),
    detail: t('media.program.text', { name }),
    buttons: [t('app.cancel'), t('media.program.save')],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  })
  return response === 1
}

const run = promisify(execFile)

/** Lets the system warn before it opens the file, as for one from a browser. A file system without such marks is no reason to fail. */
async function markAsDownloaded(path: string): Promise<void> {
  try {
    if (process.platform === 'win32') {
      await writeFile(`${path}:Zone.Identifier`, '[ZoneTransfer]\r\nZoneId=3\r\n')
    } else if (process.platform === 'darwin') {
      const seconds = Math.floor(Date.now() / 1000).toString(16)
      await run('/usr/bin/xattr', [
        '-w',
        'com.apple.quarantine',
        `0081;${seconds};Perch;${randomUUID()}`,
        path,
      ])
    }
  } catch {
    // FAT drives and network shares have no such marks.
  }
}
