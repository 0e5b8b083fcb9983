import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { step, Unmet } from './console.ts'
import { canInstallPackages, installPackage } from './debian.ts'
import { emulatorsDirectory, officialJar, wrapJar } from './emulators.ts'
import { output, run } from './processes.ts'

const MAIN_CLASS = 'StorageRulesRuntime'
const source = join(import.meta.dirname, `storage-rules-runtime/${MAIN_CLASS}.java`)

/**
 * Returns the jar that evaluates storage.rules for the Storage emulator: the official one, or the project's own if that cannot be
 * downloaded.
 */
export async function storageRulesJar(firestoreJar: string): Promise<string> {
  const official = await officialJar('storage')
  if (official !== undefined) return official
  const classes = await compiledClasses(firestoreJar)
  return wrapJar('storage-rules-runtime', MAIN_CLASS, [`${classes}/`, firestoreJar])
}

/** Returns the folder with the classes of the project's own runtime. Compiles them once for each version of it. */
async function compiledClasses(firestoreJar: string): Promise<string> {
  const version = createHash('sha256').update(readFileSync(source)).update(firestoreJar).digest('hex')
  const classes = join(emulatorsDirectory(), `storage-rules-runtime-${version.slice(0, 16)}`)
  if (existsSync(classes)) return classes
  const [compiler, ...args] = await javaCompiler()
  step('Compiling the rules runtime of the Storage emulator')
  // Compiled beside it and then renamed, so that a command that is ended leaves no half of it.
  const fresh = mkdtempSync(`${classes}-`)
  try {
    if ((await run(compiler, [...args, '-cp', firestoreJar, '-d', fresh, source])) !== 0) {
      throw new Unmet(
        `${source} did not compile. Connect to the internet, so that the official runtime is used.`,
      )
    }
    renameSync(fresh, classes)
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true })
    // Another command may have compiled it at the same time.
    if (!existsSync(classes)) throw error
  }
  return classes
}

/** Returns the command of a compiler for Java 11. A machine with nothing but the JRE gets Eclipse's, from apt. */
async function javaCompiler(): Promise<[string, ...string[]]> {
  if (output('javac', ['-version']) !== undefined)
    return ['javac', '--release', '11', '-proc:none', '-Xlint:none']
  const hasEcj = (): boolean => output('ecj', ['-version']) !== undefined
  if (hasEcj() || (canInstallPackages() && (await installPackage('ecj')) && hasEcj())) {
    return ['ecj', '-11', '-proc:none', '-nowarn']
  }
  throw new Unmet(
    'The rules runtime of the Storage emulator could not be downloaded, and there is no Java compiler for the one of the project. ' +
      'Connect to the internet, or install a JDK, e.g. from https://adoptium.net.',
  )
}
