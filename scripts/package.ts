import { existsSync, mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, relative, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { z } from 'zod'
import { listAsar } from './lib/asar.ts'
import { ensureBuilt } from './lib/build.ts'
import { runCommand } from './lib/command.ts'
import { note, step, Unmet } from './lib/console.ts'
import { root, stateDirectory } from './lib/paths.ts'
import { run } from './lib/processes.ts'
import { readProjectConfig } from './lib/project-config.ts'
import { writeStandInElectron } from './lib/stand-in-electron.ts'

const help = `
npm run package [-- --config FILE] [-- --trial]

Builds the app and the installers for this system in release/ with electron-builder, then checks the package: fails when a
file is missing or unexpected, or a fuse has the wrong state.

  --config FILE   configuration of the Firebase project that the app connects to (perch.config.json)
  --trial         package for Linux with a stand-in for Electron, which needs no download, and check that package

Environment variables control signing and notarizing: see electron-builder.yml and scripts/notarize.mjs.
`

const electronVersion = z
  .object({ version: z.string() })
  .parse(createRequire(import.meta.url)('electron/package.json')).version

await runCommand(help, async (args) => {
  const { values } = parseArgs({
    args,
    options: { config: { type: 'string' }, trial: { type: 'boolean', default: false } },
  })
  const config = resolve(values.config ?? (values.trial ? 'perch.config.example.json' : 'perch.config.json'))
  if (!existsSync(config)) {
    throw new Unmet(
      `${config} does not exist: copy perch.config.example.json and enter your Firebase project.`,
    )
  }
  if (!values.trial) readProjectConfig(config)
  await ensureBuilt()
  return values.trial ? trial(config) : pack(config)
})

async function pack(config: string): Promise<number> {
  const code = await electronBuilder(config, [])
  return code === 0 ? check(packedIn(join(root, 'release'), process.platform)) : code
}

async function electronBuilder(config: string, flags: string[]): Promise<number> {
  step('Packing with electron-builder')
  const args = [join(root, 'node_modules/electron-builder/cli.js'), '--publish', 'never', ...flags]
  return run(process.execPath, args, {
    cwd: root,
    env: { ...process.env, PERCH_CONFIG: relative(root, config) },
  })
}

async function trial(config: string): Promise<number> {
  const directory = join(stateDirectory, 'trial')
  const standIn = join(directory, 'electron')
  mkdirSync(directory, { recursive: true })
  writeStandInElectron(standIn, electronVersion)
  const release = join(directory, 'release')
  const code = await electronBuilder(config, [
    '--linux',
    'dir',
    `-c.electronDist=${standIn}`,
    `-c.electronVersion=${electronVersion}`,
    `-c.directories.output=${release}`,
  ])
  return code === 0 ? check(packedIn(release, 'linux')) : code
}

interface Packed {
  /** The executable or .app bundle that holds the fuses. */
  program: string
  resources: string
}

/** Paths in the unpacked app that electron-builder builds the installers from. */
function packedIn(release: string, platform: NodeJS.Platform): Packed {
  const arch = process.arch === 'x64' ? '' : `-${process.arch}`
  if (platform === 'darwin') {
    const program = join(release, `mac${arch}`, 'Perch.app')
    return { program, resources: join(program, 'Contents/Resources') }
  }
  const isWindows = platform === 'win32'
  const unpacked = join(release, `${isWindows ? 'win' : 'linux'}${arch}-unpacked`)
  return {
    program: join(unpacked, isWindows ? 'Perch.exe' : 'perch'),
    resources: join(unpacked, 'resources'),
  }
}

async function check(packed: Packed): Promise<number> {
  step('Checking the package')
  if (!existsSync(packed.program))
    throw new Unmet(`${packed.program} does not exist, so the package cannot be checked.`)
  const problems = [...contentProblems(packed), ...(await fuseProblems(packed))]
  for (const problem of problems) note(`✖ ${problem}`)
  if (problems.length === 0) note('✔ contents and fuses are correct')
  return problems.length === 0 ? 0 : 1
}

function contentProblems({ resources }: Packed): string[] {
  const files = listAsar(join(resources, 'app.asar'))
  const wanted = [
    '/package.json',
    '/out/main/start.js',
    '/out/main/index.js',
    '/out/main/store-worker.js',
    '/out/preload/index.cjs',
    '/out/renderer/index.html',
    '/assets/icon.png',
    '/assets/tray/tray.png',
  ]
  const allowed = /^\/(package\.json|out\/(main|preload|renderer)\/.*(?<!\.map)|assets\/.*\.png)$/
  return [
    ...wanted.filter((file) => !files.includes(file)).map((file) => `${file} is missing`),
    ...files.filter((file) => !allowed.test(file)).map((file) => `${file} is unexpected`),
    ...['perch.config.json', 'licenses/inter.txt', 'licenses/noto-color-emoji.txt']
      .filter((file) => !existsSync(join(resources, file)))
      .map((file) => `${file} is missing`),
    ...(files.some((file) => /\/emoji-font-[^/]+\.css$/u.test(file)) ? [] : ['the emoji font is missing']),
  ]
}

async function fuseProblems({ program }: Packed): Promise<string[]> {
  const wire = await getCurrentFuseWire(program)
  const { ENABLE, DISABLE } = FuseState
  const states: [string, FuseState | undefined, FuseState][] = [
    ['RunAsNode', wire[FuseV1Options.RunAsNode], DISABLE],
    ['EnableCookieEncryption', wire[FuseV1Options.EnableCookieEncryption], ENABLE],
    ['EnableNodeOptions', wire[FuseV1Options.EnableNodeOptionsEnvironmentVariable], DISABLE],
    ['EnableNodeCliInspect', wire[FuseV1Options.EnableNodeCliInspectArguments], DISABLE],
    ['EmbeddedAsarIntegrity', wire[FuseV1Options.EnableEmbeddedAsarIntegrityValidation], ENABLE],
    ['OnlyLoadAppFromAsar', wire[FuseV1Options.OnlyLoadAppFromAsar], ENABLE],
    ['BrowserV8Snapshot', wire[FuseV1Options.LoadBrowserProcessSpecificV8Snapshot], DISABLE],
    ['FileProtocolPrivileges', wire[FuseV1Options.GrantFileProtocolExtraPrivileges], DISABLE],
  ]
  return states
    .filter(([, is, wanted]) => is !== wanted)
    .map(([name]) => `the fuse ${name} has the wrong state`)
}
