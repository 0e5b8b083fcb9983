import { expect, it, vi } from 'vitest'
import { phoneSchema, userIdSchema } from '#shared/domain/ids.ts'
import type { FirebaseClient } from '../../data/firebase.ts'
import { BridgeError, type Platform } from '../../platform/bridge.ts'
import { createAppStore, type AppStore } from '../../stores/app-store.ts'
import type { LiveSession } from './live-session.ts'
import { Session } from './session.ts'

interface Started {
  session: Session
  store: AppStore
  signOut: FirebaseClient['signOut']
  erase: (account: string) => void
}

/** Starts a session whose replica cannot be opened. With a `code`, erasing it fails too, with that code. */
async function startBroken(code: BridgeError['code'] | undefined): Promise<Started> {
  const erase = vi.fn<(account: string) => void>()
  const signOut = vi.fn<FirebaseClient['signOut']>(() => Promise.resolve())
  const platform: Platform = {
    call: () => expect.fail('not used'),
    on: () => () => undefined,
    account: (account) => ({
      account,
      call: (...[method]: unknown[]) => {
        if (method === 'replica.erase') erase(account)
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- erasing returns nothing
        if (method === 'replica.erase' && code === undefined) return Promise.resolve(undefined as never)
        const failure = method === 'replica.open' ? 'store' : (code ?? 'no-account')
        return Promise.reject(new BridgeError({ code: failure, message: 'not open' }))
      },
      on: () => () => undefined,
    }),
  }
  const store = createAppStore()
  const firebase: FirebaseClient = {
    onUser: () => () => undefined,
    requestCode: () => Promise.resolve(),
    confirmCode: () => Promise.resolve(),
    signOut,
    idToken: () => Promise.resolve('token'),
    openWire: () => {
      throw new Error('nobody is signed in')
    },
    close: () => Promise.resolve(),
  }
  const createLive = (): LiveSession => {
    throw new Error('there is no replica')
  }
  const session = new Session({
    platform,
    store,
    loadServer: () => Promise.resolve({ firebase, createLive }),
    memory: {
      load: () => ({ uid: userIdSchema.parse('me'), phoneNumber: phoneSchema.parse('+14155550100') }),
      save: () => undefined,
    },
    onReentered: () => undefined,
    report: () => undefined,
  })
  session.start()
  await vi.waitUntil(() => store.getState().session.phase === 'broken')
  return { session, store, signOut, erase }
}

it('signs out and erases the replica when it cannot be opened', async () => {
  const { session, store, signOut, erase } = await startBroken(undefined)
  await session.signOut()
  expect(erase).toHaveBeenCalledExactlyOnceWith('me')
  expect(signOut).toHaveBeenCalledOnce()
  expect(store.getState().session).toEqual({ phase: 'signedOut' })
})

it('signs out even when the replica cannot be erased, and rejects', async () => {
  const { session, store, signOut } = await startBroken('store')
  await expect(session.signOut()).rejects.toMatchObject({ code: 'storage' })
  expect(signOut).toHaveBeenCalledOnce()
  expect(store.getState().session).toEqual({ phase: 'signedOut' })
})
