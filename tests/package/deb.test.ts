import { spawnSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { debs } from './packed.ts'

const ICON_SIZES = [16, 24, 32, 48, 64, 128, 256, 512]

function run(command: string, args: readonly string[], input?: Buffer): Buffer {
  const { status, stdout, stderr } = spawnSync(command, [...args], { input, maxBuffer: 2 ** 30 })
  if (status !== 0) throw new Error(`${command}: ${stderr.toString()}`)
  return stdout
}
const lines = (output: Buffer): string[] => output.toString().trim().split('\n')

/** The groups of a desktop entry, each with its keys. */
function desktopGroups(text: string): Map<string, Map<string, string>> {
  const groups = new Map<string, Map<string, string>>()
  let group = new Map<string, string>()
  for (const line of text.split('\n')) {
    const name = /^\[(.+)\]$/.exec(line)?.[1]
    const [, key, value] = /^([\w-]+(?:\[\w+\])?)=(.*)$/.exec(line) ?? []
    if (name !== undefined) groups.set(name, (group = new Map<string, string>()))
    else if (key !== undefined && value !== undefined) group.set(key, value)
  }
  return groups
}

describe.skipIf(debs.length === 0).each(debs)('%s', (deb) => {
  const contents = lines(run('dpkg-deb', ['-c', deb])).map((line) => line.split(/\s+/))
  const paths = contents.map(([, , , , , path = '']) => path)
  const field = (name: string): string => run('dpkg-deb', ['-f', deb, name]).toString().trim()
  const read = (path: string): string =>
    run('tar', ['-xO', `.${path}`], run('dpkg-deb', ['--fsys-tarfile', deb])).toString()

  test('says what it is and what it needs', () => {
    expect(field('Package')).toBe('perch')
    expect(field('Version')).toMatch(/^\d+\.\d+\.\d+/)
    expect(['amd64', 'arm64']).toContain(field('Architecture'))
    expect(field('Section')).toBe('net')
    expect(field('Maintainer')).toMatch(/^The Perch contributors <.+@.+>$/)
    expect(field('Homepage')).toMatch(/^https:/)
    expect(field('Description')).toMatch(/^Desktop messenger\n +A fast/)
    const needed = field('Depends').split(', ')
    expect(needed).toEqual(expect.arrayContaining(['libgtk-3-0', 'libnss3', 'libasound2', 'libgbm1']))
  })

  test('belongs to root, and nobody else can write it', () => {
    expect(contents.filter(([, owner]) => owner !== 'root/root' && owner !== '0/0')).toEqual([])
    expect(contents.filter(([mode = '']) => /^[^l].{4}w|^[^l].{7}w/.test(mode))).toEqual([])
  })

  test('installs the app, and its icon in all sizes', () => {
    expect(paths).toContain('./opt/Perch/perch')
    expect(paths).toContain('./opt/Perch/resources/app.asar')
    const icons = paths.filter((path) => path.startsWith('./usr/share/icons') && path.endsWith('.png'))
    expect(icons.sort()).toEqual(
      ICON_SIZES.map((size) => `./usr/share/icons/hicolor/${size}x${size}/apps/perch.png`).sort(),
    )
  })

  test('has a desktop entry that opens links and belongs to the windows', () => {
    const groups = desktopGroups(read('/usr/share/applications/perch.desktop'))
    const entry = groups.get('Desktop Entry')
    expect(Object.fromEntries(entry ?? [])).toMatchObject({
      Name: 'Perch',
      Exec: '/opt/Perch/perch %U',
      Icon: 'perch',
      Type: 'Application',
      Terminal: 'false',
      StartupWMClass: 'perch',
      Categories: 'Network;InstantMessaging;',
      MimeType: 'x-scheme-handler/perch;',
      Comment: 'A fast, calm desktop messenger on Firebase.',
    })
    // Each action is named in the entry and has a group of its own.
    const actions = (entry?.get('Actions') ?? '').split(';').filter((name) => name !== '')
    const described = [...groups.keys()].flatMap((name) => /^Desktop Action (.+)$/.exec(name)?.[1] ?? [])
    expect(described.sort()).toEqual(actions.sort())
    for (const name of actions) {
      const action = groups.get(`Desktop Action ${name}`)
      expect(action?.get('Name'), name).toBeTruthy()
      expect(action?.get('Exec'), name).toMatch(/^(\/opt\/Perch\/)?perch( |$)/)
    }
  })

  test('sets up the sandbox and the link to the program, and removes both', () => {
    const script = (name: string): string => run('dpkg-deb', ['-I', deb, name]).toString()
    expect(script('postinst')).toContain("'/opt/Perch/perch'")
    expect(script('postinst')).toContain("chmod 4755 '/opt/Perch/chrome-sandbox'")
    expect(script('postinst')).toContain('update-desktop-database')
    expect(script('postinst')).toContain('/etc/apparmor.d/perch')
    expect(script('postrm')).toContain("update-alternatives --remove 'perch'")
    for (const name of ['postinst', 'postrm']) {
      expect(spawnSync('bash', ['-n'], { input: script(name) }).status, name).toBe(0)
    }
  })
})
