import { initializeApp } from 'firebase-admin/app'
import { getFirestore } from 'firebase-admin/firestore'
import { getMessaging } from 'firebase-admin/messaging'
import { logger, setGlobalOptions } from 'firebase-functions'
import { onDocumentCreated, onDocumentUpdated } from 'firebase-functions/firestore'
import { HttpsError, onCall } from 'firebase-functions/https'
import { onSchedule } from 'firebase-functions/scheduler'
import { userIdSchema } from '../../src/shared/domain/ids.ts'
import { FUNCTIONS_REGION } from '../../src/shared/functions.ts'
import { cleanUp as runCleanUp, noteRemoval } from './clean-up.ts'
import { openDatabase } from './database.ts'
import { fcmSender } from './fcm-sender.ts'
import { httpSender } from './http-sender.ts'
import { pushMessage, type PushTools } from './message-created.ts'
import type { PushSender } from './sender.ts'
import { pushTest } from './test-push.ts'

const app = initializeApp()
const db = getFirestore(app)
// Bounds what a flood of messages can cost.
setGlobalOptions({ region: FUNCTIONS_REGION, maxInstances: 20, memory: '256MiB' })

function createSender(): PushSender {
  const host = process.env['FCM_EMULATOR_HOST']
  if (process.env['FUNCTIONS_EMULATOR'] !== 'true' || host === undefined) return fcmSender(getMessaging(app))
  const projectId = process.env['GCLOUD_PROJECT'] ?? ''
  return httpSender({ origin: `http://${host}`, projectId, accessToken: 'owner' })
}

const tools: PushTools = { database: openDatabase(db), sender: createSender(), now: Date.now }
const MESSAGE = 'chats/{chatId}/messages/{messageId}'

/** Sends pushes about a new message. */
export const onMessageCreated = onDocumentCreated(MESSAGE, async ({ params, data }) => {
  const report = await pushMessage(tools, { ...params, data: data?.data() })
  if (report.failed > 0) logger.warn('Pushes were not sent.', report)
})

/** Notes the object of a deleted message for the clean-up. */
export const onMessageUpdated = onDocumentUpdated(MESSAGE, async ({ params, data }) => {
  await noteRemoval(
    { db, now: Date.now },
    { chatId: params.chatId, before: data?.before.data(), after: data?.after.data() },
  )
})

/** Sends a push to the device that asks for it. */
export const testPush = onCall(async ({ auth, data }) => {
  const userId = userIdSchema.safeParse(auth?.uid)
  if (!userId.success || auth?.token.phone_number === undefined)
    throw new HttpsError('unauthenticated', 'Sign in.')
  const result = await pushTest(tools, userId.data, data)
  if ('refusal' in result) throw new HttpsError(result.refusal, result.refusal)
  return result
})

/** Once a day, removes what leaving and deleting leave behind. */
export const cleanUp = onSchedule({ schedule: 'every day 03:30', timeoutSeconds: 540 }, async () => {
  // Loaded only here, so that the other functions start faster.
  const { getStorage } = await import('firebase-admin/storage')
  const bucket = getStorage(app).bucket()
  const report = await runCleanUp({ db, bucket, now: Date.now })
  logger[report.failed === 0 ? 'info' : 'error']('Cleaned up.', report)
})
