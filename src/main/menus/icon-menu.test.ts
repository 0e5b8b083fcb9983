import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { MenuItemConstructorOptions, Task } from 'electron'
import { afterEach, expect, it, vi } from 'vitest'
import { findDeepLink } from '#shared/domain/deep-link.ts'
import { createTranslate } from '../i18n.ts'
import { fillIconMenu } from './icon-menu.ts'

const system = vi.hoisted(() => ({
  tasks: [] as Task[],
  menu: [] as MenuItemConstructorOptions[],
  isPackaged: true,
  profile: '',
}))
vi.mock('electron', () => ({
  app: {
    get isPackaged() {
      return system.isPackaged
    },
    getAppPath: () => 'C:\\my repo',
    commandLine: { getSwitchValue: () => system.profile },
    setUserTasks: (tasks: Task[]) => (system.tasks = tasks),
    dock: { setMenu: (menu: MenuItemConstructorOptions[]) => (system.menu = menu) },
  },
  Menu: { buildFromTemplate: (template: MenuItemConstructorOptions[]) => template },
}))

const t = createTranslate('en')
const opened: unknown[] = []
const open = (destination: unknown): void => void opened.push(destination)

afterEach(() => {
  Object.assign(system, { tasks: [], menu: [], isPackaged: true, profile: '' })
  opened.length = 0
})

it('offers a new chat and a new group in the jump list of Windows, as links to a second start', () => {
  fillIconMenu(t, { platform: 'win32', open })
  expect(system.tasks).toMatchObject([
    { title: 'New chat', program: process.execPath, arguments: 'perch://new-chat' },
    { title: 'New group', program: process.execPath, arguments: 'perch://new-group' },
  ])
  expect(system.tasks.map((task) => findDeepLink(task.arguments.split(' ')))).toEqual([
    { to: 'newChat' },
    { to: 'newGroup' },
  ])
  Object.assign(system, { isPackaged: false, profile: 'C:\\a b' })
  fillIconMenu(t, { platform: 'win32', open })
  expect(system.tasks[0]?.arguments).toBe('"C:\\my repo" "--user-data-dir=C:\\a b" perch://new-chat')
  expect(system.menu).toEqual([])
})

it('offers them in the Dock of macOS, without a second start', () => {
  fillIconMenu(t, { platform: 'darwin', open })
  expect(system.menu.map(({ label }) => label)).toEqual(['New chat', 'New group'])
  for (const { click } of system.menu) Reflect.apply(click ?? (() => undefined), undefined, [])
  expect(opened).toEqual([{ to: 'newChat' }, { to: 'newGroup' }])
  expect(system.tasks).toEqual([])
})

it('offers them in the desktop entry of Linux', () => {
  fillIconMenu(t, { platform: 'linux', open })
  expect([system.tasks, system.menu]).toEqual([[], []])
  const config = readFileSync(join(import.meta.dirname, '../../../electron-builder.yml'), 'utf8')
  for (const link of ['perch://new-chat', 'perch://new-group']) expect(config).toContain(`perch ${link}`)
})
