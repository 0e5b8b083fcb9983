import type { OwnSound } from '#shared/notifications/sounds.ts'

interface Note {
  /** Hz; a pair glides from the first to the second. */
  pitch: number | readonly [number, number]
  /** Seconds after the start of the sound. */
  at: number
  /** Seconds until it cannot be heard any more. */
  lasts: number
  wave?: OscillatorType
}

/** The registry of sounds: few notes each, so that no file has to be loaded. */
const sounds: Readonly<Record<OwnSound, readonly Note[]>> = {
  chime: [
    { pitch: 659, at: 0, lasts: 0.35 },
    { pitch: 880, at: 0.12, lasts: 0.5 },
  ],
  drop: [{ pitch: [1200, 420], at: 0, lasts: 0.22 }],
  knock: [
    { pitch: [220, 110], at: 0, lasts: 0.09, wave: 'triangle' },
    { pitch: [220, 110], at: 0.14, lasts: 0.09, wave: 'triangle' },
  ],
  bell: [
    { pitch: 988, at: 0, lasts: 0.9 },
    { pitch: 2371, at: 0, lasts: 0.4 },
  ],
}

export const notesOf = (sound: OwnSound): readonly Note[] => sounds[sound]

const LOUDNESS = 0.2
/** An exponential ramp cannot reach zero. */
const SILENCE = 0.0001
const ATTACK_S = 0.005

/** Returns a function that plays a sound. The audio context is created with the first one. */
export function createSoundPlayer(createContext: () => AudioContext): (sound: OwnSound) => void {
  let context: AudioContext | undefined
  return (sound) => {
    context ??= createContext()
    const start = context.currentTime
    for (const note of notesOf(sound)) playNote(context, start + note.at, note)
  }
}

function playNote(context: AudioContext, start: number, { pitch, lasts, wave = 'sine' }: Note): void {
  const [from, to] = typeof pitch === 'number' ? [pitch, pitch] : pitch
  const oscillator = context.createOscillator()
  oscillator.type = wave
  oscillator.frequency.setValueAtTime(from, start)
  oscillator.frequency.exponentialRampToValueAtTime(to, start + lasts)
  const gain = context.createGain()
  gain.gain.setValueAtTime(SILENCE, start)
  gain.gain.exponentialRampToValueAtTime(LOUDNESS, start + ATTACK_S)
  gain.gain.exponentialRampToValueAtTime(SILENCE, start + lasts)
  oscillator.connect(gain).connect(context.destination)
  oscillator.start(start)
  oscillator.stop(start + lasts)
}
