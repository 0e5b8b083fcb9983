import type { LoadedKind, StoredKind } from '#shared/intents/index.ts'
import { block } from './block.ts'
import { chatState } from './chat-state.ts'
import { contact } from './contact.ts'
import { deleteMessage } from './delete-message.ts'
import { groupReceipt } from './group-receipt.ts'
import type { IntentLoader, IntentEffect } from './intent.ts'
import { photo } from './photo.ts'
import { privacy } from './privacy.ts'
import { profile } from './profile.ts'
import { receipt } from './receipt.ts'
import { send } from './send.ts'
import { upload } from './upload.ts'

/** The registry of intents whose payload the replica loads. */
const loaded: { readonly [K in LoadedKind]: IntentLoader<K> } = {
  send,
  chatState,
  receipt,
  groupReceipt,
}

/** The registry of effects that stored intents have on the replica. An intent without an effect is not listed. */
const effects: { readonly [K in StoredKind]?: IntentEffect<K> } = {
  contact,
  block,
  profile,
  privacy,
  photo,
  upload,
  deleteMessage,
}

export function loadedIntent<K extends LoadedKind>(kind: K): IntentLoader<K> {
  return loaded[kind]
}

export function effectOf<K extends StoredKind>(kind: K): IntentEffect<K> | undefined {
  return effects[kind]
}
