import type { Args } from '#shared/bridge.ts'
import type { UserId } from '#shared/domain/ids.ts'
import { personSchema, type Contact, type Person, type Profile } from '#shared/domain/person.ts'
import { parseRow, type Context, type Writing } from './context.ts'
import type { Row } from './database.ts'
import { enqueue, isWaiting } from './outbox-rows.ts'

const SELECT = `SELECT id, display_name AS displayName, about, profile_fetched_at AS profileFetchedAt,
  contact_name AS contactName, phone, blocked FROM people`

export function loadPeople(context: Context): Person[] {
  return context.db.all(SELECT).flatMap((row) => toPerson(context, row) ?? [])
}

export function loadPerson(context: Context, id: UserId): Person | undefined {
  const row = context.db.get(`${SELECT} WHERE id = ?`, id)
  return row && toPerson(context, row)
}

function toPerson(context: Context, row: Row): Person | undefined {
  const value = { ...row, blocked: row['blocked'] === 1 }
  return parseRow(context, personSchema, value, `person ${String(row['id'])}`)
}

/** Profiles as they were just read; an older one never replaces a newer one, but counts as asked for. */
export function applyProfiles(context: Writing, profiles: readonly Profile[]): void {
  for (const profile of profiles) {
    know(context, profile.id)
    context.db.run('UPDATE people SET profile_fetched_at = ? WHERE id = ?', context.now(), profile.id)
    context.db.run(
      `UPDATE people SET display_name = ?, about = ?, profile_updated_at = ?3 WHERE id = ? AND profile_updated_at <= ?3`,
      profile.displayName,
      profile.about,
      profile.updatedAt,
      profile.id,
    )
  }
}

/** Takes over the wire's names and numbers, but for those changed here that still wait to go out. */
export function applyContacts(context: Writing, contacts: readonly Contact[]): void {
  for (const contact of contacts) {
    if (!isWaiting(context, 'contact', contact.id)) writeContact(context, contact)
  }
}

export function setContact(context: Writing, contact: Contact): undefined {
  const person = loadPerson(context, contact.id)
  if (person?.contactName === contact.name && person.phone === contact.phone) return
  writeContact(context, contact)
  enqueue(context, 'contact', contact.id, null)
}

function writeContact(context: Writing, contact: Contact): void {
  know(context, contact.id)
  context.db.run(
    'UPDATE people SET contact_name = ?, phone = ? WHERE id = ?',
    contact.name,
    contact.phone,
    contact.id,
  )
}

/** Takes over the wire's blocks, but for those changed here that still wait to go out. */
export function applyBlocks(context: Writing, blocks: readonly Args<'replica.setBlocked'>[]): void {
  for (const block of blocks) {
    if (!isWaiting(context, 'block', block.userId)) writeBlock(context, block)
  }
}

export function setBlocked(context: Writing, block: Args<'replica.setBlocked'>): undefined {
  if ((loadPerson(context, block.userId)?.blocked ?? false) === block.blocked) return
  writeBlock(context, block)
  enqueue(context, 'block', block.userId, null)
}

function writeBlock(context: Writing, { userId, blocked }: Args<'replica.setBlocked'>): void {
  know(context, userId)
  context.db.run('UPDATE people SET blocked = ? WHERE id = ?', Number(blocked), userId)
}

/** Makes the person's row when there is none, before it is written. */
function know(context: Writing, id: UserId): void {
  context.changes.people.watch(id)
  context.db.run('INSERT INTO people (id) VALUES (?) ON CONFLICT (id) DO NOTHING', id)
}
