import type { IntentKind } from '#shared/intents/index.ts'
import { block } from './block.ts'
import { chatState } from './chat-state.ts'
import { contact } from './contact.ts'
import { deleteMessage } from './delete-message.ts'
import { deleteObject } from './delete-object.ts'
import { groupReceipt } from './group-receipt.ts'
import type { IntentWriter } from './intent.ts'
import { photo } from './photo.ts'
import { privacy } from './privacy.ts'
import { profile } from './profile.ts'
import { receipt } from './receipt.ts'
import { send } from './send.ts'
import { upload } from './upload.ts'

/** The registry of intents: one writer for each. */
const writers: { readonly [K in IntentKind]: IntentWriter<K> } = {
  send,
  upload,
  deleteMessage,
  deleteObject,
  chatState,
  receipt,
  groupReceipt,
  contact,
  block,
  profile,
  privacy,
  photo,
}

export function writerOf<K extends IntentKind>(kind: K): IntentWriter<K> {
  return writers[kind]
}
