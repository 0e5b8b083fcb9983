import { expect, it } from 'vitest'
import { ownSoundSchema } from '#shared/notifications/sounds.ts'
import { createSoundPlayer, notesOf } from './sound-player.ts'

it.each(ownSoundSchema.options)('has a short %s in the range that people hear', (sound) => {
  const notes = notesOf(sound)
  expect(notes.length).toBeGreaterThan(0)
  for (const { pitch, at, lasts } of notes) {
    expect(at + lasts).toBeLessThan(1.5)
    for (const hertz of [pitch].flat()) expect(hertz).toBeGreaterThan(80)
    for (const hertz of [pitch].flat()) expect(hertz).toBeLessThan(4000)
  }
})

it('opens the audio output with the first sound only', () => {
  let opened = 0
  const play = createSoundPlayer(() => {
    opened++
    throw new Error('no output')
  })
  expect(opened).toBe(0)
  expect(() => play('chime')).toThrow('no output')
  expect(opened).toBe(1)
})
