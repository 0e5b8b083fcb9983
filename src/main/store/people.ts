import type { Args } from '#shared/bridge/index.ts'
import type { UserId } from '#shared/domain/ids.ts'
import { personSchema, type Block, type Contact, type Person } from '#shared/domain/person.ts'
import { fromJson, parseRow, type Context, type Writing } from './context.ts'
import type { Row } from './database.ts'

const SELECT = `SELECT id, display_name AS displayName, about, photo, profile_fetched_at AS profileFetchedAt,
  contact_name AS contactName, phone, blocked FROM people`

export function loadPeople(context: Context): Person[] {
  return context.db.all(SELECT).flatMap((row) => toPerson(context, row) ?? [])
}

export function loadPerson(context: Context, id: UserId): Person | undefined {
  const row = context.db.get(`${SELECT} WHERE id = ?`, id)
  return row && toPerson(context, row)
}

function toPerson(context: Context, row: Row): Person | undefined {
  const value = { ...row, photo: fromJson(row['photo'] ?? null), blocked: row['blocked'] === 1 }
  return parseRow(context, personSchema, value, `person ${String(row['id'])}`)
}

/** Stores profiles that were just fetched. An older profile never replaces a newer one; the time of the fetch is always stored. */
export function applyProfiles(context: Writing, { profiles }: Args<'replica.applyProfiles'>): undefined {
  for (const profile of profiles) {
    ensurePerson(context, profile.id)
    context.db.run('UPDATE people SET profile_fetched_at = ? WHERE id = ?', context.now(), profile.id)
    context.db.run(
      `UPDATE people SET display_name = ?, about = ?, photo = ?, profile_updated_at = ?4 WHERE id = ? AND profile_updated_at <= ?4`,
      profile.displayName,
      profile.about,
      profile.photo && JSON.stringify(profile.photo),
      profile.updatedAt,
      profile.id,
    )
  }
}

export function writeContact(context: Writing, contact: Contact): void {
  ensurePerson(context, contact.id)
  context.db.run(
    'UPDATE people SET contact_name = ?, phone = ? WHERE id = ?',
    contact.name,
    contact.phone,
    contact.id,
  )
}

export function writeBlock(context: Writing, { userId, blocked }: Block): void {
  ensurePerson(context, userId)
  context.db.run('UPDATE people SET blocked = ? WHERE id = ?', Number(blocked), userId)
}

/** Creates the person's row if there is none. Call it before writing the row. */
function ensurePerson(context: Writing, id: UserId): void {
  context.changes.people.watch(id)
  context.db.run('INSERT INTO people (id) VALUES (?) ON CONFLICT (id) DO NOTHING', id)
}
