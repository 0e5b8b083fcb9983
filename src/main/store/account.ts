import {
  defaultPrivacy,
  ownPhotoSchema,
  ownProfileSchema,
  privacySchema,
  type Account,
  type OwnPhoto,
  type OwnProfile,
  type Privacy,
} from '#shared/domain/account.ts'
import { fromJson, parseRow, type Context, type Writing } from './context.ts'

export function loadAccount(context: Context): Account {
  const row = context.db.get('SELECT profile, privacy, photo FROM owner')
  const profile = fromJson(row?.['profile'] ?? null)
  const privacy = fromJson(row?.['privacy'] ?? null)
  const photo = fromJson(row?.['photo'] ?? null)
  return {
    profile: parseRow(context, ownProfileSchema.nullable(), profile, 'own profile') ?? null,
    privacy: parseRow(context, privacySchema.nullable(), privacy, 'privacy') ?? defaultPrivacy,
    photo: parseRow(context, ownPhotoSchema.shape.photo, photo, 'own photo') ?? null,
  }
}

export function writeProfile(context: Writing, profile: OwnProfile): void {
  context.changes.account.watch()
  context.db.run('UPDATE owner SET profile = ?', JSON.stringify(profile))
}

export function writePhoto(context: Writing, { photo }: OwnPhoto): void {
  context.changes.account.watch()
  context.db.run('UPDATE owner SET photo = ?', photo && JSON.stringify(photo))
}

export function writePrivacy(context: Writing, privacy: Privacy): void {
  context.changes.account.watch()
  context.db.run('UPDATE owner SET privacy = ?', JSON.stringify(privacy))
}
