import { isMuted, type Chat } from '../domain/chat.ts'
import type { ChatId } from '../domain/ids.ts'
import type { Settings } from '../settings.ts'
import { quietUntil } from './quiet-hours.ts'

export interface NotificationContext {
  settings: Settings
  /** The main window has the focus. */
  focused: boolean
  openChatId: ChatId | null
  /** Null: any direct chat that nothing was changed in. */
  chat: Pick<Chat, 'id' | 'kind' | 'state'> | null
  blocked: boolean
  /** The message mentions this person or everyone. */
  mentioned: boolean
  /** The system holds notifications back. False where it cannot be read. */
  doNotDisturb: boolean
  /** ms, local clock. */
  now: number
}

interface Reason {
  /** What happens to the notification when the reason holds. `quiet`: it is shown without a sound. */
  effect: 'no' | 'quiet'
  /** Whom it concerns: every chat, one chat, or only what is on the screen at the moment. */
  scope: 'app' | 'chat' | 'moment'
  holds: (context: NotificationContext) => boolean
}

/**
 * The registry of reasons against a notification or its sound. The first one that holds decides, and the settings list them in this
 * order. Quiet hours come after all others that prevent a notification: what they hold back is counted for the summary.
 */
const reasons = {
  off: { effect: 'no', scope: 'app', holds: ({ settings }) => settings.notifyAbout === 'nothing' },
  paused: {
    effect: 'no',
    scope: 'app',
    holds: ({ settings, now }) => settings.mutedUntil !== null && settings.mutedUntil > now,
  },
  blocked: { effect: 'no', scope: 'chat', holds: ({ blocked }) => blocked },
  archived: { effect: 'no', scope: 'chat', holds: ({ chat }) => chat?.state.archived === true },
  muted: {
    effect: 'no',
    scope: 'chat',
    holds: ({ chat, now }) =>
      chat !== null && isMuted(chat, now) && (chat.state.muteMentions || chat.kind === 'direct'),
  },
  chatMentionsOnly: {
    effect: 'no',
    scope: 'chat',
    // A mention is worth a notification in a muted group, unless the person wants nothing of it.
    holds: ({ chat, mentioned, now }) =>
      chat?.kind === 'group' && isMuted(chat, now) && !chat.state.muteMentions && !mentioned,
  },
  mentionsOnly: {
    effect: 'no',
    scope: 'chat',
    holds: ({ settings, chat, mentioned }) =>
      settings.notifyAbout === 'mentionsAndDirect' && chat?.kind === 'group' && !mentioned,
  },
  inView: {
    effect: 'no',
    scope: 'moment',
    holds: ({ focused, openChatId, chat }) => focused && chat !== null && openChatId === chat.id,
  },
  quietHours: { effect: 'no', scope: 'app', holds: isQuiet },
  doNotDisturb: { effect: 'quiet', scope: 'app', holds: ({ doNotDisturb }) => doNotDisturb },
  soundOff: { effect: 'quiet', scope: 'app', holds: ({ settings }) => !settings.notificationSound },
  chatSilent: { effect: 'quiet', scope: 'chat', holds: ({ chat }) => chat?.state.sound === 'none' },
} as const satisfies Record<string, Reason>

export type ReasonName = keyof typeof reasons

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the keys of the object above, in their order
export const reasonNames = Object.keys(reasons) as ReasonName[]

export const reasonOf = (name: ReasonName): Reason => reasons[name]

function isQuiet({ settings: { quietHours }, chat, mentioned, now }: NotificationContext): boolean {
  if (quietHours.exceptMentions && mentioned) return false
  if (quietHours.exceptPinned && chat?.state.pinned === true) return false
  return quietUntil(quietHours, now) !== null
}

export interface Verdict {
  notify: 'loud' | 'quiet' | 'no'
  /** Null when it is loud. */
  reason: ReasonName | null
}

/** Whether the system shows a notification for a message that has just arrived from someone else, whether with a sound, and why not. */
export function shouldNotify(context: NotificationContext): Verdict {
  const reason = reasonNames.find((name) => reasons[name].holds(context))
  return reason === undefined ? { notify: 'loud', reason: null } : { notify: reasons[reason].effect, reason }
}
