import { beforeEach, describe, expect, it, vi } from 'vitest'
import { watchOpenedFiles } from './opened-files.ts'

const { app } = vi.hoisted(() => {
  const listeners = new Map<string, (...args: never[]) => void>()
  return {
    app: {
      isPackaged: false,
      listeners,
      getAppPath: () => '/repo',
      on: (name: string, listener: (...args: never[]) => void) => void listeners.set(name, listener),
    },
  }
})
vi.mock('electron', () => ({ app }))

beforeEach(() => {
  app.isPackaged = false
})

describe('the arguments of a start', () => {
  const watch = (argv: string[]): string[][] => {
    const opened: string[][] = []
    watchOpenedFiles(argv, (paths) => opened.push(paths))
    return opened
  }

  it('are files after the folder of the app, without switches', () => {
    expect(watch(['node', '-r', 'probe.cjs', '/repo', '--flag', '/a.txt'])).toEqual([['/a.txt']])
    expect(watch(['node', '/repo'])).toEqual([])
    app.isPackaged = true
    expect(watch(['perch', '/a.txt', '-x', '/b.txt'])).toEqual([['/a.txt', '/b.txt']])
  })

  it('are no files when there is a link', () => {
    app.isPackaged = true
    expect(watch(['perch', 'perch://settings', '/etc/passwd'])).toEqual([])
  })

  it('of a later start are relative to its folder', () => {
    const opened = watch(['node', '/repo'])
    const start = app.listeners.get('second-instance')
    Reflect.apply(start ?? (() => undefined), undefined, [{}, ['node', '/repo', 'a.txt'], '/home/me'])
    expect(opened).toEqual([['/home/me/a.txt']])
  })

  it('come one by one on macOS', () => {
    const opened = watch([])
    const preventDefault = vi.fn<() => void>()
    Reflect.apply(app.listeners.get('open-file') ?? (() => undefined), undefined, [{ preventDefault }, '/a'])
    expect(opened).toEqual([['/a']])
    expect(preventDefault).toHaveBeenCalled()
  })
})
