import { z } from 'zod'
import { DESCRIPTION_LIMIT, MAX_ADDED, policySchema, TITLE_LIMIT } from '../../domain/group.ts'
import { userIdSchema } from '../../domain/ids.ts'
import { photoSchema } from '../../domain/photo.ts'
import { defineKind } from './kind.ts'

const kind = z.literal('event')
const people = z.array(userIdSchema).min(1).max(MAX_ADDED)
const title = z.string().min(1).max(TITLE_LIMIT)
const one = z.array(userIdSchema).length(1)

/**
 * One change of a group. It is a message in the same batch as the change, and the rules compare both. `uids`: the people that it is
 * about; the sender is the one who did it.
 */
const schema = z.discriminatedUnion('event', [
  z.strictObject({ kind, event: z.literal('created'), uids: z.array(userIdSchema).max(MAX_ADDED), title }),
  z.strictObject({ kind, event: z.literal('added'), uids: people }),
  z.strictObject({ kind, event: z.literal('joined'), uids: one }),
  z.strictObject({ kind, event: z.literal('admitted'), uids: one }),
  z.strictObject({ kind, event: z.literal('removed'), uids: people }),
  z.strictObject({ kind, event: z.literal('left'), uids: one }),
  z.strictObject({ kind, event: z.literal('promoted'), uids: one }),
  z.strictObject({ kind, event: z.literal('demoted'), uids: one }),
  z.strictObject({ kind, event: z.literal('transferred'), uids: one }),
  z.strictObject({ kind, event: z.literal('renamed'), title }),
  z.strictObject({ kind, event: z.literal('described'), description: z.string().max(DESCRIPTION_LIMIT) }),
  /** Null: the photo was removed. */
  z.strictObject({ kind, event: z.literal('photo'), photo: photoSchema.nullable() }),
  z.strictObject({ kind, event: z.literal('policy'), policy: policySchema }),
  z.strictObject({ kind, event: z.literal('deleted') }),
])
export type EventBody = z.infer<typeof schema>

export const event = defineKind<EventBody>({
  schema,
  // The rules allow no other fields. An event of a newer version is shown as one of an unknown kind.
  reader: schema,
  // The full picture of a photo is no file of the chat: it is shown with the group's details.
  attachment: () => null,
  describe: (body) => ({ event: body }),
  summarize: (body) => body,
  mentions: () => [],
  searchText: () => null,
  copyText: () => null,
  forward: () => null,
  draftText: () => null,
})
