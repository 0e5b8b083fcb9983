/** People of end-to-end tests: each with an app instance, a phone number and a name of their own. */
import { randomInt } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { verificationCodes } from '../../scripts/lib/emulator-rest.ts'
import { backendSchema, type Backend } from '../../src/shared/backend.ts'
import { AppPage } from './app-page.ts'
import { launchApp, type LaunchedApp, type LaunchOptions } from './launch.ts'

/** The local backend that `npm test` has started. */
export function testBackend(): Backend {
  const file = process.env['PERCH_BACKEND']
  if (file === undefined) throw new Error('PERCH_BACKEND names no backend: run `npm test -- e2e`.')
  return backendSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
}

/** A number that no one has. */
export function newPhone(): string {
  return `+1415${String(randomInt(10_000_000)).padStart(7, '0')}`
}

/** The code that the backend has sent to the number last. */
export async function codeFor(phone: string, backend: Backend = testBackend()): Promise<string> {
  const sent = (await verificationCodes(backend)).findLast(({ phoneNumber }) => phoneNumber === phone)
  if (sent === undefined) throw new Error(`No code was sent to ${phone}.`)
  return sent.code
}

export interface PersonOptions extends LaunchOptions {
  name: string
  phone?: string
}

export class Person {
  readonly name: string
  readonly phone: string
  readonly #options: LaunchOptions
  #perch: LaunchedApp

  constructor(perch: LaunchedApp, { name, phone = newPhone(), ...options }: PersonOptions) {
    this.name = name
    this.phone = phone
    this.#options = options
    this.#perch = perch
  }

  /** The running app; another one after a restart. */
  get perch(): LaunchedApp {
    return this.#perch
  }
  /** Its page. */
  get app(): AppPage {
    return new AppPage(this.#perch.page)
  }

  /** Signs up, or in as someone who has a name already. */
  async signIn(isKnown = false): Promise<void> {
    const { app } = this
    await app.requestCode(this.phone)
    await app.enterCode(await codeFor(this.phone))
    if (isKnown) await app.expectReady()
    else await app.enterName(this.name)
  }

  /** Starts the app again on the same profile, once it has ended. */
  async restart(options: LaunchOptions = {}): Promise<void> {
    this.#perch = await launchApp({ ...this.#options, ...options, userData: this.#perch.userData })
  }
}

/** Someone at a new machine, before signing in. */
export async function meet(options: PersonOptions): Promise<Person> {
  return new Person(await launchApp(options), options)
}

/** Someone signed up, with no chats yet. */
export async function signUp(options: PersonOptions): Promise<Person> {
  const person = await meet(options)
  await person.signIn()
  return person
}
