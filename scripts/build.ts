import { build } from './lib/build.ts'
import { runCommand } from './lib/command.ts'

const help = `
npm run build

Builds main process, preload and renderer into out/.
`

await runCommand(help, async () => {
  await build()
  return 0
})
