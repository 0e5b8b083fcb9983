import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const versionSchema = z.object({ version: z.string() })

/** What is wrong with a tag for this package.json, if anything. */
export function versionProblem(tag: string | undefined, packageJson: string): string | undefined {
  const wanted = `v${versionSchema.parse(JSON.parse(packageJson)).version}`
  return tag === wanted
    ? undefined
    : `The tag is "${tag ?? ''}", but the version of package.json asks for "${wanted}".`
}

const billSchema = z.looseObject({
  bomFormat: z.literal('CycloneDX'),
  metadata: z.looseObject({ component: z.looseObject({ 'bom-ref': z.string() }) }),
  components: z.array(z.looseObject({ name: z.string(), version: z.string() })),
})
const lockSchema = z.object({ packages: z.looseObject({ 'node_modules/electron': versionSchema }) })

/**
 * Adds Electron to npm's list of the packages that the app is made of. npm counts it among the tools, because the app does
 * not install it, but it is the largest part of every package.
 */
export function softwareBill(npmList: string, lockfile: string): string {
  const bill = billSchema.parse(JSON.parse(npmList))
  const { version } = lockSchema.parse(JSON.parse(lockfile)).packages['node_modules/electron']
  // npm calls the app by the name of the folder.
  const metadata = { ...bill.metadata, component: { ...bill.metadata.component, name: 'perch' } }
  const purl = `pkg:npm/electron@${version}`
  const electron = { 'bom-ref': purl, type: 'framework', name: 'electron', version, purl, scope: 'required' }
  return `${JSON.stringify({ ...bill, metadata, components: [...bill.components, electron] }, undefined, 2)}\n`
}

/** Lines as `sha256sum --check` reads them. */
export function checksums(directory: string, names: readonly string[]): string {
  const lines = names.toSorted().map((name) => {
    const hash = createHash('sha256').update(readFileSync(join(directory, name)))
    return `${hash.digest('hex')}  ${name}\n`
  })
  return lines.join('')
}
