import { expect, test } from 'vitest'
import { credentialsIn } from './notarize.ts'

test('without credentials nothing is notarized', () => {
  expect(credentialsIn({})).toBeUndefined()
  // A workflow sets the variables of secrets that do not exist to nothing.
  expect(credentialsIn({ APPLE_ID: '', APPLE_APP_SPECIFIC_PASSWORD: '', APPLE_TEAM_ID: '' })).toBeUndefined()
})

test('a key or an account signs in', () => {
  expect(credentialsIn({ APPLE_API_KEY: 'k.p8', APPLE_API_KEY_ID: 'K', APPLE_API_ISSUER: 'I' })).toEqual({
    appleApiKey: 'k.p8',
    appleApiKeyId: 'K',
    appleApiIssuer: 'I',
  })
  expect(credentialsIn({ APPLE_ID: 'a', APPLE_APP_SPECIFIC_PASSWORD: 'b', APPLE_TEAM_ID: 'T' })).toEqual({
    appleId: 'a',
    appleIdPassword: 'b',
    teamId: 'T',
  })
})

test('incomplete credentials are an error that names what is missing', () => {
  expect(() => credentialsIn({ APPLE_ID: 'a', APPLE_TEAM_ID: 'T' })).toThrow('APPLE_APP_SPECIFIC_PASSWORD')
  expect(() => credentialsIn({ APPLE_API_KEY: 'k.p8' })).toThrow('APPLE_API_KEY_ID and APPLE_API_ISSUER')
})
