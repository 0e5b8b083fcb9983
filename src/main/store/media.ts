import { chatIdSchema, messageIdSchema, type ChatId } from '#shared/domain/ids.ts'
import type { Place } from '#shared/domain/place.ts'
import type { Args } from '#shared/bridge/index.ts'
import type { Upload } from '#shared/intents/upload.ts'
import {
  objectIdSchema,
  sha256Schema,
  type Attachment,
  type ObjectId,
  type Sha256,
} from '#shared/messages/attachment.ts'
import { attachmentOf, withObject } from '#shared/messages/body.ts'
import type { Message } from '#shared/messages/envelope.ts'
import type { KnownBody } from '#shared/messages/kinds/index.ts'
import { requireChat } from './chats-read.ts'
import type { Context, Writing } from './context.ts'
import type { Row } from './database.ts'
import { setDelivery } from './delivery.ts'
import type { CallArgs, CallResult } from './main-methods.ts'
import { loadMessage, readBodyColumn } from './messages-read.ts'
import { enqueueStored, isWaiting, removeIntent } from './outbox-rows.ts'

/** A file that was used less than this long ago is not evicted: the person may be about to send it. In ms. */
const MIN_AGE_MS = 3_600_000

/** SQL: files that the person has staged or is sending. A failed message needs its file when the person tries again. */
const WAITING = `
  SELECT payload ->> '$.sha256' FROM outbox WHERE kind = 'upload'
  UNION SELECT item.value ->> '$.sha256' FROM chats, json_each(chats.staged) item WHERE chats.staged <> '[]'
  UNION SELECT m.file_sha256 FROM outbox o JOIN messages m ON m.chat_id = o.chat_id AND m.id = o.key
    WHERE o.kind = 'send' AND m.file_sha256 IS NOT NULL`

/** SQL: files that must stay. */
const NEEDED = `SELECT sha256 FROM files WHERE kept = 1 UNION ${WAITING}`

export function addFile(
  context: Writing,
  { sha256, size, quota }: CallArgs<'files.add'>,
): CallResult<'files.add'> {
  context.db.run(
    `INSERT INTO files (sha256, size, used_at) VALUES (?, ?, ?)
     ON CONFLICT (sha256) DO UPDATE SET used_at = excluded.used_at`,
    sha256,
    size,
    context.now(),
  )
  return evictFiles(context, { quota })
}

export function evictFiles(context: Context, { quota }: CallArgs<'files.evict'>): Sha256[] {
  let over = Number(context.db.get('SELECT sum(size) AS total FROM files')?.['total']) - quota
  if (over <= 0) return []
  const evicted: Sha256[] = []
  const oldest = context.db.all(
    `SELECT sha256, size FROM files WHERE used_at <= ? AND sha256 NOT IN (${NEEDED}) ORDER BY used_at`,
    context.now() - MIN_AGE_MS,
  )
  for (const file of oldest.map(toFile)) {
    if (over <= 0) break
    over -= file.size
    evicted.push(file.sha256)
  }
  removeFiles(context, evicted)
  return evicted
}

export function freeFiles(context: Context, { chatId }: CallArgs<'files.free'>): CallResult<'files.free'> {
  const files = (chatId === null ? removableFiles(context) : removableFilesOf(context, chatId)).map(toFile)
  removeFiles(
    context,
    files.map(({ sha256 }) => sha256),
  )
  return {
    sha256s: files.map(({ sha256 }) => sha256),
    size: files.reduce((sum, { size }) => sum + size, 0),
  }
}

/**
 * The files that can be downloaded again, which those of former groups cannot. One that no message has may be about to be sent, so it
 * must be old.
 */
export function removableFiles(context: Context): Row[] {
  return context.db.all(
    `SELECT f.sha256, f.size FROM files f WHERE f.sha256 NOT IN (${NEEDED}) AND (
       EXISTS (SELECT 1 FROM messages m JOIN chats c ON c.id = m.chat_id WHERE m.file_sha256 = f.sha256 AND c.former = 0)
       OR (f.used_at <= ? AND NOT EXISTS (SELECT 1 FROM messages m WHERE m.file_sha256 = f.sha256)))`,
    context.now() - MIN_AGE_MS,
  )
}

function removableFilesOf(context: Context, chatId: ChatId): Row[] {
  return context.db.all(
    `SELECT f.sha256, f.size FROM files f WHERE f.sha256 NOT IN (${NEEDED})
       AND EXISTS (SELECT 1 FROM messages m WHERE m.file_sha256 = f.sha256 AND m.chat_id = ?)`,
    chatId,
  )
}

export function findFiles(context: Context, sha256s: readonly Sha256[]): CallResult<'files.find'> {
  return context.db
    .all(
      'SELECT sha256, size FROM files WHERE sha256 IN (SELECT value FROM json_each(?))',
      JSON.stringify(sha256s),
    )
    .map(toFile)
}

export function allFiles(context: Context): CallResult<'files.all'> {
  return context.db.all('SELECT sha256, size FROM files').map(toFile)
}

export function removeFiles(context: Context, sha256s: readonly Sha256[]): undefined {
  for (const sha256 of sha256s) context.db.run('DELETE FROM files WHERE sha256 = ?', sha256)
}

export function useFile(context: Context, sha256: Sha256): undefined {
  context.db.run('UPDATE files SET used_at = ? WHERE sha256 = ?', context.now(), sha256)
}

export function keepFile(context: Context, { sha256, kept }: CallArgs<'files.keep'>): undefined {
  context.db.run('UPDATE files SET kept = ? WHERE sha256 = ?', Number(kept), sha256)
}

/** Deletes the file of a deleted message from this machine unless something else refers to it, even if the person has kept it. */
function freeFile(context: Writing, sha256: Sha256): void {
  const isUsed = context.db.get(
    `SELECT 1 FROM messages WHERE file_sha256 = ?1 UNION ALL SELECT 1 WHERE ?1 IN (${WAITING}) LIMIT 1`,
    sha256,
  )
  if (isUsed !== undefined) return
  removeFiles(context, [sha256])
  context.changes.freed.push(sha256)
}

/** The message with this body is deleted, on the wire too. Its file is deleted here, and if it is an own one, in Storage. */
export function releaseFile(
  context: Writing,
  { chatId, senderId }: Pick<Message, 'chatId' | 'senderId'>,
  body: Message['body'],
): void {
  const file = attachmentOf(body)
  if (file === null) return
  freeFile(context, file.sha256)
  if (senderId === context.me) releaseObject(context, chatId, file)
}

/** Queues the deletion of an own object, unless another message of the chat has it. */
function releaseObject(context: Writing, chatId: ChatId, { object, sha256 }: Attachment): void {
  const others = context.db.all(
    'SELECT body FROM messages WHERE file_sha256 = ? AND chat_id = ? AND sender_id = ?',
    sha256,
    chatId,
    context.me,
  )
  if (others.some((row) => attachmentOf(readBodyColumn(row['body']))?.object === object)) return
  enqueueStored(context, { kind: 'deleteObject', payload: { chatId, object } })
}

function toFile({ sha256, size }: Row): { sha256: Sha256; size: number } {
  return { sha256: sha256Schema.parse(sha256), size: Number(size) }
}

export function setStaged(context: Writing, { chatId, items }: Args<'replica.setStaged'>): undefined {
  requireChat(context, chatId)
  context.changes.chats.watch(chatId)
  context.db.run('UPDATE chats SET staged = ? WHERE id = ?', JSON.stringify(items), chatId)
}

// --- uploads

export function loadSession(context: Context, object: ObjectId): string | null {
  const session = context.db.get('SELECT session FROM uploads WHERE object = ?', object)?.['session']
  return typeof session === 'string' ? session : null
}

export function setSession(
  context: Context,
  { object, place, session }: CallArgs<'uploads.setSession'>,
): undefined {
  // The message may have been discarded meanwhile.
  if (!isWaiting(context, 'upload', object)) return
  context.db.run(
    `INSERT INTO uploads (object, chat_id, session) VALUES (?, ?, ?)
     ON CONFLICT (object) DO UPDATE SET session = excluded.session`,
    object,
    chatOf(place),
    session,
  )
}

/** Remembers until its message is sent that the object is uploaded, so that a retry does not upload it again. */
export function finishUpload(context: Context, { object, place }: Upload): void {
  const chatId = chatOf(place)
  if (chatId === null) context.db.run('DELETE FROM uploads WHERE object = ?', object)
  else
    context.db.run(
      `INSERT INTO uploads (object, chat_id, finished) VALUES (?, ?, 1)
       ON CONFLICT (object) DO UPDATE SET session = NULL, finished = 1`,
      object,
      chatId,
    )
}

/** The messages with this file cannot be sent. */
export function failUpload(context: Writing, { object, place }: Upload, failure: Message['failure']): void {
  context.db.run('DELETE FROM uploads WHERE object = ?', object)
  const chatId = chatOf(place)
  if (chatId === null) return
  for (const { id, delivery } of unsentWith(context, chatId, object))
    if (delivery === 'queued') setDelivery(context, chatId, id, 'failed', failure)
}

/**
 * Queues the upload of a message's file, and returns the body to store. A file that this person has sent in this chat before, or is
 * sending, is there already: the message then gets that object. Objects of other chats cannot be used: its members may not read them.
 */
export function queueFile(context: Writing, chatId: ChatId, body: KnownBody): KnownBody {
  const file = attachmentOf(body)
  if (file === null) return body
  const known = knownObject(context, chatId, file.sha256)
  if (known !== undefined) return withObject(body, known)
  queueUpload(context, chatId, body)
  return body
}

/** Queues the upload unless the object is uploaded. */
export function queueUpload(context: Writing, chatId: ChatId, body: Message['body']): void {
  const file = attachmentOf(body)
  if (file === null) return
  const { object, sha256, size, mime } = file
  const isUploaded =
    context.db.get('SELECT 1 FROM uploads WHERE object = ? AND finished = 1', object) !== undefined ||
    sentObject(context, chatId, sha256) === object
  if (isUploaded) return
  enqueueStored(context, { kind: 'upload', payload: { object, sha256, size, mime, place: { chatId } } })
}

function knownObject(context: Context, chatId: ChatId, sha256: Sha256): ObjectId | undefined {
  const waiting = context.db.get(
    `SELECT key FROM outbox WHERE kind = 'upload' AND chat_id = ? AND payload ->> '$.sha256' = ?`,
    chatId,
    sha256,
  )
  return waiting === undefined ? sentObject(context, chatId, sha256) : objectIdSchema.parse(waiting['key'])
}

/** The object of an own message in the chat that is sent and not deleted. */
function sentObject(context: Context, chatId: ChatId, sha256: Sha256): ObjectId | undefined {
  const row = context.db.get(
    `SELECT body FROM messages WHERE file_sha256 = ? AND chat_id = ? AND sender_id = ? AND delivery = 'sent'
     ORDER BY sort_at DESC LIMIT 1`,
    sha256,
    chatId,
    context.me,
  )
  return attachmentOf(row === undefined ? null : readBodyColumn(row['body']))?.object
}

/** Whether the message waits for the upload of its file. */
export function isUploading(context: Context, { body }: Message): boolean {
  const file = attachmentOf(body)
  return file !== null && isWaiting(context, 'upload', file.object)
}

/** Forgets the upload of a message that was sent or deleted, unless another waiting message has the same object. */
export function forgetUpload(context: Writing, chatId: ChatId, body: Message['body']): void {
  const file = attachmentOf(body)
  if (file === null || unsentWith(context, chatId, file.object).length > 0) return
  context.db.run('DELETE FROM uploads WHERE object = ?', file.object)
  if (!isWaiting(context, 'upload', file.object)) return
  removeIntent(context, 'upload', file.object)
  context.changes.outbox = true
}

/** The messages of the outbox, failed or not, with this object. */
function unsentWith(context: Context, chatId: ChatId, object: ObjectId): Message[] {
  return context.db
    .all(`SELECT key FROM outbox WHERE kind = 'send' AND chat_id = ?`, chatId)
    .flatMap(({ key }) => loadMessage(context, chatId, messageIdSchema.parse(key)) ?? [])
    .filter(({ body }) => attachmentOf(body)?.object === object)
}

function chatOf(place: Place): ChatId | null {
  return 'chatId' in place ? chatIdSchema.parse(place.chatId) : null
}
