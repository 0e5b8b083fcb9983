import { z } from 'zod'
import { MEMBER_LIMIT } from './group.ts'
import { chatIdSchema, type ServerTime } from './ids.ts'

/** The secret part of an invite link: 122 random bits. Who knows it can see the group's title and ask to join. */
export const inviteCodeSchema = z
  .string()
  .regex(/^[0-9a-f]{32}$/)
  .brand<'InviteCode'>()
export type InviteCode = z.infer<typeof inviteCodeSchema>

export function newInviteCode(): InviteCode {
  return inviteCodeSchema.parse(crypto.randomUUID().replaceAll('-', ''))
}

/** What an invite link contains. */
export const inviteSchema = z.strictObject({
  chatId: z
    .string()
    .regex(/^[A-Za-z0-9]{20}$/)
    .pipe(chatIdSchema),
  code: inviteCodeSchema,
})
export type Invite = z.infer<typeof inviteSchema>

/** What the person who creates a link chooses. */
export interface InviteOptions {
  /** Server ms; null: the link doesn't expire. */
  expiresAt: ServerTime | null
  /** How many people can join with the link; null: any number. */
  maxJoins: number | null
  /** An admin must accept each person. */
  approve: boolean
}

/** What a link shows of its group, to everyone who has it. */
export interface InvitePreview {
  title: string
  description: string
  /** The small picture of the group's photo. */
  photo: string | null
  memberCount: number
}

/** What the server stores for a link. The preview is a copy; it is empty once the link is revoked. */
export interface InviteDetails extends InviteOptions, InvitePreview {
  createdAt: ServerTime
  joins: number
  revoked: boolean
}

/** Why a link cannot be used. `removed`: an admin has removed this person, or the group is gone; the server does not tell which. */
export type InviteProblem = 'unknown' | 'revoked' | 'expired' | 'usedUp' | 'full' | 'removed'

/** Returns what keeps people from joining with this link, null if nothing does. `now`: server ms. */
export function problemOf(invite: InviteDetails, now: number): InviteProblem | null {
  if (invite.revoked) return 'revoked'
  if (invite.expiresAt !== null && invite.expiresAt <= now) return 'expired'
  if (invite.maxJoins !== null && invite.joins >= invite.maxJoins) return 'usedUp'
  if (invite.memberCount >= MEMBER_LIMIT) return 'full'
  return null
}

/**
 * Returns the link to share. With a domain it is a web link whose page opens the app. The invite is in its fragment, which browsers do
 * not send to the server.
 */
export function inviteLink({ chatId, code }: Invite, domain: string | undefined): string {
  return domain === undefined ? `perch://join/${chatId}/${code}` : `https://${domain}/join#${chatId}/${code}`
}

const LINK = /^(?:perch:\/\/|https:\/\/([^/?#]+)\/)join\/?[/#]([^/?#]+)\/([^/?#]+)$/i

/** Parses both forms of an invite link. Returns null for any other link, and for a web link of another domain. */
export function parseInvite(link: string, domain: string | undefined): Invite | null {
  const [, host, chatId, code] = LINK.exec(link) ?? []
  if (host !== undefined && host.toLowerCase() !== domain?.toLowerCase()) return null
  return inviteSchema.safeParse({ chatId, code }).data ?? null
}
