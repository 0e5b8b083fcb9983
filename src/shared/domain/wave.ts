import { WAVE_BARS } from '../messages/kinds/voice.ts'

/* The loudness of a voice note over time. A level is one hexadecimal digit: 0 is silence, f is the loudest. */

/** While a voice note is recorded, its loudness is measured this often, in ms. */
export const LEVEL_MS = 100

/** The range of loudness that speech uses, in dB below the loudest possible sample. */
const QUIETEST_DB = -55
const LOUDEST_DB = -8
const HIGHEST = 15

/** Returns the level of a piece of sound. Samples are between -1 and 1. */
export function levelOf(samples: Float32Array): string {
  let sum = 0
  for (const sample of samples) sum += sample * sample
  const decibels = 10 * Math.log10(sum / Math.max(1, samples.length))
  const share = (decibels - QUIETEST_DB) / (LOUDEST_DB - QUIETEST_DB)
  // No samples, or nothing but zeros: -Infinity.
  return Math.round(HIGHEST * Math.min(1, Math.max(0, share))).toString(16)
}

const parse = (level: string): number => Number.parseInt(level, 16)

/**
 * Reduces any number of levels to the WAVE_BARS of a message. A bar is as high as the loudest level in its part of the time. The
 * loudest bar gets the full height, so that a quiet voice has a readable wave too. Silence stays flat.
 */
export function waveOf(levels: string): string {
  const bars = Array.from({ length: WAVE_BARS }, (_, bar) => {
    const from = Math.floor((bar * levels.length) / WAVE_BARS)
    const to = Math.max(from + 1, Math.floor(((bar + 1) * levels.length) / WAVE_BARS))
    return Math.max(0, ...Array.from(levels.slice(from, to), parse))
  })
  const loudest = Math.max(...bars)
  const scale = loudest === 0 ? 0 : HIGHEST / loudest
  return bars.map((bar) => Math.round(bar * scale).toString(16)).join('')
}

/** Returns the heights of the bars, each between 0 and 1. */
export function barsOf(levels: string): number[] {
  return Array.from(levels, (level) => parse(level) / HIGHEST)
}

/** Duration of a recording with these levels, in ms. */
export function durationOf(levels: string): number {
  return levels.length * LEVEL_MS
}
