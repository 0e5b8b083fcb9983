import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { voice, WAVE_BARS } from '../messages/kinds/voice.ts'
import { barsOf, durationOf, levelOf, waveOf } from './wave.ts'

const levels = fc.string({ unit: fc.constantFrom(...Array.from('0123456789abcdef')), maxLength: 2000 })
const constant = (value: number): Float32Array => new Float32Array(64).fill(value)

describe('the level of a sound', () => {
  it('is 0 for silence and f for the loudest sound', () => {
    expect(levelOf(new Float32Array())).toBe('0')
    expect(levelOf(constant(0))).toBe('0')
    expect(levelOf(constant(1))).toBe('f')
    expect(levelOf(constant(-1))).toBe('f')
    expect(levelOf(constant(0.05))).toBe('9')
  })

  it('is one hexadecimal digit, and does not fall when the sound gets louder', () => {
    const sample = fc.float({ min: Math.fround(-1), max: 1, noNaN: true })
    fc.assert(
      fc.property(fc.array(sample), fc.double({ min: 0, max: 1, noNaN: true }), (samples, factor) => {
        const loud = levelOf(Float32Array.from(samples))
        const quiet = levelOf(Float32Array.from(samples, (one) => one * factor))
        expect(loud).toMatch(/^[0-9a-f]$/)
        expect(Number.parseInt(quiet, 16)).toBeLessThanOrEqual(Number.parseInt(loud, 16))
      }),
    )
  })
})

describe('the wave of a voice note', () => {
  it('can be sent, whatever was recorded', () => {
    const file = { object: '0'.repeat(32), size: 1, sha256: '0'.repeat(64), mime: 'audio/webm', enc: null }
    fc.assert(
      fc.property(levels, (recorded) => {
        const body = { kind: 'voice', file, duration: durationOf(recorded), wave: waveOf(recorded) }
        expect(voice.schema.safeParse(body).success).toBe(true)
      }),
    )
  })

  it('has its highest bar where the recording is loudest, and is flat only for silence', () => {
    fc.assert(
      fc.property(levels, (recorded) => {
        const bars = barsOf(waveOf(recorded))
        const peak = Math.max(0, ...barsOf(recorded))
        expect(Math.max(...bars)).toBe(peak === 0 ? 0 : 1)
        if (peak === 0) return
        const bar = bars.indexOf(1)
        const part = recorded.slice(
          Math.floor((bar * recorded.length) / WAVE_BARS),
          Math.max(
            Math.floor((bar * recorded.length) / WAVE_BARS) + 1,
            Math.floor(((bar + 1) * recorded.length) / WAVE_BARS),
          ),
        )
        expect(Math.max(...barsOf(part))).toBe(peak)
      }),
    )
  })

  it('stretches a short recording over all bars', () => {
    expect(waveOf('0f')).toBe('0'.repeat(24) + 'f'.repeat(24))
    expect(waveOf('3')).toBe('f'.repeat(WAVE_BARS))
    expect(waveOf('')).toBe('0'.repeat(WAVE_BARS))
  })

  it('keeps the proportions of a quiet recording', () => {
    expect(waveOf('4'.repeat(24) + '8'.repeat(24))).toBe('8'.repeat(24) + 'f'.repeat(24))
  })
})
