import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Tick } from '../tests/support/app-page.ts'
import { createFakeDesktop } from '../tests/support/fake-desktop.ts'
import { meet, type Person } from '../tests/support/people.ts'
import { startTcpProxy, type TcpProxy } from '../tests/support/tcp-proxy.ts'
import { startTemporaryBackend, type RunningBackend } from './lib/backend.ts'
import { ensureBuilt } from './lib/build.ts'
import { runCommand } from './lib/command.ts'
import { note, step } from './lib/console.ts'
import { ensureElectron } from './lib/electron.ts'
import { root, stateDirectory } from './lib/paths.ts'
import { defaultSeed, seed } from './lib/seed.ts'
import { createCamera, resize, wide, type Camera } from './lib/tour-camera.ts'
import { tourOfGroups } from './lib/tour-of-groups.ts'
import { tourOfMedia } from './lib/tour-of-media.ts'
import { tourOfNotifications } from './lib/tour-of-notifications.ts'
import { tourOfTheDesktop } from './lib/tour-of-the-desktop.ts'

const help = `
npm run tour [-- --screens DIR]

Shows Perch without a display: two people, each in their own app on a temporary local backend, sign in, find each other and
chat. Prints their messages and the delivery state of each, and takes a screenshot of each screen, light and dark.

  --screens DIR   folder for the screenshots (.perch/tour); docs/screens replaces the pictures of the repository
`

await runCommand(help, async (args) => {
  const { values } = parseArgs({ args, options: { screens: { type: 'string' } } })
  const screens = resolve(values.screens ?? join(stateDirectory, 'tour'))
  mkdirSync(screens, { recursive: true })
  Object.assign(process.env, (await ensureElectron()).env)
  await ensureBuilt()
  step('Starting a local backend for the tour')
  const running = await startTemporaryBackend()
  process.env['PERCH_BACKEND'] = running.configFile
  const { people } = await seed(running.backend, { ...defaultSeed, now: Date.now() })
  const [host] = people
  if (host === undefined) throw new Error('Nobody was seeded.')

  step('Two people open Perch')
  const desktop = createFakeDesktop()
  const storage = await startTcpProxy(running.backend.emulator?.storagePort ?? 0)
  const grace = await meet({ name: 'Grace Hall', phone: '+16505550199' })
  const ada = await meet({
    name: host.displayName,
    phone: host.phone,
    env: desktop.env,
    backend: behindProxy(running, storage),
  })
  try {
    await tour(grace, ada, createCamera(screens), storage)
    for (const { name, perch } of [grace, ada]) {
      for (const problem of await perch.problems()) throw new Error(`${name}: ${problem}`)
    }
  } finally {
    await grace.leave()
    await ada.leave()
    await storage.stop()
    desktop.remove()
  }
  step(`The screenshots are in ${relative(root, screens) || '.'}`)
  return 0
})

/** Writes the configuration of a backend whose Storage is reached through the proxy. Returns the file. */
function behindProxy(
  { backend: { firebase, emulator }, configFile }: RunningBackend,
  storage: TcpProxy,
): string {
  const file = join(dirname(configFile), 'tour.json')
  writeFileSync(file, JSON.stringify({ firebase, emulator: { ...emulator, storagePort: storage.port } }))
  return file
}

/** `grace` has no account yet, `ada` has one with chats. */
async function tour(grace: Person, ada: Person, camera: Camera, storage: TcpProxy): Promise<void> {
  const { shoot } = camera
  await resize(grace, wide)
  await resize(ada, wide)
  await signUp(grace, camera)
  await ada.signIn({ isKnown: true })

  step(`${grace.name} finds ${ada.name} by phone number`)
  await grace.app.findPerson(ada.phone)
  await grace.app.personRow(ada.name).waitFor()
  await shoot(grace, 'new-chat')
  await grace.app.personRow(ada.name).click()
  await say(grace, 'Hello Ada, Grace here. Ben gave me your number', 'Delivered')
  for (const { title, body } of await ada.perch.notifications())
    note(`(${ada.name} gets a notification: ${title}: ${body})`)
  await ada.app.chatRow('Ben Demo').waitFor()
  await shoot(ada, 'list')
  await ada.app.openChat(grace.name)
  await expectState(grace, 'Hello Ada, Grace here. Ben gave me your number', 'Read')

  await say(ada, 'Grace! He said you might write 🙂 Are you coming on Sunday?', 'Read')
  await grace.app.composer.pressSequentially('Yes')
  await ada.app.status('typing…').waitFor()
  note(`(${ada.name} sees: ${grace.name} is typing…)`)
  await say(grace, 'Yes! What shall I bring?', 'Read')
  await say(
    ada,
    '*Please bring:*\n- the big tent\n- the _blue_ kayak, if it fits\n- something for breakfast',
    'Read',
  )
  await say(
    grace,
    'The kayak fits. Meeting point? https://www.openstreetmap.org/#map=15/52.5163/13.3777',
    'Read',
  )
  await say(ada, 'That is the one. Eight o’clock, by the boat house', 'Read')
  await say(grace, 'مرحبًا! سأحضر الشاي والخبز صباح الأحد', 'Read')
  await say(ada, '🎉', 'Read')
  await shoot(ada, 'conversation')
  const details = await ada.app.openDetails()
  await details.getByRole('button', { name: 'Block' }).waitFor()
  await shoot(ada, 'details')
  await ada.app.button('Close details').click()
  await ada.app.openSettings()
  await shoot(ada, 'settings')
  await ada.app.button('Back').click()

  await camera.shootNarrow(ada, 'conversation')
  await camera.shootMirrored(ada, 'conversation')
  await ada.app.page.keyboard.press('Escape')
  await camera.shootNarrow(ada, 'list')

  await tourOfMedia(ada, camera, storage)
  await tourOfNotifications(ada, camera)
  await tourOfTheDesktop(ada, camera)
  await tourOfGroups({ owner: ada, guest: grace }, camera)
  await ada.app.openChat(grace.name)
  await grace.app.openChat(ada.name)

  step(`${grace.name} loses the network`)
  await grace.app.page.context().setOffline(true)
  await say(grace, 'Written on the train, without a network', 'Sending')
  await shoot(grace, 'offline')
  await grace.app.page.context().setOffline(false)
  await expectState(grace, 'Written on the train, without a network', 'Read')
}

async function signUp(person: Person, { shoot }: Camera): Promise<void> {
  const { app, name, phone } = person
  step(`${name} signs up`)
  await app.button('Sign in with your phone number').waitFor()
  await shoot(person, 'welcome')
  await app.requestCode(phone)
  await shoot(person, 'code')
  await app.enterCode(await person.code())
  await app.page.getByRole('textbox', { name: 'Name' }).fill(name)
  await shoot(person, 'name')
  await app.enterName(name)
  await shoot(person, 'empty')
}

/** Sends a message, waits for the delivery state, and prints both. */
async function say(from: Person, text: string, tick: Tick): Promise<void> {
  await from.app.send(text)
  note(`${from.name}: ${text.replaceAll('\n', ' ')}`)
  await expectState(from, text, tick)
}

async function expectState(from: Person, text: string, tick: Tick): Promise<void> {
  await from.app.expectTick(firstLine(text), tick)
  note(`  ${tick.toLowerCase()}`)
}

/** The first line as the bubble shows it, without the marks of formatting. */
function firstLine(text: string): string {
  return (text.split('\n')[0] ?? '').replaceAll('*', '')
}
