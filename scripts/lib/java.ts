import { spawnSync } from 'node:child_process'
import { Unmet } from './console.ts'
import { canInstallPackages, installPackage } from './debian.ts'

const MIN_VERSION = 11

/** Checks that `java` is recent enough for the emulators. Installs it with apt if it is missing and that is possible. */
export async function ensureJava(): Promise<void> {
  let found = installedVersion()
  if (found === undefined && canInstallPackages() && (await installPackage('default-jre-headless'))) {
    found = installedVersion()
  }
  if (found === undefined) {
    throw new Unmet(
      `The Firebase emulators need Java ${MIN_VERSION} or newer, and "java" was not found. Install it, e.g. from https://adoptium.net.`,
    )
  }
  if (found < MIN_VERSION) {
    throw new Unmet(`The Firebase emulators need Java ${MIN_VERSION} or newer; "java" is version ${found}.`)
  }
}

function installedVersion(): number | undefined {
  // `java -version` writes to stderr.
  const result = spawnSync('java', ['-version'], { encoding: 'utf8' })
  return result.status === 0 ? majorVersion(result.stderr) : undefined
}

/** Returns the major version in the output of `java -version`: `1.8.0_292` is 8, `17.0.15` is 17. */
export function majorVersion(text: string): number | undefined {
  const match = /version "(?:1\.)?([0-9]+)/.exec(text)
  return match === null ? undefined : Number(match[1])
}
