import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { ensureBuilt } from './lib/build.ts'
import { runCommand } from './lib/command.ts'
import { note, step, Unmet } from './lib/console.ts'
import { provideElectron } from './lib/electron.ts'
import { packInstallers, packTrial } from './lib/packaging/pack.ts'
import { root } from './lib/paths.ts'
import { run } from './lib/processes.ts'
import { readProjectConfig } from './lib/project-config.ts'

const help = `
npm run package [-- --config FILE] [-- --trial]

Builds the app and the installers for this system in release/, for x64 and arm64, then tests what was packed
(tests/package). Where Electron cannot be downloaded, packs for Linux and Windows with a stand-in for it and tests that.

  --config FILE   configuration of the Firebase project that the app connects to (perch.config.json)
  --trial         pack with the stand-in even if there is Electron

Environment variables turn on signing and notarizing: see the section "Package it" in README.md.
`

await runCommand(help, async (args) => {
  const { values } = parseArgs({
    args,
    options: { config: { type: 'string' }, trial: { type: 'boolean', default: false } },
  })
  if (values.trial || (await provideElectron()) === undefined) return trial()
  const config = resolve(values.config ?? 'perch.config.json')
  if (!existsSync(config)) {
    throw new Unmet(
      `${config} does not exist: copy perch.config.example.json and enter your Firebase project.`,
    )
  }
  readProjectConfig(config)
  await ensureBuilt()
  return test(await packInstallers(config))
})

async function trial(): Promise<number> {
  await ensureBuilt()
  const { release, packed, left } = await packTrial()
  const code = await test(release)
  step('Trial without Electron: these packages cannot run')
  note(`${release}: ${packed.join(', ')}`)
  for (const reason of left) note(`Not packed: ${reason}.`)
  return code
}

async function test(release: string): Promise<number> {
  step('Testing what was packed')
  const args = [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--project', 'package']
  return run(process.execPath, args, { cwd: root, env: { ...process.env, PERCH_RELEASE: release } })
}
