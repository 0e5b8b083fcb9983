import { cases, type RuleCase, type RuleSuite } from '../world.ts'

const places = [
  'anything/alice',
  'activity/alice',
  'invites/code',
  'users/alice/anything/x',
  'users/alice/devices/x/anything/x',
  'pushes/alice_bob:message-00000001',
  'removals/alice_bob:x',
  'users/alice/private/anything',
  'users/alice/private/settings/deeper/x',
  'users/alice/chats/alice_bob/messages/message-00000001',
  'phones/+16505553401/anything/x',
  'presence/alice/anything/x',
  'chats/alice_bob/anything/x',
  'chats/alice_bob/messages/message-00000001/anything/x',
]

function elsewhere(): RuleCase[] {
  const { deny, all } = cases(Object.fromEntries(places.map((path) => [path, { uid: 'alice' }])))
  for (const path of places) {
    deny(`creating ${path}`, ({ alice }) => alice.doc(`${path}2`).set({ uid: 'alice' }))
    deny(`updating ${path}`, ({ alice }) => alice.doc(path).update({ uid: 'alice' }))
    deny(`deleting ${path}`, ({ alice }) => alice.doc(path).delete())
  }
  for (const path of places.filter((path) => !path.startsWith('users/alice/private/a'))) {
    deny(`getting ${path}`, ({ alice }) => alice.doc(path).get())
  }
  const groups = [
    'users',
    'private',
    'devices',
    'contacts',
    'blocked',
    'chats',
    'phones',
    'presence',
    'messages',
  ]
  for (const name of groups) {
    deny(`listing the collection group ${name}`, ({ mallory }) =>
      mallory.collectionGroup(name).limit(1).get(),
    )
  }
  return all
}

/** Paths without a block are denied. */
export const elsewhereSuite: RuleSuite = { block: '', cases: elsewhere() }
