import fc from 'fast-check'
import { expect, it } from 'vitest'
import { chatId } from '#shared/domain/test-data.ts'
import { sha256Schema } from '#shared/messages/attachment.ts'
import { positionAt, RATES, type PlayerState } from './player.ts'

const player: PlayerState = {
  track: {
    key: `recording/${chatId}`,
    chatId,
    sha256: sha256Schema.parse('0'.repeat(64)),
    mime: 'audio/webm',
    remote: null,
    voice: null,
    fileName: null,
  },
  phase: 'playing',
  failure: null,
  rate: 1,
  position: 1000,
  since: 500,
  duration: 10_000,
  inView: true,
}

it('the position moves with the time and the speed, only while the track plays', () => {
  expect(positionAt(player, 1500)).toBe(2000)
  expect(positionAt({ ...player, rate: 2 }, 1500)).toBe(3000)
  for (const phase of ['loading', 'paused', 'failed'] as const)
    expect(positionAt({ ...player, phase }, 1500)).toBe(1000)
})

it('the position never goes back while the track plays, and never beyond its end', () => {
  const time = fc.integer({ min: 0, max: 100_000 })
  fc.assert(
    fc.property(time, time, fc.constantFrom(...RATES), (first, later, rate) => {
      const state = { ...player, rate }
      const [a, b] = [Math.min(first, later), Math.max(first, later)]
      expect(positionAt(state, a)).toBeLessThanOrEqual(positionAt(state, b))
      expect(positionAt(state, b)).toBeLessThanOrEqual(10_000)
      expect(positionAt(state, a)).toBeGreaterThanOrEqual(1000)
    }),
  )
})
