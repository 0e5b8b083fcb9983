import type { NotificationFacts } from '../bridge/notifications.ts'
import { reasonNames, reasonOf, type NotificationContext, type ReasonName } from './should-notify.ts'

/**
 * Of one link of the chain from a message to its notification. `broken`: no notification. `quiet`: one without a sound. `warning`: it
 * still comes, but something around it is missing. `unknown`: the system does not tell.
 */
export type LinkState = 'ok' | 'warning' | 'quiet' | 'broken' | 'unknown'

export interface Circumstances {
  context: NotificationContext
  facts: NotificationFacts
  /** Whether the page is connected with the server. */
  online: boolean
}

/** Returns the state of a link; null: it does not concern this machine or chat. */
type Link = (circumstances: Circumstances) => LinkState | null

/** A push to oneself that takes longer is worth a warning. */
const SLOW_PUSH_MS = 15_000

const isOn = (value: boolean | null, otherwise: LinkState): LinkState => {
  if (value === null) return 'unknown'
  return value ? 'ok' : otherwise
}

/** The links that are not reasons of `shouldNotify`: the first one comes before the reasons, the others after. */
const links = {
  permission: ({ facts }) =>
    isOn(facts.permission === 'unknown' ? null : facts.permission === 'granted', 'broken'),
  trayHost: ({ context, facts }) => (context.settings.closeToTray ? isOn(facts.trayHost, 'warning') : null),
  badge: ({ context, facts }) => (context.settings.badgeCounts ? isOn(facts.badge, 'warning') : 'warning'),
  login: ({ context, facts }) =>
    context.settings.launchAtLogin ? isOn(facts.opensAtLogin, 'warning') : 'warning',
  push: ({ facts: { push } }) => push && isOn(push.state === 'connected', 'warning'),
  roundTrip: ({ facts: { push } }) =>
    push && isOn(push.roundTripMs === null ? null : push.roundTripMs <= SLOW_PUSH_MS, 'warning'),
  server: ({ online }) => (online ? 'ok' : 'broken'),
} as const satisfies Record<string, Link>

export type LinkName = keyof typeof links | Exclude<ReasonName, 'inView'>

/** The reasons that do not depend on what is on the screen: whoever reads the list has the window before them. */
const lasting = reasonNames.filter((name): name is Exclude<ReasonName, 'inView'> => name !== 'inView')

function stateOfReason(
  name: Exclude<ReasonName, 'inView'>,
  { context, facts }: Circumstances,
): LinkState | null {
  const { effect, scope, holds } = reasonOf(name)
  if (scope === 'chat' && context.chat === null) return null
  // Only groups have mentions, and only a person can be blocked.
  if ((name === 'mentionsOnly' || name === 'chatMentionsOnly') && context.chat?.kind !== 'group') return null
  if (name === 'blocked' && context.chat?.kind !== 'direct') return null
  if (name === 'doNotDisturb' && facts.doNotDisturb === null) return 'unknown'
  if (!holds({ ...context, doNotDisturb: facts.doNotDisturb === true })) return 'ok'
  return effect === 'no' ? 'broken' : 'quiet'
}

const oneOf =
  <T extends LinkName>(names: readonly T[]) =>
  (name: LinkName): name is T =>
    names.some((one) => one === name)

/** What can prevent a notification or its sound. */
const causes = ['permission', ...lasting, 'server'] as const
export type Cause = (typeof causes)[number]
const isCause = oneOf(causes)

/** What some systems do not tell. */
const unknowable = ['permission', 'doNotDisturb', 'trayHost', 'badge', 'login', 'roundTrip'] as const
export type Unknowable = (typeof unknowable)[number]
const isUnknowable = oneOf(unknowable)

/** What a click in the app can mend, at least on some systems. */
const fixable = [
  'permission',
  'off',
  'paused',
  'archived',
  'muted',
  'chatMentionsOnly',
  'mentionsOnly',
  'quietHours',
  'soundOff',
  'chatSilent',
  'badge',
  'login',
] as const
export type Fixable = (typeof fixable)[number]
export const isFixable = oneOf(fixable)
/** What mends a link at once. */
export type Fixes = Readonly<Partial<Record<Fixable, () => Promise<unknown>>>>

export type Line =
  { name: LinkName; state: Exclude<LinkState, 'unknown'> } | { name: Unknowable; state: 'unknown' }

export interface Checklist {
  answer: 'yes' | 'quietly' | 'no'
  /** The first link that makes it so; null for yes. */
  because: Cause | null
  lines: readonly Line[]
}

const { permission, ...others } = links

/** The links in the order of the chain, the reasons in that of `shouldNotify`. */
const chain = new Map<LinkName, Link>([
  ['permission', permission],
  ...lasting.map((name): [LinkName, Link] => [name, (now) => stateOfReason(name, now)]),
  ...namesOf(others).map((name): [LinkName, Link] => [name, others[name]]),
])

function namesOf<K extends string>(object: Readonly<Record<K, unknown>>): K[] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the keys of an object of this file, in their order
  return Object.keys(object) as K[]
}

/** Answers “Will I be notified?” and names each link of the chain. */
export function checklist(circumstances: Circumstances): Checklist {
  const lines = [...chain].flatMap(([name, link]): Line[] => {
    const state = link(circumstances)
    if (state === null) return []
    if (state !== 'unknown') return [{ name, state }]
    return isUnknowable(name) ? [{ name, state }] : []
  })
  const first = (wanted: LinkState): Cause | null =>
    lines
      .filter(({ state }) => state === wanted)
      .map(({ name }) => name)
      .find(isCause) ?? null
  const broken = first('broken')
  if (broken !== null) return { answer: 'no', because: broken, lines }
  const quiet = first('quiet')
  return { answer: quiet === null ? 'yes' : 'quietly', because: quiet, lines }
}
