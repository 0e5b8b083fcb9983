import { spawnSync } from 'node:child_process'
import { Unmet } from './console.ts'
import { canInstallPackages, installPackage } from './debian.ts'

const OLDEST = 11

/** The emulators run on Java: makes sure that one from 11 up answers to `java`. */
export async function ensureJava(): Promise<void> {
  let found = installedVersion()
  if (found === undefined && canInstallPackages() && (await installPackage('default-jre-headless'))) {
    found = installedVersion()
  }
  if (found === undefined) {
    throw new Unmet(
      `The Firebase emulators need Java ${OLDEST} or newer, and there is no "java" here. Install one, e.g. from https://adoptium.net.`,
    )
  }
  if (found < OLDEST) {
    throw new Unmet(`The Firebase emulators need Java ${OLDEST} or newer; "java" here is version ${found}.`)
  }
}

function installedVersion(): number | undefined {
  // `java -version` writes to stderr.
  const result = spawnSync('java', ['-version'], { encoding: 'utf8' })
  return result.status === 0 ? majorVersion(result.stderr) : undefined
}

/** The major version that `java -version` tells: `1.8.0_292` is 8, `17.0.15` is 17. */
export function majorVersion(text: string): number | undefined {
  const match = /version "(?:1\.)?([0-9]+)/.exec(text)
  return match === null ? undefined : Number(match[1])
}
