import { describe, expect, it, vi } from 'vitest'
import { accountMethods, methods, type MethodName } from '../../src/shared/bridge/index.ts'
import { validArguments } from './fuzz-calls.ts'
import { createDispatcher, type Handlers } from '../../src/main/bridge/dispatcher.ts'
import { mayRunWhileLocked } from '../../src/main/lock/while-locked.ts'

const isMethod = (name: string): name is MethodName => Object.hasOwn(methods, name)
const names = Object.keys(methods).filter(isMethod)
const open = names.filter(mayRunWhileLocked)

/** Reads what somebody wrote, sends as the person, or passes something out of the app. None of these is ever open. */
const SECRET =
  /^(?:replica\.(?:messages|media|search|send|sendStaged|forward|markRead|createGroup|openDirectChat|erase)|outbox\.(?:add|retry|discard)|media\.(?:open|saveAs|copyImage|dragOut|showSaved|takeOpened|begin|free)|voice\.(?:read|recordings|remove|nextUnheard|markHeard)|storage\..*|preview\..*|links\..*|clipboard\..*|png\..*|settings\.set|notifications\..*|lock\.(?:setPin|removePin)|microphone\.open|camera\.open|app\.openLogs)$/u

describe('while the app is locked', () => {
  it('denies every method that reads, sends or passes something out', () => {
    const secret = names.filter((name) => SECRET.test(name))
    expect(secret.length).toBeGreaterThan(35)
    expect(secret.filter(mayRunWhileLocked)).toEqual([])
  })

  it('runs no handler of a method outside of the table, and each of those in it', async () => {
    const ran = vi.fn<(name: string) => void>()
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- `names` are all names of the handlers
    const handlers = Object.fromEntries(names.map((name) => [name, () => ran(name)])) as unknown as Handlers
    const dispatch = createDispatcher({
      handlers,
      mayRun: mayRunWhileLocked,
      onInternalError: vi.fn<() => void>(),
    })
    for (const name of names) {
      const account = Object.hasOwn(accountMethods, name) ? 'me' : null
      const answer = await dispatch(account, name, validArguments[name][0])
      expect(answer, name).toMatchObject(
        open.includes(name) ? { ok: true } : { ok: false, error: { code: 'locked' } },
      )
    }
    expect(ran.mock.calls.map(([name]) => name)).toEqual(open)
  })

  it('says that the app is locked before it looks at the argument', async () => {
    const dispatch = createDispatcher({
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- no handler runs
      handlers: {} as Handlers,
      mayRun: mayRunWhileLocked,
      onInternalError: vi.fn<() => void>(),
    })
    expect(await dispatch({}, 'replica.search', 7)).toMatchObject({ error: { code: 'locked' } })
  })
})
