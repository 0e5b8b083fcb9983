import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runCommand } from './lib/command.ts'
import { note, step, Unmet } from './lib/console.ts'
import { checksums, softwareBill, versionProblem } from './lib/packaging/release.ts'
import { root } from './lib/paths.ts'
import { output } from './lib/processes.ts'
import { readProjectConfig } from './lib/project-config.ts'

const help = `
npm run release -- STEP

The steps of .github/workflows/release.yml that are not other commands:

  check      fails when the tag RELEASE_TAG is not "v" and the version of package.json, and writes perch.config.json with
             the contents of PERCH_CONFIG_JSON
  describe   adds to release/ the list of what the app is made of (CycloneDX) and the SHA-256 checksums of all files there
`

const steps: Record<string, () => void> = { check, describe }

await runCommand(help, (args) => {
  const chosen = steps[args[0] ?? '']
  if (chosen === undefined || args.length > 1) {
    throw new Unmet(`Name one step: ${Object.keys(steps).join(' or ')}. --help explains them.`)
  }
  chosen()
  return Promise.resolve(0)
})

function check(): void {
  step('Checking the tag and the configuration')
  const problem = versionProblem(process.env['RELEASE_TAG'], readFileSync(join(root, 'package.json'), 'utf8'))
  if (problem !== undefined) throw new Unmet(problem)
  const config = process.env['PERCH_CONFIG_JSON']
  if (!config) {
    throw new Unmet(
      'PERCH_CONFIG_JSON is not set: add it to the variables of the repository, with the contents of perch.config.json.',
    )
  }
  const file = join(root, 'perch.config.json')
  writeFileSync(file, config)
  readProjectConfig(file)
  note('perch.config.json is valid.')
}

function describe(): void {
  const directory = join(root, 'release')
  step('Listing what the app is made of')
  const npm = process.env['npm_execpath']
  if (npm === undefined) throw new Unmet('Run this with npm: npm run release -- describe')
  const args = [
    npm,
    'sbom',
    '--sbom-format',
    'cyclonedx',
    '--sbom-type',
    'application',
    '--omit',
    'dev',
    '--package-lock-only',
  ]
  const list = output(process.execPath, args)
  if (list === undefined) throw new Unmet('npm sbom failed.')
  writeFileSync(
    join(directory, 'perch.cdx.json'),
    softwareBill(list, readFileSync(join(root, 'package-lock.json'), 'utf8')),
  )
  step('Computing checksums')
  const names = readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'SHA256SUMS')
    .map(({ name }) => name)
  const sums = checksums(directory, names)
  writeFileSync(join(directory, 'SHA256SUMS'), sums)
  note(`${names.length} files`)
}
