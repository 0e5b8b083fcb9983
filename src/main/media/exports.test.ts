import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, relative } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createTranslate } from '../i18n.ts'
import { createExports, type Exports } from './exports.ts'

vi.mock('electron', () => ({
  app: { getPath: () => '/downloads' },
  dialog: { showSaveDialog: () => Promise.resolve(chosen) },
  shell: { showItemInFolder: (path: string) => shown.push(path) },
}))

/** The answer of the person who is asked where to save. */
let chosen: { canceled: boolean; filePath: string }
/** Paths that the system's file manager was asked to show. */
let shown: string[]
let root: string
let dragged: string[]
let exports: Exports
const source = (): string => join(root, 'source')
const copies = (): string => join(root, 'opened')

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] })
  root = mkdtempSync(join(tmpdir(), 'perch-exports-'))
  writeFileSync(source(), 'bytes')
  dragged = []
  shown = []
  chosen = { canceled: false, filePath: join(root, 'Beach.png') }
  exports = createExports({
    t: createTranslate('en'),
    directory: copies(),
    startDrag: (file) => dragged.push(file),
  })
})
afterEach(() => {
  vi.useRealTimers()
  rmSync(root, { recursive: true })
})

describe('a file that is dragged out', () => {
  it('is a copy with a safe name, below the folder for copies', async () => {
    expect(await exports.dragOut(source(), '..\\..\\CON.txt')).toBe('done')
    const [copy = ''] = dragged
    expect(basename(copy)).toBe('_CON.txt')
    expect(relative(copies(), copy)).toMatch(/^[0-9a-f-]{36}[/\\]_CON\.txt$/u)
    expect(readFileSync(copy, 'utf8')).toBe('bytes')
    writeFileSync(copy, 'changed')
    expect(readFileSync(source(), 'utf8')).toBe('bytes')
  })

  it.each(['setup.exe', 'photo\u202Egpj.exe', 'a.desktop', 'page.html'])(
    'is never the program %s',
    async (name) => {
      expect(await exports.dragOut(source(), name)).toBe('program')
      expect(dragged).toEqual([])
      expect(existsSync(copies())).toBe(false)
    },
  )

  it('is one at a time', async () => {
    expect(await exports.dragOut(source(), 'a.png')).toBe('done')
    expect(await exports.dragOut(source(), 'a.png')).toBe('busy')
    vi.advanceTimersByTime(600)
    expect(await exports.dragOut(source(), 'a.png')).toBe('done')
    expect(dragged).toHaveLength(2)
  })

  it('is deleted with the account, and at the next start', async () => {
    await exports.dragOut(source(), 'a.png')
    await exports.clear()
    expect(existsSync(copies())).toBe(false)
  })
})

describe('a file that is saved', () => {
  const save = (): Promise<unknown> => exports.saveAs(source(), 'beach.png')

  it('is shown where it was saved last', async () => {
    await save()
    const moved = chosen.filePath
    chosen = { canceled: false, filePath: join(root, 'Again.png') }
    await save()
    rmSync(moved)
    expect(exports.showSaved(source())).toBe(true)
    expect(shown).toEqual([chosen.filePath])
  })

  it('is not shown before it was saved, when the person has cancelled, or when it was moved', async () => {
    expect(exports.showSaved(source())).toBe(false)
    chosen = { canceled: true, filePath: '' }
    expect(await save()).toBe('cancelled')
    expect(exports.showSaved(source())).toBe(false)
    chosen = { canceled: false, filePath: join(root, 'Beach.png') }
    await save()
    rmSync(chosen.filePath)
    expect(exports.showSaved(source())).toBe(false)
    expect(shown).toEqual([])
  })

  it('is forgotten with the account', async () => {
    await save()
    await exports.clear()
    expect(exports.showSaved(source())).toBe(false)
  })
})
