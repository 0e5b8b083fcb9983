import { runChecks } from './lib/checks.ts'
import { runCommand } from './lib/command.ts'
import { step } from './lib/console.ts'
import { ensureFunctionsInstalled } from './lib/functions.ts'

const help = `
npm run check

Checks types (tsc), lint with the layer rules (oxlint), format (prettier), workflows (actionlint) and dead code (knip). Runs all checks and
fails when one of them fails. "npx prettier --write ." fixes the format.
`

await runCommand(help, async () => {
  await ensureFunctionsInstalled()
  step('Checking types, lint, format, workflows and dead code')
  const results = await runChecks()
  return results.every(({ passed }) => passed) ? 0 : 1
})
