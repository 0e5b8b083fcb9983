import { reference } from '../rest.ts'
import { cases, phones, type RuleCase, type RuleSuite } from '../world.ts'

const path = `phones/${phones.alice}`
const pathOfBob = `phones/${phones.bob}`
const claim = { uid: 'alice' }

function claiming(): RuleCase[] {
  const { allow, deny, denyEach, all } = cases()
  allow('the holder claims their number', ({ alice }) => alice.doc(path).set(claim))
  deny('a stranger claims it', ({ mallory }) => mallory.doc(path).set({ uid: 'mallory' }))
  deny('a stranger claims it for its holder', ({ mallory }) => mallory.doc(path).set(claim))
  deny('the holder claims another number too', ({ alice }) => alice.doc(pathOfBob).set(claim))
  deny('an account without a number claims it', ({ phoneless }) => phoneless.doc(path).set(claim))
  deny('someone signed out claims it', ({ signedOut }) => signedOut.doc(path).set(claim))
  denyEach(
    {
      'for someone else': { uid: 'mallory' },
      'without a uid': {},
      'with a list of uids': { uid: ['alice'] },
      'with an extra field': { ...claim, extra: true },
    },
    ({ alice }, fields) => alice.doc(path).set(fields),
  )
  return all
}

function claimed(): RuleCase[] {
  const { allow, deny, all } = cases({ [path]: { uid: 'former' } })
  allow('the holder replaces a former account’s claim', ({ alice }) => alice.doc(path).set(claim))
  allow('the holder withdraws it', ({ alice }) => alice.doc(path).delete())
  deny('a stranger replaces the claim', ({ mallory }) => mallory.doc(path).set({ uid: 'mallory' }))
  deny('the holder changes the claim to someone else', ({ alice }) =>
    alice.doc(path).update({ uid: 'mallory' }),
  )
  deny('a stranger withdraws it', ({ mallory }) => mallory.doc(path).delete())
  deny('someone signed out withdraws it', ({ signedOut }) => signedOut.doc(path).delete())
  allow('anyone signed in gets one number', ({ mallory }) => mallory.doc(path).get())
  allow('anyone signed in gets an unknown number', ({ mallory }) => mallory.doc(pathOfBob).get())
  deny('someone without a number gets one', ({ phoneless }) => phoneless.doc(path).get())
  deny('someone signed out gets one', ({ signedOut }) => signedOut.doc(path).get())
  deny('the holder lists them', ({ alice }) => alice.collection('phones').get())
  deny('anyone lists one of them', ({ mallory }) => mallory.collection('phones').limit(1).get())
  deny('anyone lists a range', ({ mallory }) =>
    mallory.collection('phones').where('__name__', '>', reference('phones/+1650')).get(),
  )
  deny('anyone queries by uid', ({ mallory }) =>
    mallory.collection('phones').where('uid', '==', 'former').get(),
  )
  deny('anyone queries by their own uid', ({ mallory }) =>
    mallory.collection('phones').where('uid', '==', 'mallory').get(),
  )
  return all
}

export const phonesSuite: RuleSuite = { block: 'phones/{phone}', cases: [...claiming(), ...claimed()] }
