import { expect, test } from 'vitest'
import { isAlive, output, run, start, type Started } from './processes.ts'

function firstOutput({ child }: Started): Promise<string> {
  return new Promise((resolve) => child.stdout?.once('data', (chunk: Buffer) => resolve(chunk.toString())))
}

test('stop ends the process and its children', async () => {
  const started = await start('sh', ['-c', 'sleep 60 & echo $!; wait'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const grandchild = Number(await firstOutput(started))
  expect(isAlive(grandchild)).toBe(true)
  await started.stop()
  expect(isAlive(started.pid)).toBe(false)
  await expect.poll(() => isAlive(grandchild)).toBe(false)
})

test('stop kills a process that ignores SIGTERM', async () => {
  const script = 'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000); console.log("up")'
  const started = await start(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'ignore'] })
  await firstOutput(started)
  await started.stop(50)
  expect(await started.exited).toMatchObject({ signal: 'SIGKILL' })
})

test('run returns the exit code, and 1 when it ends a process at the time limit', async () => {
  expect(await run(process.execPath, ['-e', 'process.exit(7)'])).toBe(7)
  expect(await run(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { timeLimitMs: 50 })).toBe(1)
})

test('output returns undefined when a command fails or does not exist', () => {
  expect(output(process.execPath, ['-p', '1 + 1'])?.trim()).toBe('2')
  expect(output(process.execPath, ['-e', 'process.exit(1)'])).toBeUndefined()
  expect(output('there-is-no-such-command', [])).toBeUndefined()
})
