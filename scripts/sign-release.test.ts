import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { newKeyPair, verifiedFeed } from '../src/main/updates/signature.ts'

const { publicKey, privateKey } = newKeyPair()
const bytes = 'installer'
const feed = `version: 0.2.0
files:
  - url: Perch-0.2.0.exe
    sha512: ${createHash('sha512').update(bytes).digest('base64')}
    size: ${String(bytes.length)}
`

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'perch-sign-'))
  const example: unknown = JSON.parse(readFileSync('perch.config.example.json', 'utf8'))
  const updates = { github: 'perch/perch', publicKey }
  writeFileSync(join(folder, 'config.json'), JSON.stringify({ ...Object(example), ...demo, updates }))
  writeFileSync(join(folder, 'latest.yml'), feed)
  writeFileSync(join(folder, 'Perch-0.2.0.exe'), bytes)
})
afterEach(() => rmSync(folder, { recursive: true }))

const demo = {
  firebase: {
    apiKey: 'demo',
    authDomain: 'demo.firebaseapp.com',
    projectId: 'demo',
    storageBucket: 'demo.firebasestorage.app',
    appId: 'demo',
  },
}

function run(args: string[], key: string | undefined = privateKey): { status: number | null; text: string } {
  const { PERCH_UPDATE_KEY: _, ...env } = process.env
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['scripts/sign-release.ts', '--folder', folder, '--config', join(folder, 'config.json'), ...args],
    { env: { ...env, ...(key !== '' && { PERCH_UPDATE_KEY: key }) }, encoding: 'utf8' },
  )
  return { status, text: stdout + stderr }
}

const written = (): string => readFileSync(join(folder, 'latest.yml'), 'utf8')

it('signs the feeds of a folder; dry, it writes nothing', () => {
  expect(run(['--dry-run', '--staging', '10'])).toMatchObject({ status: 0 })
  expect(written()).toBe(feed)
  expect(run(['--staging', '10']).text).toContain('0.2.0 for 10 %: Perch-0.2.0.exe')
  expect(verifiedFeed(written(), publicKey)).toBe(`${feed}stagingPercentage: 10\n`)
})

it('says what is missing', () => {
  expect(run([], '').text).toContain('PERCH_UPDATE_KEY must hold')
  expect(run([], newKeyPair().privateKey).text).toContain('not the private half')
  expect(written()).toBe(feed)
})
