/** People of the end-to-end tests. Each one has an app instance, a phone number and a name. */
import { expect } from '@playwright/test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { codeFor, existingDocuments } from '../../scripts/lib/emulator-rest.ts'
import { readBackend } from '../../src/main/backend.ts'
import type { Backend } from '../../src/shared/backend.ts'
import { AppPage } from './app-page.ts'
import { launchApp, type LaunchedApp, type LaunchOptions } from './launch.ts'
import { newPhone } from './new-phone.ts'

/** Returns the local backend that `npm test` has started. */
export function testBackend(): Backend {
  const file = process.env['PERCH_BACKEND']
  if (file === undefined) throw new Error('PERCH_BACKEND is not set: run `npm test -- e2e`.')
  return readBackend(file)
}

export interface PersonOptions extends Omit<LaunchOptions, 'userData'> {
  name: string
  phone?: string
}

export class Person {
  readonly name: string
  readonly phone: string
  readonly #options: LaunchOptions
  readonly #userData: string
  #perch: LaunchedApp | undefined

  constructor({ name, phone = newPhone(), ...options }: PersonOptions) {
    this.name = name
    this.phone = phone
    this.#options = options
    this.#userData = mkdtempSync(join(tmpdir(), 'perch-person-'))
  }

  /** The running app. A restart replaces it. */
  get perch(): LaunchedApp {
    if (this.#perch === undefined) throw new Error(`${this.name} has not started the app.`)
    return this.#perch
  }
  /** The page of the running app. */
  get app(): AppPage {
    return new AppPage(this.perch.page)
  }
  /** The profile folder, the same for all starts. */
  get userData(): string {
    return this.#userData
  }

  /** Starts the app. It may be called again after the app has ended. */
  async start(options: LaunchOptions = {}): Promise<void> {
    this.#perch = await launchApp({ ...this.#options, ...options, userData: this.#userData })
  }

  /** Signs up a new person, or signs in a person who already has a name (`isKnown`). */
  async signIn({ isKnown = false } = {}): Promise<void> {
    const { app } = this
    await app.requestCode(this.phone)
    await app.enterCode(await this.code())
    if (isKnown) await app.expectReady()
    else await app.enterName(this.name)
  }

  /** The newest code that was sent to this person. */
  code(): Promise<string> {
    return codeFor(testBackend(), this.phone)
  }

  async quit(): Promise<void> {
    await this.perch.close()
  }

  /** Quits and removes the profile. */
  async leave(): Promise<void> {
    await this.#perch?.close()
    rmSync(this.#userData, { recursive: true, force: true })
  }
}

/** Creates a person with a new profile and starts the app, without signing in. */
export async function meet(options: PersonOptions): Promise<Person> {
  const person = new Person(options)
  await person.start()
  return person
}

/** Creates a person, starts the app and signs up. The person can be found by their number and has no chats yet. */
export async function signUp(options: PersonOptions): Promise<Person> {
  const person = await meet(options)
  try {
    await person.signIn()
    const phone = `phones/${person.phone}`
    // The time is given here, because scripts call this too, without the configuration of the tests.
    await expect
      .poll(async () => (await existingDocuments(testBackend(), [phone])).has(phone), { timeout: 20_000 })
      .toBe(true)
  } catch (error) {
    await person.leave()
    throw error
  }
  return person
}
