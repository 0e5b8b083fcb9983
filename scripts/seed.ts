import { parseArgs } from 'node:util'
import { runCommand, wholeNumber } from './lib/command.ts'
import { note, step, Unmet } from './lib/console.ts'
import { MAX_PEOPLE } from './lib/demo.ts'
import { openLocalBackend } from './lib/local-backend.ts'
import { defaultSeed, seed } from './lib/seed.ts'

const help = `
npm run seed [-- --people N --chats N --messages N]

Adds demo people and chats to the local backend, which is started if it is not running. Skips people and chats that exist
already, so it can be repeated.

  --people N     number of people (${defaultSeed.people})
  --chats N      number of direct chats: the first person with everyone, then the second, ... (${defaultSeed.chats})
  --messages N   number of messages in each new chat (${defaultSeed.messages})
`

await runCommand(help, async (args) => {
  const { values } = parseArgs({
    args,
    options: { people: { type: 'string' }, chats: { type: 'string' }, messages: { type: 'string' } },
  })
  const people = wholeNumber('people', values.people, defaultSeed.people, 2)
  if (people > MAX_PEOPLE) throw new Unmet(`--people must be at most ${MAX_PEOPLE}.`)
  const options = {
    people,
    chats: wholeNumber('chats', values.chats, defaultSeed.chats),
    messages: wholeNumber('messages', values.messages, defaultSeed.messages, 1),
    now: Date.now(),
  }
  const { backend } = await openLocalBackend()
  step('Seeding')
  const result = await seed(backend, options)
  note(`${result.addedPeople} people and ${result.addedChats} chats added.`)
  for (const { displayName, phone } of result.people.slice(0, 10)) note(`${phone}  ${displayName}`)
  return 0
})
