/*
 * ID tokens without a signature. The emulator checks neither signatures nor times; production checks both.
 */

const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url')

export function tokenOf(uid: string, claims: object = {}): string {
  const seconds = Math.floor(Date.now() / 1000)
  const payload = {
    iss: 'https://securetoken.google.com/demo-perch',
    aud: 'demo-perch',
    sub: uid,
    user_id: uid,
    iat: seconds,
    exp: seconds + 3600,
    firebase: { sign_in_provider: 'phone', identities: {} },
    ...claims,
  }
  return `${encode({ alg: 'none', typ: 'JWT' })}.${encode(payload)}.`
}

export const phones = {
  alice: '+16505553401',
  bob: '+16505553402',
  mallory: '+16505553403',
  zoe: '+16505553404',
}

const signedIn = (uid: keyof typeof phones): string => tokenOf(uid, { phone_number: phones[uid] })

export const tokens = {
  alice: signedIn('alice'),
  bob: signedIn('bob'),
  /** In no chat. */
  mallory: signedIn('mallory'),
  /** Bob has blocked her. */
  zoe: signedIn('zoe'),
  /** Accounts with Alice's uid but without a verified number. */
  anonymous: tokenOf('alice', { firebase: { sign_in_provider: 'anonymous', identities: {} } }),
  unverified: tokenOf('alice', {
    email: 'alice@example.com',
    email_verified: false,
    firebase: { sign_in_provider: 'password', identities: { email: ['alice@example.com'] } },
  }),
  signedOut: null,
}
