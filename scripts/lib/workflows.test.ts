import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { root } from './paths.ts'

/*
 * `npm run check` validates the workflows with actionlint: their syntax, the types of their expressions, the names of jobs
 * and runners. This tests what it does not know.
 */

const directory = join(root, '.github/workflows')
const workflows = readdirSync(directory).map((name) => ({
  name,
  text: readFileSync(join(directory, name), 'utf8'),
}))
const matches = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([, found = '']) => found)

test.each(workflows)('$name uses actions by the hash of a commit', ({ text }) => {
  const uses = matches(text, /uses: (.+)/g)
  expect(uses.length).toBeGreaterThan(0)
  for (const action of uses) expect(action).toMatch(/^actions\/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/)
})

test.each(workflows)('$name may read the repository only, unless a job says otherwise', ({ text }) => {
  expect(text).toMatch(/^permissions:\n {2}contents: read\n/m)
  expect(matches(text, /^ +(\w[\w-]+): write$/gm)).toEqual(
    text.includes('gh release create') ? ['contents'] : [],
  )
  // The token of the run does not stay on the machine that builds.
  expect(matches(text, /(actions\/checkout)/g).length).toBe(
    matches(text, /(persist-credentials: false)/g).length,
  )
})

test.each(workflows)('$name gives no secrets to pull requests', ({ text }) => {
  if (/^ {2}pull_request/m.test(text)) expect(text).not.toContain('secrets.')
  expect(text).not.toContain('pull_request_target')
})

test.each(workflows)('$name puts no text from outside into a command', ({ text }) => {
  for (const command of matches(text, /run: (.+)/g)) expect(command).not.toContain('${{')
})

test.each(workflows)('$name runs only commands that exist', ({ text }) => {
  const { scripts } = z
    .object({ scripts: z.record(z.string(), z.string()) })
    .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')))
  const suites = matches(readFileSync(join(root, 'scripts/test.ts'), 'utf8'), /^ {2}(\w+):? /gm)
  for (const script of matches(text, /npm run ([\w:-]+)/g)) expect(scripts).toHaveProperty([script])
  for (const names of matches(text, /npm test -- ([\w ]+)$/gm)) {
    expect(suites).toEqual(expect.arrayContaining(names.split(' ')))
  }
})
