import type { ChatState } from '../../src/shared/domain/chat.ts'
import { chatIdSchema, messageIdSchema, type UserId } from '../../src/shared/domain/ids.ts'
import { toRawBody } from '../../src/shared/messages/body.ts'
import type { KnownBody } from '../../src/shared/messages/kinds/index.ts'
import { withMentions } from '../../src/shared/messages/mentions.ts'
import type { WireMessage } from '../../src/shared/messages/envelope.ts'
import { demoPerson, type DemoChat } from './demo.ts'
import { demoMessage, groupPhotoOf, type DemoFile, type DemoObject } from './demo-media.ts'

const MINUTE_MS = 60_000
const TITLE = 'Lake weekend'
const id = chatIdSchema.parse('DemoGroup00000000001')

const uidOf = (index: number): UserId => demoPerson(index).id
const text = (value: string): KnownBody => ({ kind: 'text', text: value })
/** A text that begins with a mention. */
function mentioning(index: number, rest: string): KnownBody {
  const { id: uid, displayName } = demoPerson(index)
  const name = `@${displayName}`
  return { kind: 'text', ...withMentions(`${name} ${rest}`, [{ who: uid, start: 0, length: name.length }]) }
}

/** A message with a file. */
interface FileLine {
  file: DemoFile
  text?: string
  album?: string
}
const ALBUM = '00000000000000000000000000000001'

/** Who wrote what, and how many minutes before the newest message. */
const lines: readonly (readonly [number, KnownBody | FileLine, number])[] = [
  [1, { kind: 'event', event: 'created', uids: [0, 2, 3].map(uidOf), title: TITLE }, 2000],
  [1, text('Here we are. Cabin is booked from Friday to Sunday! 🛶'), 1995],
  [1, { file: 'lake', text: 'From last year', album: ALBUM }, 1994],
  [1, { file: 'jetty', album: ALBUM }, 1994],
  [1, { file: 'cabin', album: ALBUM }, 1994],
  [2, text('Yes!! I bring the *big* pot'), 1990],
  [0, text('And I the fishing rods. Who drives?'), 1984],
  [3, text('I can take three people from the station, 16:30'), 700],
  [1, { kind: 'event', event: 'added', uids: [uidOf(4)] }, 690],
  [4, text('Thanks for adding me! One more seat, please?'), 60],
  [3, text('You have it'), 58],
  [3, { file: 'voice' }, 55],
  [4, { file: 'boat', text: 'Found this: our boat in the evening' }, 30],
  [2, text('Shopping list so far:\n- bread\n- coffee\n- pasta for _two_ evenings'), 12],
  [2, { file: 'packingList' }, 10],
  [4, text('Marshmallows. This is not a discussion.'), 4],
  [0, text('🔥🍡'), 2],
  [3, mentioning(0, 'packed already. See you on Friday!'), 0],
]

/** A group of the first five demo people; its newest message is two minutes older than `now` (ms). */
export function demoGroup(now: number): DemoChat {
  const newestAt = now - 2 * MINUTE_MS
  const objects: DemoObject[] = []
  const bodyOf = (by: number, line: KnownBody | FileLine): KnownBody => {
    if ('kind' in line) return line
    const { file, ...more } = line
    const { body, object } = demoMessage(file, { chatId: id, owner: uidOf(by), more })
    objects.push(object)
    return body
  }
  const messages = lines.map(([by, line, minutesBefore], index): WireMessage => {
    const sentAt = newestAt - minutesBefore * MINUTE_MS
    return {
      id: messageIdSchema.parse(`demo-group-${String(index).padStart(6, '0')}`),
      chatId: id,
      senderId: uidOf(by),
      sentAt,
      updatedAt: sentAt,
      seq: index,
      body: toRawBody(bodyOf(by, line)),
      editedAt: null,
      deletedAt: null,
    }
  })
  const [oldest, newest] = [messages[0], messages.at(-1)]
  if (oldest === undefined || newest === undefined) throw new Error('The demo group has no messages.')
  const messageCount = lines.filter(([, line]) => !('event' in line)).length
  const memberIds = [1, 0, 2, 3, 4].map(uidOf)
  const owner = uidOf(1)
  const { photo, object } = groupPhotoOf(id, owner)
  objects.push(object)
  const state = (unread: number): ChatState => ({
    chatId: id,
    readCount: messageCount - unread,
    readAt: messages[messages.length - 1 - unread]?.sentAt ?? null,
    pinned: false,
    archived: false,
    mutedUntil: null,
    muteMentions: false,
    sound: 'default',
    markedUnread: false,
  })
  return {
    chat: {
      id,
      kind: 'group',
      memberIds,
      title: TITLE,
      group: {
        ownerId: owner,
        adminIds: [owner],
        bannedIds: [],
        description: 'Friday to Sunday, by the small jetty',
        photo,
        policy: { post: 'all', edit: 'all', add: 'all' },
      },
      last: newest,
      messageCount,
      revision: messages.length,
      changed: newest.id,
      createdAt: oldest.sentAt,
      updatedAt: now,
    },
    messages,
    objects,
    states: new Map(memberIds.map((member, index) => [member, state(index === 1 ? 1 : 0)] as const)),
  }
}
