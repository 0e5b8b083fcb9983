import { createHash } from 'node:crypto'
import { createReadStream, existsSync, readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { parseUpdateInfo } from 'electron-updater/out/providers/Provider.js'
import { readFeed, type Feed } from '../../src/main/updates/feed.ts'
import { signFeed, unsigned, type KeyPair } from '../../src/main/updates/signature.ts'
import { Unmet } from './console.ts'

/* The feed of a release: `latest*.yml`, which electron-builder writes beside the installers, one for each system. */

export interface FeedChanges {
  /** Percent of the installations that get the version. Undefined: all. */
  staging?: number | undefined
  /** Plain text. Undefined: what the feed has. */
  notes?: string | undefined
}

export const feedsIn = (folder: string): string[] =>
  existsSync(folder) ? readdirSync(folder).filter((name) => /^latest[\w-]*\.yml$/u.test(name)) : []

/** The app reads YAML with the same parser. */
export const parseFeed = (yaml: string): unknown =>
  parseUpdateInfo(yaml, 'latest.yml', new URL('https://localhost/'))

/** Replaces top-level fields of a feed. */
export function changeFeed(text: string, { staging, notes }: FeedChanges): string {
  const fields = {
    stagingPercentage: staging,
    ...(notes !== undefined && { releaseNotes: notes }),
  }
  const names = Object.keys(fields).join('|')
  // A field of several lines continues in lines that are indented.
  const others = unsigned(text)
    .replaceAll(new RegExp(`^(?:${names}):.*\\n(?:(?:[ \\t].*)?\\n)*`, 'gmu'), '')
    .trimEnd()
  const added = Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    // A string of JSON is one of YAML.
    .map(([name, value]) => `${name}: ${JSON.stringify(value)}\n`)
  return `${others}\n${added.join('')}`
}

/** Changes and signs a feed. Throws when the app would not take it, or a file is not the one that it describes. */
export async function signedFeed(
  file: { folder: string; name: string },
  changes: FeedChanges,
  keys: KeyPair,
): Promise<{ text: string; feed: Feed }> {
  const path = join(file.folder, file.name)
  const text = signFeed(changeFeed(await readFile(path, 'utf8'), changes), keys)
  const feed = readFeed(text, keys.publicKey, parseFeed)
  for (const { url, sha512 } of feed.files) {
    const artefact = join(file.folder, url)
    if (!existsSync(artefact)) throw new Unmet(`${artefact} does not exist, but ${file.name} names it.`)
    if ((await hashOf(artefact)) !== sha512)
      throw new Unmet(`${artefact} has changed since ${file.name} was written: package again.`)
  }
  return { text, feed }
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha512')
  await pipeline(createReadStream(path), hash)
  return hash.digest('base64')
}
