import type { InstallWait } from '#shared/bridge/updates.ts'

/** Something that an installation would interrupt, because it ends the app. */
export interface ReasonToWait {
  /** Where even the person's own wish has to wait, the page has words for the name. */
  name: InstallWait | 'window' | 'active' | 'unsent'
  holds: () => boolean | Promise<boolean>
}

export interface RunningApp {
  isUploading: () => boolean
  /** The microphone or the camera is open. */
  isCapturing: () => boolean
  isVisible: () => boolean
  /** How long nobody has touched the machine, in ms. */
  idleMs: () => number
  /** Drafts, staged files and recordings. */
  hasUnsent: () => Promise<boolean>
}

/** So long nobody may have touched the machine, in ms. */
export const IDLE_MS = 5 * 60_000

/** What an installation waits for even if the person asks for it. */
const always = ({
  isUploading,
  isCapturing,
}: RunningApp): readonly (ReasonToWait & { name: InstallWait })[] => [
  { name: 'upload', holds: isUploading },
  { name: 'recording', holds: isCapturing },
]

/** What else it waits for when nobody asks for it. */
const unasked = ({ isVisible, idleMs, hasUnsent }: RunningApp, pace: number): readonly ReasonToWait[] => [
  { name: 'window', holds: isVisible },
  { name: 'active', holds: () => idleMs() < IDLE_MS / pace },
  { name: 'unsent', holds: hasUnsent },
]

/** The first reason of a list that holds. One that cannot be found out holds. */
async function firstOf<R extends ReasonToWait>(reasons: readonly R[]): Promise<R['name'] | null> {
  for (const { name, holds } of reasons) {
    try {
      if (await holds()) return name
    } catch {
      return name
    }
  }
  return null
}

export interface ReasonsToWait {
  /** Why an installation that the person asks for has to wait; null: it need not. */
  ifAsked(): Promise<InstallWait | null>
  /** The same, for one that nobody asks for. */
  ifUnasked(): Promise<ReasonToWait['name'] | null>
}

export function reasonsToWait(running: RunningApp, pace: number): ReasonsToWait {
  const [asked, more] = [always(running), unasked(running, pace)]
  return { ifAsked: () => firstOf(asked), ifUnasked: () => firstOf([...asked, ...more]) }
}
