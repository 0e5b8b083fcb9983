import type { ChatId, UserId } from '#shared/domain/ids.ts'
import { activitySchema, mergeActivity, RECEIPTS_LIMIT, type Activity } from '#shared/domain/receipts.ts'
import { parseRow, type Context, type Writing } from './context.ts'
import type { Row } from './database.ts'
import { enqueueLoaded } from './outbox-rows.ts'

const SELECT = `SELECT chat_id AS chatId, user_id AS userId, delivered_at AS deliveredAt, read_at AS readAt,
  typing_until AS typingUntil, updated_at AS updatedAt FROM activities`

export function loadActivities(context: Context): Activity[] {
  return context.db.all(SELECT).flatMap((row) => toActivity(context, row) ?? [])
}

export function loadActivity(context: Context, chatId: ChatId, userId: UserId): Activity | undefined {
  const row = context.db.get(`${SELECT} WHERE chat_id = ? AND user_id = ?`, chatId, userId)
  return row && toActivity(context, row)
}

function toActivity(context: Context, row: Row): Activity | undefined {
  return parseRow(context, activitySchema, row, `activity ${String(row['chatId'])}/${String(row['userId'])}`)
}

/** Merges an activity from the wire into the stored one. */
export function mergeIntoActivity(context: Writing, activity: Activity): void {
  const stored = loadActivity(context, activity.chatId, activity.userId)
  write(context, mergeActivity(stored, activity))
}

/** Raises the account's own watermarks. If one rose, queues a receipt for the other members. */
export function raiseOwnWatermarks(
  context: Writing,
  chatId: ChatId,
  reached: { deliveredAt?: number; readAt?: number },
): void {
  const stored = loadActivity(context, chatId, context.me) ?? {
    chatId,
    userId: context.me,
    deliveredAt: null,
    readAt: null,
    typingUntil: null,
    updatedAt: 0,
  }
  const { deliveredAt = -1, readAt = -1 } = reached
  const isHigher = deliveredAt > (stored.deliveredAt ?? -1) || readAt > (stored.readAt ?? -1)
  const intent = isHigher ? receiptIntent(context, chatId) : null
  if (intent === null) return
  write(context, mergeActivity(stored, { ...stored, ...reached }))
  enqueueLoaded(context, intent, chatId, chatId)
}

/** Returns the intent that sends the receipt, or null where nobody gets one. */
function receiptIntent(context: Context, chatId: ChatId): 'receipt' | 'groupReceipt' | null {
  const chat = context.db.get(
    'SELECT kind, former, json_array_length(member_ids) AS members FROM chats WHERE id = ?',
    chatId,
  )
  if (chat?.['kind'] !== 'group') return 'receipt'
  return chat['former'] === 0 && Number(chat['members']) <= RECEIPTS_LIMIT ? 'groupReceipt' : null
}

function write(context: Writing, activity: Activity): void {
  context.changes.activities.watch(activity.chatId, activity.userId)
  context.db.run(
    `INSERT OR REPLACE INTO activities (chat_id, user_id, delivered_at, read_at, typing_until, updated_at)
     VALUES (?, ?, ?, ?, ?, ?)`,
    activity.chatId,
    activity.userId,
    activity.deliveredAt,
    activity.readAt,
    activity.typingUntil,
    activity.updatedAt,
  )
}
