import { inviteLink, inviteSchema, type Invite, type InviteDetails } from '#shared/domain/invite.ts'
import type { InvitesService, SeenInvite } from '../../../src/renderer/services/services.ts'
import type { AppStore } from '../../../src/renderer/stores/app-store.ts'
import { GARDEN_PHOTO, STRANGER } from './people.ts'

const details: InviteDetails = {
  title: 'Harbour choir',
  description: 'We meet on Tuesdays at seven, in the old boat house.\nBring water!',
  photo: GARDEN_PHOTO.small,
  memberCount: 23,
  createdAt: Date.UTC(2026, 2, 1),
  expiresAt: Date.UTC(2026, 11, 24, 18),
  maxJoins: 50,
  approve: false,
  joins: 7,
  revoked: false,
}
const withApproval = { ...details, approve: true, maxJoins: null }

/** What the links of the gallery lead to. */
const links = {
  open: { kind: 'open', details },
  approve: { kind: 'open', details: withApproval },
  asked: { kind: 'asked', details: withApproval },
  hostile: {
    kind: 'open',
    details: { ...details, title: 'W'.repeat(100), description: `‮${'نص طويل جدا '.repeat(40)}` },
  },
  revoked: { kind: 'problem', problem: 'revoked' },
} as const satisfies Record<string, SeenInvite>
export type GalleryLink = keyof typeof links

const names = Object.keys(links)

/** Returns a link that leads to this. */
export function galleryInvite(name: GalleryLink): Invite {
  return inviteSchema.parse({
    chatId: 'GalleryGroup00000001',
    code: String(names.indexOf(name)).padStart(32, '0'),
  })
}

function seen({ code }: Invite): SeenInvite {
  return Object.values(links)[Number(code)] ?? { kind: 'problem', problem: 'unknown' }
}

export function fakeInvites(
  store: AppStore,
  request: (name: string, ...args: unknown[]) => Promise<void>,
): InvitesService {
  const invite = galleryInvite('open')
  const current = { invite, link: inviteLink(invite, 'perch.example') }
  return {
    async look(invite) {
      await request('look', invite)
      return seen(invite)
    },
    async join(invite) {
      await request('join', invite)
      return { kind: 'asked', details: withApproval }
    },
    takeBack: (chatId) => request('takeBack', chatId),
    async current(chatId) {
      await request('current', chatId)
      return { ...current, details }
    },
    async replace(chatId, options) {
      await request('replace', chatId, options)
      return { ...current, details: { ...details, ...options } }
    },
    revoke: (chatId) => request('revoke', chatId),
    async requests(chatId) {
      await request('requests', chatId)
      store.setState(({ people }) => ({ people: new Map(people).set(STRANGER.id, STRANGER) }))
      return [{ userId: STRANGER.id, at: Date.now() }]
    },
    accept: (chatId, userId) => request('accept', chatId, userId),
    decline: (chatId, userId) => request('decline', chatId, userId),
  }
}
