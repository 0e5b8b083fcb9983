#!/usr/bin/env node
import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'

/*
 * electron-builder makes Linux packages with the program fpm, which it downloads. Where it cannot be downloaded, this takes
 * its place (CUSTOM_FPM_PATH). It knows the options that electron-builder passes for a deb and fails on any other, so that
 * nothing is left out of the package unnoticed.
 */

const text = { type: 'string' } as const
const list = { type: 'string', multiple: true } as const
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    'input-type': { ...text, short: 's' },
    'output-type': { ...text, short: 't' },
    force: { type: 'boolean' },
    package: text,
    name: text,
    version: text,
    architecture: text,
    maintainer: text,
    vendor: text,
    url: text,
    license: text,
    description: text,
    category: text,
    depends: { ...list, short: 'd' },
    'deb-recommends': list,
    'deb-priority': text,
    'deb-compression': text,
    'after-install': text,
    'after-remove': text,
  },
})

function option(
  name: 'package' | 'name' | 'version' | 'architecture' | 'maintainer' | 'description',
): string {
  const value = values[name]
  if (value === undefined) throw new Error(`--${name} is missing`)
  return value
}

if (values['output-type'] !== 'deb') throw new Error(`can build a deb only, not ${values['output-type']}`)
const staging = mkdtempSync(join(tmpdir(), 'perch-deb-'))
try {
  chmodSync(staging, 0o755)
  for (const mapping of positionals) copy(mapping)
  const control = join(staging, 'DEBIAN')
  mkdirSync(control)
  writeFileSync(join(control, 'control'), controlFile())
  addScript(values['after-install'], join(control, 'postinst'))
  addScript(values['after-remove'], join(control, 'postrm'))
  const compression = `-Z${values['deb-compression'] ?? 'xz'}`
  // The fastest compression, because nobody installs the result.
  const args = ['--root-owner-group', compression, '-z0', '--build', staging, option('package')]
  const { status, error } = spawnSync('dpkg-deb', args, { stdio: 'inherit' })
  if (error) throw error
  process.exitCode = status ?? 1
} finally {
  rmSync(staging, { recursive: true, force: true })
}

/** Copies what `FROM=TO` names: a file to a path, or with a slash at the end the contents of a folder to a folder. */
function copy(mapping: string): void {
  const at = mapping.lastIndexOf('=')
  const target = join(staging, mapping.slice(at + 1))
  mkdirSync(dirname(target), { recursive: true })
  cpSync(mapping.slice(0, at), target, { recursive: true })
}

function controlFile(): string {
  const [summary = '', ...details] = option('description').trim().split('\n')
  const fields: [string, string | undefined][] = [
    ['Package', option('name')],
    ['Version', option('version')],
    ['Architecture', option('architecture')],
    ['Maintainer', option('maintainer')],
    ['Depends', values.depends?.join(', ')],
    ['Recommends', values['deb-recommends']?.join(', ')],
    ['Section', values.category ?? 'default'],
    ['Priority', values['deb-priority']],
    ['Homepage', values.url],
    ['License', values.license],
    ['Vendor', values.vendor],
    ['Description', [summary.trim(), ...details.map((line) => ` ${line.trim() || '.'}`)].join('\n')],
  ]
  const present = fields.filter(([, value]) => value !== undefined && value !== '')
  return present.map(([name, value]) => `${name}: ${value}\n`).join('')
}

function addScript(source: string | undefined, target: string): void {
  if (source === undefined) return
  cpSync(source, target)
  chmodSync(target, 0o755)
}
