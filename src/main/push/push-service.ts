import { randomBytes } from 'node:crypto'
import type { NotificationFacts } from '#shared/bridge/notifications.ts'
import type { PushStatus } from '#shared/bridge/push.ts'
import { platformSchema } from '#shared/functions.ts'
import type { UserId } from '#shared/domain/ids.ts'
import type { Push } from '#shared/push.ts'
import type { Receiver } from './receiver.ts'

/** A push of a self-test that is not here after this time is lost, in ms. */
const TEST_MS = 30_000
/** A passed self-test proves this long that pushes arrive, in ms. The page tests once a day. */
const PROOF_MS = 26 * 3_600_000

export interface PushServiceOptions {
  /** Creates the receiver, or null if the project has no push. */
  createReceiver: (handlers: { onPush: (push: Push) => void; onChange: () => void }) => Receiver | null
  onStatus: (account: UserId, status: PushStatus) => void
  /** A push says that there is something new for the open account. */
  onHint: (push: Exclude<Push, { type: 'test' }>) => void
  /** `isHealthy` has changed, or a self-test has ended. */
  onHealth: () => void
}

/** Pushes to the open account, and whether they can be relied on. */
export interface PushService {
  open(account: UserId): void
  close(account: UserId): void
  /** Sign-out: deletes what the device needs to receive pushes. Does not wait until Google knows. */
  erase(account: UserId): void
  status(): PushStatus
  /** What the check of the notifications shows. */
  facts(): NotificationFacts['push']
  /** Returns the nonce that the push of the test must have. */
  beginTest(): string
  isHealthy(): boolean
  /** The system has woken up, or the network has changed. */
  wake(): void
  /** The machine uses another proxy. */
  reconnect(): void
  quit(): void
}

export function createPushService({
  createReceiver,
  onStatus,
  onHint,
  onHealth,
}: PushServiceOptions): PushService {
  let account: UserId | null = null
  let running: { nonce: string; began: number; timeout: NodeJS.Timeout } | undefined
  let test: PushStatus['test'] = null
  /** The token that the test is about. */
  let tested: string | null = null
  let wasHealthy = false

  function onPush(push: Push): void {
    if (push.account !== account) return
    if (push.type !== 'test') onHint(push)
    else if (push.nonce === running?.nonce) endTest(Math.round(performance.now() - running.began))
  }

  function endTest(roundTrip: number | null): void {
    clearTimeout(running?.timeout)
    running = undefined
    test = { at: Date.now(), roundTrip }
    tested = receiver?.token() ?? null
    // Reports the health in any case: an older proof may have expired since the last report.
    wasHealthy = !isHealthy()
    changed()
  }

  function changed(): void {
    if (test !== null && tested !== receiver?.token()) test = null
    if (account !== null) onStatus(account, status())
    if (isHealthy() === wasHealthy) return
    wasHealthy = !wasHealthy
    onHealth()
  }

  const receiver = createReceiver({ onPush, onChange: changed })

  function status(): PushStatus {
    const [id, token] = [receiver?.deviceId() ?? null, receiver?.token() ?? null]
    const device =
      id === null || token === null
        ? null
        : { id, token, platform: platformSchema.catch('linux').parse(process.platform) }
    return { state: receiver?.state() ?? 'off', device, test }
  }

  function isHealthy(): boolean {
    if (test === null || test.roundTrip === null) return false
    const age = Date.now() - test.at
    // Negative: the clock was set back, and nobody knows how old the proof is.
    return age >= 0 && age < PROOF_MS && receiver?.state() === 'connected'
  }

  function forgetTests(): void {
    clearTimeout(running?.timeout)
    running = undefined
    test = null
  }

  function close(): void {
    account = null
    forgetTests()
    receiver?.stop()
  }

  return {
    open(opened) {
      if (opened !== account) forgetTests()
      account = opened
      receiver?.start(opened)
    },
    close(closed) {
      if (closed === account) close()
    },
    erase(erased) {
      if (erased === account) close()
      void receiver?.forget(erased)
    },
    status,
    facts: () =>
      receiver === null ? null : { state: receiver.state(), roundTripMs: test?.roundTrip ?? null },
    beginTest() {
      clearTimeout(running?.timeout)
      const nonce = randomBytes(16).toString('hex')
      running = { nonce, began: performance.now(), timeout: setTimeout(() => endTest(null), TEST_MS) }
      return nonce
    },
    isHealthy,
    wake: () => receiver?.wake(),
    reconnect: () => receiver?.reconnect(),
    quit: close,
  }
}
