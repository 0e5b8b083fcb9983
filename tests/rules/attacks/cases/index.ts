import type { AttackGroup } from '../world.ts'
import { chatAttacks } from './chats.ts'
import { groupActivityAttacks } from './group-activity.ts'
import { groupAttacks } from './groups.ts'
import { inviteAttacks } from './invites.ts'
import { messageAttacks } from './messages.ts'
import { ownAttacks } from './own.ts'
import { readAttacks } from './reads.ts'

export const attackGroups: AttackGroup[] = [
  ...chatAttacks,
  ...groupAttacks,
  ...groupActivityAttacks,
  ...inviteAttacks,
  ...messageAttacks,
  ...ownAttacks,
  ...readAttacks,
]
