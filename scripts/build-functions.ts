import { runCommand } from './lib/command.ts'
import { ensureFunctions } from './lib/functions.ts'

const help = `
npm run build:functions

Installs the packages of the Cloud Functions and bundles the functions into functions/lib/. The deployment of functions
(npx firebase-tools deploy --only functions) runs this first.
`

await runCommand(help, async () => {
  await ensureFunctions()
  return 0
})
