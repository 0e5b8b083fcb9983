import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { checksums, softwareBill, versionProblem } from './release.ts'

test('a tag must have the version of package.json', () => {
  expect(versionProblem('v1.2.3', '{"version":"1.2.3"}')).toBeUndefined()
  expect(versionProblem('v1.2.4', '{"version":"1.2.3"}')).toContain('v1.2.3')
  expect(versionProblem('1.2.3', '{"version":"1.2.3"}')).toContain('v1.2.3')
  expect(versionProblem(undefined, '{"version":"1.2.3"}')).toContain('v1.2.3')
})

test('Electron is part of what the app is made of', () => {
  const npmList = {
    metadata: { component: { 'bom-ref': 'perch@1.0.0', name: 'folder' } },
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    components: [{ name: 'zod', version: '4.0.0' }],
  }
  const lockfile = { packages: { '': {}, 'node_modules/electron': { version: '45.5.0' } } }
  expect(JSON.parse(softwareBill(JSON.stringify(npmList), JSON.stringify(lockfile)))).toMatchObject({
    specVersion: '1.5',
    metadata: { component: { 'bom-ref': 'perch@1.0.0', name: 'perch' } },
    components: [{ name: 'zod' }, { name: 'electron', version: '45.5.0', purl: 'pkg:npm/electron@45.5.0' }],
  })
})

test('checksums are those of the files, in a fixed order', () => {
  const directory = mkdtempSync(join(tmpdir(), 'perch-sums-'))
  try {
    writeFileSync(join(directory, 'b.deb'), 'b')
    writeFileSync(join(directory, 'a.exe'), '')
    const sums = checksums(directory, ['b.deb', 'a.exe'])
    expect(sums.split('\n')[0]).toBe(
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  a.exe',
    )
    // Not every system has the program.
    const { status, error } = spawnSync('sha256sum', ['--check', '--strict'], { cwd: directory, input: sums })
    if (error === undefined) expect(status).toBe(0)
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
})
