import type { Content } from '#shared/bridge/replica.ts'
import { defaultPrivacy, type Account } from '#shared/domain/account.ts'
import { chatStateSchema, type Chat } from '#shared/domain/chat.ts'
import { directChatId, type ChatId, type UserId } from '#shared/domain/ids.ts'
import type { Person } from '#shared/domain/person.ts'
import type { Sha256 } from '#shared/messages/attachment.ts'
import type { IntentRequest } from '#shared/intents/index.ts'
import { compareMessages, type Message, type Position } from '#shared/messages/envelope.ts'
import { defaultSettings } from '#shared/settings.ts'
import {
  AppError,
  type AppErrorCode,
  type ContentPage,
  type Services,
} from '../../../src/renderer/services/services.ts'
import { emptyConversation, type AppState, type AppStore } from '../../../src/renderer/stores/app-store.ts'
import { fakeAttachments } from './fake-attachments.ts'
import { fakeCamera, type CameraControls } from './fake-camera.ts'
import { fakeConversation, type ConversationControls } from './fake-conversation.ts'
import { fakeInvites } from './fake-invites.ts'
import { fakeLock } from './fake-lock.ts'
import { fakeLinks } from './fake-links.ts'
import { fakeMedia, type MediaControls } from './fake-media.ts'
import { fakeNotifications, type NotificationControls } from './fake-notifications.ts'
import { fakeProxy } from './fake-proxy.ts'
import { fakeStorage } from './fake-storage.ts'
import { fakeVoice, type VoiceControls } from './fake-voice.ts'
import { ME, newChat, person, STRANGER } from './people.ts'

export interface FakeControls {
  conversation: ConversationControls
  camera: CameraControls
  media: MediaControls
  notifications: NotificationControls
  /** The bytes of what was staged and sent. */
  bytes: ReadonlyMap<Sha256, Blob>
  voice: VoiceControls
  /** While set, calls that need the server reject with this code. */
  failWith: { code: AppErrorCode | null }
  /** Recorded calls of the other services. */
  calls: { name: string; args: unknown[] }[]
}

const emptyAccount: Account = { profile: null, privacy: defaultPrivacy, photo: null }
const RIGHT_CODE = '123456'

/** Creates services that only change the store. */
export function createFakeServices(store: AppStore): { services: Services; controls: FakeControls } {
  const conversation = fakeConversation(store)
  const calls: FakeControls['calls'] = []
  const record = (name: string, ...args: unknown[]): void => void calls.push({ name, args })
  const media = fakeMedia(store, record)
  const attachments = fakeAttachments({
    store,
    conversation: conversation.service,
    media: media.service,
    report: (event, error) => record('report', event, String(error)),
  })
  const camera = fakeCamera()
  const voice = fakeVoice({
    store,
    conversation: conversation.service,
    media: media.service,
    mediaUrl: media.url,
    record,
  })
  const failWith: FakeControls['failWith'] = { code: null }
  const request = async (name: string, ...args: unknown[]): Promise<void> => {
    record(name, ...args)
    await Promise.resolve()
    if (failWith.code !== null) throw new AppError(failWith.code)
  }
  const notifications = fakeNotifications(request)
  const lock = fakeLock(store, request)
  const controls: FakeControls = {
    conversation: conversation.controls,
    camera: camera.controls,
    media: media.controls,
    notifications: notifications.controls,
    bytes: attachments.bytes,
    voice: voice.controls,
    failWith,
    calls,
  }
  const navigate: Services['app']['navigate'] = (patch) =>
    store.setState(({ navigation }) => ({ navigation: { ...navigation, ...patch } }))
  const patchChat = (chatId: ChatId, change: (chat: Chat) => Partial<Chat>): void =>
    store.setState(({ chats }) => {
      const chat = chats.get(chatId)
      return chat === undefined ? {} : { chats: new Map(chats).set(chatId, { ...chat, ...change(chat) }) }
    })

  const invites = fakeInvites(store, request)
  const storage = fakeStorage(store, request, media.controls.kept)
  const links = fakeLinks(record)
  const services: Services = {
    session: {
      requestCode: (phone) => request('requestCode', phone),
      async confirmCode(code) {
        await request('confirmCode', code)
        if (code !== RIGHT_CODE) throw new AppError('wrongCode')
      },
      async saveProfile(profile) {
        await request('saveProfile', profile)
        store.setState(({ account }) => ({
          account: { ...(account ?? emptyAccount), profile },
        }))
      },
      unsentCount: async () => {
        await request('unsentCount')
        return 2
      },
      signOut: () => request('signOut'),
      dismissSetAside: () => store.setState({ setAside: null }),
    },
    people: {
      async findByPhone(phone) {
        await request('findByPhone', phone)
        const { session, people } = store.getState()
        if (session.phase === 'ready' && session.phone === phone) return { kind: 'self' }
        if (phone !== STRANGER.phone) return { kind: 'notFound' }
        store.setState({ people: new Map(people).set(STRANGER.id, STRANGER) })
        return { kind: 'found', userId: STRANGER.id }
      },
      async refresh() {
        await Promise.resolve()
      },
      watchPresence: () => () => {},
    },
    outbox: {
      async add(intent) {
        await request('outbox.add', intent)
        store.setState((state) => effectOf(state, intent))
      },
    },
    chats: {
      async openDirect(userId) {
        await request('openDirect', userId)
        const chatId = directChatId(ME, userId)
        store.setState(({ chats }) => ({
          chats: chats.has(chatId) ? chats : new Map(chats).set(chatId, newChat(userId)),
        }))
        await services.conversation.open(chatId)
      },
      async createGroup(title, others) {
        await request('createGroup', title, others)
      },
      async addPeople(chatId, userIds) {
        await request('addPeople', chatId, userIds)
      },
      async changeGroup(chatId, change) {
        await request('changeGroup', chatId, change)
      },
      async deleteFormer(chatId) {
        await request('deleteFormer', chatId)
      },
      contents: (chatId, of, before) => Promise.resolve(contentsOf(store.getState(), chatId, of, before)),
      onDeleted: () => () => undefined,
      async markRead(chatId) {
        await request('markRead', chatId)
        patchChat(chatId, ({ state, messageCount }) => ({
          state: { ...state, markedUnread: false, readCount: messageCount },
        }))
      },
      async setState(chatId, patch) {
        await request('setState', chatId, patch)
        patchChat(chatId, ({ state }) => ({ state: chatStateSchema.parse({ ...state, ...patch }) }))
      },
    },
    invites: () => Promise.resolve(invites),
    attachments: () => Promise.resolve(attachments.service),
    camera: () => Promise.resolve(camera.service),
    linkPreviews: () => Promise.resolve(links),
    media: () => Promise.resolve(media.service),
    proxy: () => Promise.resolve(fakeProxy(store, record)),
    storage: () => Promise.resolve(storage),
    lock: () => Promise.resolve(lock),
    notifications: () => Promise.resolve(notifications.service),
    mediaUrl: media.url,
    ...voice.services,
    conversation: {
      ...conversation.service,
      async open(chatId) {
        await conversation.service.open(chatId)
        navigate({ openChatId: chatId })
        store.setState(({ conversation: open }) => ({
          conversation: {
            ...emptyConversation,
            chatId,
            status: 'ready',
            generation: (open?.generation ?? 0) + 1,
          },
        }))
      },
      close() {
        conversation.service.close()
        navigate({ openChatId: null, detailsOpen: false })
        store.setState({ conversation: null })
      },
    },
    app: {
      navigate,
      reportInput: () => store.setState({ openedByLink: false }),
      async updateSettings(patch) {
        await request('updateSettings', patch)
        store.setState(({ settings }) => ({ settings: { ...(settings ?? defaultSettings), ...patch } }))
      },
      openLink: (url) => request('openLink', url),
      copyText: (text) => request('copyText', text),
      copyPng: (png) => request('copyPng', png.length),
      async savePng(png, name) {
        await request('savePng', png.length, name)
        return true
      },
      shortcutState: async () => ({
        works: store.getState().settings?.globalShortcut !== 'Control+Alt+T',
        asksSystem: false,
      }),
      pauseShortcut: (paused) => request('pauseShortcut', paused),
      readSpelling: async () => ({
        available: ['de', 'en-GB', 'en-US', 'fr', 'he', 'pt-BR'],
        used: ['en-US'],
      }),
      openLogs: () => request('openLogs'),
      async checkForUpdate() {
        await request('checkForUpdate')
        store.setState({ updates: { state: 'checking' } })
      },
      async installUpdate() {
        await request('installUpdate')
        return store.getState().transfers.size > 0 ? 'upload' : 'restarts'
      },
      async saveDiagnostics() {
        await request('saveDiagnostics')
        return true
      },
      report: (event, error) => record('report', event, String(error)),
      version: '0.1.0',
      localBackend: true,
      reportAddress: 'reports@example.org',
      platform: 'linux',
    },
  }
  return { services, controls }
}

const contentOf = ({ body }: Message): Content | null => {
  if (body?.kind === 'photo' || body?.kind === 'video') return 'media'
  if (body?.kind === 'file') return 'files'
  if (body?.kind === 'voice') return 'voice'
  return body?.kind === 'text' && body.text.includes('://') ? 'links' : null
}

/** What the replica would return: here it is what the store has. */
function contentsOf(
  { messages }: AppState,
  chatId: ChatId,
  of: Content,
  before: Position | null,
): ContentPage {
  const all = [...messages.values()]
    .filter((message) => message.chatId === chatId && contentOf(message) === of)
    .toSorted((a, b) => compareMessages(b, a))
  const older = before === null ? all : all.filter((message) => compareMessages(message, before) < 0)
  return { messages: older.slice(0, 60), total: all.length }
}

/** How the replica would change after an intent. */
function effectOf({ account, people }: AppState, { kind, payload }: IntentRequest): Partial<AppState> {
  const withPerson = (id: UserId, patch: Partial<Person>): Partial<AppState> => ({
    people: new Map(people).set(id, { ...(people.get(id) ?? person(id, '')), ...patch }),
  })
  switch (kind) {
    case 'contact':
      return withPerson(payload.id, { contactName: payload.name, phone: payload.phone })
    case 'block':
      return withPerson(payload.userId, { blocked: payload.blocked })
    case 'privacy':
      return { account: { ...(account ?? emptyAccount), privacy: payload } }
    case 'photo':
      return { account: { ...(account ?? emptyAccount), photo: payload.photo } }
    default:
      return {}
  }
}
