import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { constants, existsSync } from 'node:fs'
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import { app, clipboard, ClipboardItem, dialog, nativeImage, shell } from 'electron'
import type { DragOutcome, ExportOutcome } from '#shared/bridge/media.ts'
import { BridgeError } from '../bridge/bridge-error.ts'
import type { Translate } from '../i18n.ts'
import { onDisk } from './disk-full.ts'
import { isProgram, safeFileName } from './file-name.ts'

/** A second drag cannot begin within this time, in ms: a page that is out of control could not fill the disk with copies. */
const DRAG_INTERVAL_MS = 500

/** What leaves the app: files that the person saves, opens, copies or drags out. `name` comes from the sender. */
export interface Exports {
  saveAs(path: string, name: string): Promise<ExportOutcome>
  /** Shows in the system's file manager where the file was saved last. False: not since the start, or it is not there any more. */
  showSaved(path: string): boolean
  copyImage(path: string): Promise<ExportOutcome>
  open(path: string, name: string): Promise<ExportOutcome>
  dragOut(path: string, name: string): Promise<DragOutcome>
  /** Deletes the copies that other programs were given, and forgets where files were saved. */
  clear(): Promise<void>
}

export interface ExportsOptions {
  t: Translate
  /** For copies that other programs open. It is emptied at each start. */
  directory: string
  /** Starts to drag a file out of the window that has the focus. Does nothing if it has not. */
  startDrag: (file: string) => void
}

export function createExports({ t, directory, startDrag }: ExportsOptions): Exports {
  /** By the path of the file: where it was saved last. The page never learns it. */
  const saved = new Map<string, string>()
  const clear = (): Promise<void> => {
    saved.clear()
    return rm(directory, { recursive: true, force: true }).catch(() => undefined)
  }
  const emptied = clear()
  let lastDrag = -Infinity

  /** Copies a file, under a name that is safe, for another program. */
  async function copyFor(path: string, safe: string): Promise<string> {
    await emptied
    const folder = join(directory, randomUUID())
    await onDisk(mkdir(folder, { recursive: true, mode: 0o700 }))
    const copy = join(folder, safe)
    // Where the disk can do this, both files share their bytes until one is changed.
    await onDisk(copyFile(path, copy, constants.COPYFILE_FICLONE))
    await markAsDownloaded(copy)
    return copy
  }
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
      saved.set(path, filePath)
      return 'done'
    },
    showSaved(path) {
      const target = saved.get(path)
      if (target === undefined || !existsSync(target)) return false
      shell.showItemInFolder(target)
      return true
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
      const problem = await shell.openPath(await copyFor(path, safe))
      if (problem !== '') throw new BridgeError('refused', 'No program opens this file.')
      return 'done'
    },
    async dragOut(path, name) {
      const safe = safeFileName(name)
      if (isProgram(safe)) return 'program'
      const now = performance.now()
      if (now - lastDrag < DRAG_INTERVAL_MS) return 'busy'
      lastDrag = now
      startDrag(await copyFor(path, safe))
      return 'done'
    },
    clear,
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

/** Marks the file as downloaded, so that the system warns before it opens it. Ignores file systems that have no such marks. */
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
