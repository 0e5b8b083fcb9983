import { step } from './console.ts'
import { output, run } from './processes.ts'

/** Whether this process can install packages: it needs apt and root rights. */
export function canInstallPackages(): boolean {
  return process.getuid?.() === 0 && output('apt-get', ['--version']) !== undefined
}

/** Installs a Debian package. Returns false when apt has no such package or fails. */
export async function installPackage(name: string): Promise<boolean> {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  if (!isOffered(name)) await run('apt-get', ['update', '-qq'], { env, timeLimitMs: 120_000 })
  if (!isOffered(name)) return false
  step(`Installing the Debian package ${name}`)
  const args = ['install', '-y', '-qq', '--no-install-recommends', name]
  return (await run('apt-get', args, { env, timeLimitMs: 600_000 })) === 0
}

function isOffered(name: string): boolean {
  const policy = output('apt-cache', ['policy', name]) ?? ''
  return /^ +[0-9]+ (?!\/var\/lib\/dpkg)\S/m.test(policy)
}
