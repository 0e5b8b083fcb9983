import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { bridgeFailureSchema, methods } from '#shared/bridge.ts'
import { defaultSettings } from '#shared/settings.ts'
import { BridgeError } from './bridge-error.ts'
import { createDispatcher, type Handlers } from './dispatcher.ts'

const untouched: Handlers['app.ready'] = () => {
  throw new Error('not expected')
}

/** Handlers that all fail but the ones given. */
function handlersWith(some: Partial<Handlers>): Handlers {
  const names = Object.keys(methods)
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the names are those of the map
  return Object.assign(Object.fromEntries(names.map((name) => [name, untouched])), some) as Handlers
}

function dispatcherWith(some: Partial<Handlers>) {
  const onInternalError = vi.fn<(method: string, error: unknown) => void>()
  return {
    dispatch: createDispatcher({ handlers: handlersWith(some), onInternalError }),
    onInternalError,
  }
}

describe('dispatcher', () => {
  it('hands the parsed argument on and answers the result', async () => {
    const set = vi.fn<Handlers['settings.set']>(() => defaultSettings)
    const { dispatch } = dispatcherWith({ 'settings.set': set })
    expect(await dispatch('settings.set', { theme: 'dark' })).toEqual({ ok: true, value: defaultSettings })
    expect(set).toHaveBeenCalledWith({ theme: 'dark' })
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
  ])('knows no method %j', async (name) => {
    const { dispatch } = dispatcherWith({})
    expect(await dispatch(name, undefined)).toMatchObject({ ok: false, error: { code: 'unknown-method' } })
  })

  it('refuses arguments without running the handler or repeating them', async () => {
    const { dispatch, onInternalError } = dispatcherWith({})
    const answer = await dispatch('settings.set', { theme: 'secret-value', more: 1 })
    expect(answer).toMatchObject({ ok: false, error: { code: 'invalid-args' } })
    expect(JSON.stringify(answer)).not.toContain('secret-value')
    expect(onInternalError).not.toHaveBeenCalled()
  })

  it('answers a typed failure as it is and hides any other', async () => {
    const { dispatch, onInternalError } = dispatcherWith({
      'links.open': () => {
        throw new BridgeError('refused', 'no')
      },
      'app.openLogs': () => Promise.reject(new Error('/home/someone/secret')),
    })
    expect(await dispatch('links.open', 'https://example.org')).toEqual({
      ok: false,
      error: { code: 'refused', message: 'no' },
    })
    expect(onInternalError).not.toHaveBeenCalled()
    const hidden = await dispatch('app.openLogs', undefined)
    expect(hidden).toMatchObject({ ok: false, error: { code: 'internal' } })
    expect(JSON.stringify(hidden)).not.toContain('secret')
    expect(onInternalError).toHaveBeenCalledOnce()
  })

  it('answers any call with a value or a typed failure', async () => {
    const { dispatch } = dispatcherWith({})
    const name = fc.oneof(fc.constantFrom(...Object.keys(methods)), fc.string())
    await fc.assert(
      fc.asyncProperty(
        name,
        fc.anything({ withBigInt: true, withMap: true, withDate: true }),
        async (method, args) => {
          const answer = await dispatch(method, args)
          if (!answer.ok) expect(bridgeFailureSchema.safeParse(answer.error).success).toBe(true)
        },
      ),
    )
  })
})
