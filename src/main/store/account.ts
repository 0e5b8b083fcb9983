import type { Args } from '#shared/bridge.ts'
import {
  ownProfileSchema,
  privacySchema,
  type Account,
  type OwnProfile,
  type Privacy,
} from '#shared/domain/account.ts'
import { fromJson, parseRow, type Context, type Writing } from './context.ts'
import { enqueue, isWaiting } from './outbox-rows.ts'

export function loadAccount(context: Context): Account {
  const row = context.db.get('SELECT profile, privacy FROM owner')
  const profile = fromJson(row?.['profile'] ?? null)
  const privacy = fromJson(row?.['privacy'] ?? null)
  return {
    profile: parseRow(context, ownProfileSchema.nullable(), profile, 'own profile') ?? null,
    privacy: parseRow(context, privacySchema.nullable(), privacy, 'privacy') ?? { lastSeen: 'everyone' },
  }
}

/** Takes over what the wire says of the account, but for what was changed here and still waits to go out. */
export function applyAccount(
  context: Writing,
  { profile, privacy }: Args<'replica.applyAccount'>,
): undefined {
  if (profile !== undefined && !isWaiting(context, 'profile', '')) writeProfile(context, profile)
  if (privacy !== undefined && !isWaiting(context, 'privacy', '')) writePrivacy(context, privacy)
}

export function setProfile(context: Writing, profile: OwnProfile): undefined {
  writeProfile(context, profile)
  enqueue(context, 'profile', '', null)
}

export function setPrivacy(context: Writing, privacy: Privacy): undefined {
  writePrivacy(context, privacy)
  enqueue(context, 'privacy', '', null)
}

function writeProfile(context: Writing, profile: OwnProfile | null): void {
  context.changes.account.watch()
  context.db.run('UPDATE owner SET profile = ?', profile && JSON.stringify(profile))
}

function writePrivacy(context: Writing, privacy: Privacy): void {
  context.changes.account.watch()
  context.db.run('UPDATE owner SET privacy = ?', JSON.stringify(privacy))
}
