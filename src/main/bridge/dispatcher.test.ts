import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { bridgeFailureSchema } from '#shared/bridge/contract.ts'
import { methods, type MethodName } from '#shared/bridge/index.ts'
import { defaultSettings } from '#shared/settings.ts'
import { BridgeError } from './bridge-error.ts'
import { createDispatcher, type Handlers } from './dispatcher.ts'

const unexpected: Handlers['app.ready'] = () => {
  throw new Error('not expected')
}

/** Returns handlers that all throw, except the given ones. */
function handlersWith(some: Partial<Handlers>): Handlers {
  const names = Object.keys(methods)
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- `names` are all names of the handlers
  return Object.assign(Object.fromEntries(names.map((name) => [name, unexpected])), some) as Handlers
}

function dispatcherWith(some: Partial<Handlers>, mayRun: (method: MethodName) => boolean = () => true) {
  const onInternalError = vi.fn<(method: string, error: unknown) => void>()
  return {
    dispatch: createDispatcher({ handlers: handlersWith(some), mayRun, onInternalError }),
    onInternalError,
  }
}

describe('dispatcher', () => {
  it('passes the parsed argument on and returns the result', async () => {
    const set = vi.fn<Handlers['settings.set']>(() => defaultSettings)
    const { dispatch } = dispatcherWith({ 'settings.set': set })
    expect(await dispatch(null, 'settings.set', { theme: 'dark' })).toEqual({
      ok: true,
      value: defaultSettings,
    })
    expect(set).toHaveBeenCalledWith({ theme: 'dark' }, null)
  })

  it.each([
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'app.nothing',
    '',
    7,
    null,
    {},
    ['app.info'],
  ])('rejects the unknown method %j', async (name) => {
    const { dispatch } = dispatcherWith({})
    expect(await dispatch(null, name, undefined)).toMatchObject({
      ok: false,
      error: { code: 'unknown-method' },
    })
  })

  it('runs a method of an account with the account that the call names', async () => {
    const load = vi.fn<Handlers['replica.chats']>(() => [])
    const { dispatch } = dispatcherWith({ 'replica.chats': load })
    expect(await dispatch('me', 'replica.chats', undefined)).toEqual({ ok: true, value: [] })
    expect(load).toHaveBeenCalledWith(undefined, 'me')
    for (const account of [null, undefined, '', 'not an id', 7, {}]) {
      const answer = await dispatch(account, 'replica.chats', undefined)
      expect(answer).toMatchObject({ ok: false, error: { code: 'invalid-args' } })
    }
    expect(load).toHaveBeenCalledOnce()
  })

  it('rejects an account for a method of the machine', async () => {
    const { dispatch } = dispatcherWith({})
    for (const account of ['me', undefined, {}]) {
      const answer = await dispatch(account, 'app.ready', undefined)
      expect(answer).toMatchObject({ ok: false, error: { code: 'invalid-args' } })
    }
  })

  it('runs no handler while the lock denies the method', async () => {
    const { dispatch } = dispatcherWith({ 'app.ready': () => undefined }, (method) => method === 'app.ready')
    expect(await dispatch(null, 'app.ready', undefined)).toMatchObject({ ok: true })
    expect(await dispatch(null, 'settings.get', undefined)).toMatchObject({
      ok: false,
      error: { code: 'locked' },
    })
  })

  it('rejects invalid arguments without running the handler or repeating their content', async () => {
    const { dispatch, onInternalError } = dispatcherWith({})
    const answer = await dispatch(null, 'settings.set', { theme: 'secret-value', more: 1 })
    expect(answer).toMatchObject({ ok: false, error: { code: 'invalid-args' } })
    expect(JSON.stringify(answer)).not.toContain('secret-value')
    expect(onInternalError).not.toHaveBeenCalled()
  })

  it('returns a BridgeError as it is and hides any other error', async () => {
    const { dispatch, onInternalError } = dispatcherWith({
      'links.open': () => {
        throw new BridgeError('refused', 'no')
      },
      'app.openLogs': () => Promise.reject(new Error('/home/someone/secret')),
    })
    expect(await dispatch(null, 'links.open', 'https://example.org')).toEqual({
      ok: false,
      error: { code: 'refused', message: 'no' },
    })
    expect(onInternalError).not.toHaveBeenCalled()
    const hidden = await dispatch(null, 'app.openLogs', undefined)
    expect(hidden).toMatchObject({ ok: false, error: { code: 'internal' } })
    expect(JSON.stringify(hidden)).not.toContain('secret')
    expect(onInternalError).toHaveBeenCalledOnce()
  })

  it('returns a value or a typed failure for any call', async () => {
    const { dispatch } = dispatcherWith({})
    const name = fc.oneof(fc.constantFrom(...Object.keys(methods)), fc.string())
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.constantFrom(null, 'me'), fc.anything()),
        name,
        fc.anything({ withBigInt: true, withMap: true, withDate: true }),
        async (account, method, args) => {
          const answer = await dispatch(account, method, args)
          if (!answer.ok) expect(bridgeFailureSchema.safeParse(answer.error).success).toBe(true)
        },
      ),
    )
  })
})
