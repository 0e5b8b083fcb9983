import { cases, now, past, type Documents, type Firestore, type RuleCase, type RuleSuite } from '../world.ts'
import { writtenByOwner } from './owned.ts'

const path = 'presence/alice'
const online = { state: 'online', lastActiveAt: now }
const shown = { [path]: { ...online, lastActiveAt: past(1) } }

function states(): RuleCase[] {
  const { allow, all } = cases()
  for (const state of ['online', 'away', 'offline']) {
    allow(`being ${state}`, ({ alice }) => alice.doc(path).set({ ...online, state }))
  }
  return all
}

function reading(): RuleCase[] {
  const { allow, deny, all } = cases(shown)
  allow('the owner gets it', ({ alice }) => alice.doc(path).get())
  allow('anyone signed in gets it', ({ bob }) => bob.doc(path).get())
  allow('anyone signed in gets a hidden one', ({ bob }) => bob.doc('presence/mallory').get())
  allow('the owner hides it', ({ alice }) => alice.doc(path).delete())
  deny('an account without a number gets it', ({ phoneless }) => phoneless.doc(path).get())
  deny('someone signed out gets it', ({ signedOut }) => signedOut.doc(path).get())
  deny('anyone lists them', ({ bob }) => bob.collection('presence').get())
  deny('anyone queries who is online', ({ bob }) =>
    bob.collection('presence').where('state', '==', 'online').limit(1).get(),
  )
  return all
}

function blocking(): RuleCase[] {
  const block = (blocked: boolean): Documents => ({
    ...shown,
    'users/alice/blocked/bob': { blocked, updatedAt: past(1) },
  })
  const blocked = cases(block(true))
  blocked.deny('someone blocked gets it', ({ bob }) => bob.doc(path).get())
  blocked.allow('others get it', ({ mallory }) => mallory.doc(path).get())
  const unblocked = cases(block(false))
  unblocked.allow('someone unblocked gets it', ({ bob }) => bob.doc(path).get())
  return [...blocked.all, ...unblocked.all]
}

function hiding(): RuleCase[] {
  const settings = 'users/alice/private/settings'
  const choice = (lastSeen: 'everyone' | 'nobody'): Documents => ({
    [settings]: { lastSeen, groups: 'everyone', photo: 'everyone', updatedAt: past(1) },
  })
  const hidden = cases(choice('nobody'))
  hidden.deny('someone who hides is shown by another device', ({ alice }) => alice.doc(path).set(online))
  hidden.allow('someone who hides deletes it', ({ alice }) => alice.doc(path).delete())
  const stillShown = cases({ ...shown, ...choice('nobody') })
  stillShown.deny('someone who hides is updated by another device', ({ alice }) =>
    alice.doc(path).set(online),
  )
  const open = cases(choice('everyone'))
  open.allow('someone who does not hide is shown', ({ alice }) => alice.doc(path).set(online))

  const choose = (alice: Firestore, lastSeen: 'everyone' | 'nobody'): Promise<void> =>
    alice
      .batch()
      .set(alice.doc(settings), { lastSeen, groups: 'everyone', photo: 'everyone', updatedAt: now })
      .set(alice.doc(path), online)
      .commit()
  open.deny('someone is shown by the batch that hides them', ({ alice }) => choose(alice, 'nobody'))
  hidden.allow('someone is shown by the batch that stops hiding them', ({ alice }) =>
    choose(alice, 'everyone'),
  )
  const fresh = cases()
  fresh.deny('someone is shown by the batch that hides them for the first time', ({ alice }) =>
    choose(alice, 'nobody'),
  )
  return [...hidden.all, ...stillShown.all, ...open.all, ...fresh.all]
}

export const presenceSuite: RuleSuite = {
  block: 'presence/{uid}',
  cases: [
    ...writtenByOwner({
      path,
      fields: online,
      deletable: true,
      wrong: { 'an unknown state': { state: 'asleep' } },
    }),
    ...states(),
    ...reading(),
    ...blocking(),
    ...hiding(),
  ],
}
