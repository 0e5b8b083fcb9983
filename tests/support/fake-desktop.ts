import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'

interface Told {
  /** Whether a server of notifications runs. */
  server?: boolean
  /** False: do not disturb is on. */
  banners?: boolean
  trayHost?: boolean
}

/** Fake `gdbus` and `gsettings` programs. With them a test does not depend on the desktop that it runs on. */
export interface FakeDesktop {
  /** For the environment of an app. */
  env: { PATH: string; XDG_CURRENT_DESKTOP: string }
  tell: (told: Told) => void
  remove: () => void
}

export function createFakeDesktop(): FakeDesktop {
  const programs = mkdtempSync(join(tmpdir(), 'perch-programs-'))
  const write = (name: string, answers: string): void => {
    writeFileSync(join(programs, name), `#!/bin/sh\ncase "$*" in\n${answers}\nesac\n`)
    chmodSync(join(programs, name), 0o755)
  }
  const desktop: FakeDesktop = {
    env: { PATH: `${programs}${delimiter}${process.env['PATH'] ?? ''}`, XDG_CURRENT_DESKTOP: 'GNOME' },
    tell({ server = true, banners = true, trayHost = true }) {
      write(
        'gdbus',
        `  *GetServerInformation*) ${server ? `echo "('test', 'test', '1', '1.2')"` : 'exit 1'};;
  *IsStatusNotifierHostRegistered*) echo "(<${String(trayHost)}>,)";;
  *) exit 1;;`,
      )
      write('gsettings', `  *show-banners*) echo ${String(banners)};;\n  *) echo true;;`)
    },
    remove: () => rmSync(programs, { recursive: true }),
  }
  desktop.tell({})
  return desktop
}
