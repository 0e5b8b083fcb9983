import { notarize } from '@electron/notarize'
import type { AfterPackContext } from 'electron-builder'
import { note } from '../console.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** The variables of each way to sign in to Apple's notary service. */
const KEY = ['APPLE_API_KEY', 'APPLE_API_KEY_ID', 'APPLE_API_ISSUER'] as const
const ACCOUNT = ['APPLE_ID', 'APPLE_APP_SPECIFIC_PASSWORD', 'APPLE_TEAM_ID'] as const

export type Credentials =
  | { appleApiKey: string; appleApiKeyId: string; appleApiIssuer: string }
  | { appleId: string; appleIdPassword: string; teamId: string }

/** The credentials in the environment. Throws when one is incomplete, because then somebody expects notarization. */
export function credentialsIn(environment: Environment): Credentials | undefined {
  const [appleApiKey, appleApiKeyId, appleApiIssuer] = valuesOf(KEY, environment)
  if (appleApiKey && appleApiKeyId && appleApiIssuer) return { appleApiKey, appleApiKeyId, appleApiIssuer }
  const [appleId, appleIdPassword, teamId] = valuesOf(ACCOUNT, environment)
  if (appleId && appleIdPassword && teamId) return { appleId, appleIdPassword, teamId }
  return undefined
}

function valuesOf(names: readonly string[], environment: Environment): readonly (string | undefined)[] {
  const missing = names.filter((name) => !environment[name])
  if (missing.length > 0 && missing.length < names.length) {
    throw new Error(`To notarize, set ${missing.join(' and ')} too.`)
  }
  return names.map((name) => environment[name])
}

/** Says whether the app will be notarized. electron-builder does not call the hook below for an app that it did not sign. */
export function announceNotarization(environment: Environment): void {
  note(
    credentialsIn(environment) === undefined
      ? `The app will not be notarized: neither ${KEY.join(', ')} nor ${ACCOUNT.join(', ')} are set. macOS refuses to open such an app after a download.`
      : 'Apple will notarize the app once it is signed.',
  )
}

/** electron-builder's hook after signing. */
export default async function afterSign(context: AfterPackContext): Promise<void> {
  const credentials = credentialsIn(process.env)
  if (context.electronPlatformName !== 'darwin' || credentials === undefined) return
  const { productFilename } = context.packager.appInfo
  await notarize({ appPath: `${context.appOutDir}/${productFilename}.app`, ...credentials })
}
