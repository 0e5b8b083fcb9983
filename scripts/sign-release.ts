import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { newKeyPair, signFeed, verifiedFeed, type KeyPair } from '../src/main/updates/signature.ts'
import { runCommand, wholeNumber } from './lib/command.ts'
import { note, step, Unmet } from './lib/console.ts'
import { root } from './lib/paths.ts'
import { readProjectConfig } from './lib/project-config.ts'
import { feedsIn, signedFeed } from './lib/release-feed.ts'

const help = `
npm run sign-release -- [--folder DIR] [--staging PERCENT] [--notes FILE] [--config FILE] [--dry-run]
npm run sign-release -- --new-key

Signs the feeds of a release (latest*.yml), after npm run package and before they are uploaded. First checks that each file has
the hash in its feed. The private key comes from the environment variable PERCH_UPDATE_KEY; the public key, which the app
checks with, from updates.publicKey in the configuration.

  --folder DIR        the release (release)
  --staging PERCENT   offers the version only to so many of the installations; later sign again with more
  --notes FILE        release notes, as plain text
  --config FILE       configuration of the app (perch.config.json)
  --dry-run           writes nothing
  --new-key           prints a new pair of keys
`

await runCommand(help, async (args) => {
  const { values } = parseArgs({
    args,
    options: {
      folder: { type: 'string', default: 'release' },
      staging: { type: 'string' },
      notes: { type: 'string' },
      config: { type: 'string', default: 'perch.config.json' },
      'dry-run': { type: 'boolean', default: false },
      'new-key': { type: 'boolean', default: false },
    },
  })
  if (values['new-key']) return printNewKey()
  const folder = resolve(root, values.folder)
  const staging = values.staging === undefined ? undefined : wholeNumber('staging', values.staging, 100)
  if (staging !== undefined && staging > 100) throw new Unmet('--staging must be at most 100.')
  const names = feedsIn(folder)
  if (names.length === 0) throw new Unmet(`${folder} has no latest*.yml: run npm run package first.`)
  const keys = readKeys(resolve(root, values.config))
  const notes = values.notes === undefined ? undefined : readFileSync(resolve(root, values.notes), 'utf8')
  for (const name of names) {
    step(`Signing ${name}`)
    const { text, feed } = await signedFeed({ folder, name }, { staging, notes }, keys)
    if (!values['dry-run']) writeFileSync(join(folder, name), text)
    const part = feed.stagingPercentage === undefined ? 'everybody' : `${String(feed.stagingPercentage)} %`
    note(`✔ ${feed.version} for ${part}: ${feed.files.map(({ url }) => url).join(', ')}`)
  }
  if (values['dry-run']) note('Nothing was written (--dry-run).')
  return 0
})

function readKeys(config: string): KeyPair {
  if (!existsSync(config)) throw new Unmet(`${config} does not exist.`)
  const publicKey = readProjectConfig(config).updates?.publicKey
  if (publicKey === undefined)
    throw new Unmet(`${config} has no updates.publicKey. npm run sign-release -- --new-key makes a pair.`)
  const privateKey = process.env['PERCH_UPDATE_KEY']
  if (privateKey === undefined || !/^[\w-]{43}$/u.test(privateKey))
    throw new Unmet('PERCH_UPDATE_KEY must hold the private key: 43 characters.')
  const keys = { publicKey, privateKey }
  if (verifiedFeed(signFeed('trial\n', keys), publicKey) === null)
    throw new Unmet(`PERCH_UPDATE_KEY is not the private half of updates.publicKey in ${config}.`)
  return keys
}

function printNewKey(): number {
  const { publicKey, privateKey } = newKeyPair()
  step('A new pair of keys')
  note(`updates.publicKey in perch.config.json:  ${publicKey}`)
  note(`PERCH_UPDATE_KEY, to be kept secret:     ${privateKey}`)
  note('Installed apps take only feeds that are signed with the key they were packaged with.')
  return 0
}
