import { storedDefinitionOf } from '#shared/intents/index.ts'
import { loadAccount } from './account.ts'
import { loadActivities } from './activities.ts'
import { markRead, setChatState } from './chat-states.ts'
import { loadChats, loadChatsBehind } from './chats-read.ts'
import { createGroup, leaveChats, openDirectChat, removeChats, setDraft } from './chats-write.ts'
import { applyBatch } from './collections/index.ts'
import type { Writing } from './context.ts'
import { countReplica } from './diagnostics.ts'
import type { CallArgs, CallMethod, CallResult } from './main-methods.ts'
import {
  addFile,
  allFiles,
  evictFiles,
  findFiles,
  freeFiles,
  keepFile,
  loadSession,
  removeFiles,
  setSession,
  setStaged,
  useFile,
} from './media.ts'
import { loadChatSync, loadMedia, loadMessages } from './messages-read.ts'
import { applyPages } from './messages-write.ts'
import {
  acknowledge,
  add,
  countUnsent,
  discard,
  forward,
  loadPending,
  retry,
  send,
  sendStaged,
  split,
} from './outbox.ts'
import { applyProfiles, loadPeople } from './people.ts'
import { search } from './search.ts'
import {
  addTraffic,
  fileMessage,
  loadTraffic,
  resetTraffic,
  storageChats,
  storageFiles,
  storageUsage,
} from './storage.ts'
import { loadSyncCursors } from './sync-cursors.ts'
import { hasUnsent } from './unsent.ts'
import {
  appendRecording,
  loadRecordings,
  markHeard,
  nextUnheard,
  readRecording,
  removeRecording,
} from './voice.ts'

/** Methods that work on the open replica. */
export type QueryMethod = Exclude<CallMethod, 'replica.open' | 'replica.close' | 'replica.erase'>

interface Query<M extends QueryMethod> {
  run(context: Writing, args: CallArgs<M>): CallResult<M>
  /** True: the change is on the disk before the call returns. */
  durable(args: CallArgs<M>): boolean
}

/** For data that can be fetched from the wire again, or that the person's next action writes again. */
function query<M extends QueryMethod>(run: Query<M>['run']): Query<M> {
  return { run, durable: () => false }
}

/** For data that exists only on this device: a power failure must not lose it. */
function durable<M extends QueryMethod>(run: Query<M>['run']): Query<M> {
  return { run, durable: () => true }
}

/** The registry of the store's methods. Every call is one transaction. */
export const queries: { readonly [M in QueryMethod]: Query<M> } = {
  'replica.account': query(loadAccount),
  'replica.syncCursors': query(loadSyncCursors),
  'replica.chats': query(loadChats),
  'replica.people': query(loadPeople),
  'replica.activities': query(loadActivities),
  'replica.messages': query(loadMessages),
  'replica.media': query(loadMedia),
  'replica.search': query(search),
  'replica.chatSync': query(loadChatSync),
  'replica.chatsBehind': query(loadChatsBehind),

  'replica.apply': query(applyBatch),
  'replica.leaveChats': query(leaveChats),
  'replica.removeChats': query(removeChats),
  'replica.applyMessages': query(applyPages),
  'replica.applyProfiles': query(applyProfiles),

  'replica.openDirectChat': query(openDirectChat),
  'replica.createGroup': durable(createGroup),
  'replica.setDraft': durable(setDraft),
  'replica.setStaged': durable(setStaged),
  'replica.send': durable(send),
  'replica.sendStaged': durable(sendStaged),
  'replica.forward': durable(forward),
  'replica.markRead': query(markRead),
  'replica.setChatState': durable(setChatState),

  'outbox.add': { run: add, durable: ({ kind }) => storedDefinitionOf(kind).durable },
  'outbox.pending': query(loadPending),
  'outbox.unsentCount': query(countUnsent),
  'outbox.acknowledge': query(acknowledge),
  'outbox.split': durable(split),
  'outbox.retry': durable(retry),
  'outbox.discard': durable(discard),

  'files.add': durable(addFile),
  'files.evict': query(evictFiles),
  'files.free': query(freeFiles),
  'files.find': query(findFiles),
  'files.all': query(allFiles),
  'files.remove': query(removeFiles),
  'files.use': query(useFile),
  'files.keep': durable(keepFile),
  'uploads.session': query(loadSession),
  'uploads.setSession': query(setSession),
  'traffic.add': query(addTraffic),
  'unsent.any': query(hasUnsent),
  'diagnostics.counts': query(countReplica),

  'storage.usage': query(storageUsage),
  'storage.chats': query(storageChats),
  'storage.files': query(storageFiles),
  'storage.messageOf': query(fileMessage),
  'storage.traffic': query(loadTraffic),
  'storage.resetTraffic': query(resetTraffic),

  // Not durable: it is called every second while the microphone is on, and each time the disk would be forced to write at once.
  'voice.append': query(appendRecording),
  'voice.recordings': query(loadRecordings),
  'voice.read': query(readRecording),
  'voice.remove': query(removeRecording),
  'voice.markHeard': query(markHeard),
  'voice.nextUnheard': query(nextUnheard),
}
