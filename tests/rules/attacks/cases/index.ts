import type { AttackGroup } from '../world.ts'
import { chatAttacks } from './chats.ts'
import { groupAttacks } from './groups.ts'
import { messageAttacks } from './messages.ts'
import { ownAttacks } from './own.ts'
import { readAttacks } from './reads.ts'

export const attackGroups: AttackGroup[] = [
  ...chatAttacks,
  ...groupAttacks,
  ...messageAttacks,
  ...ownAttacks,
  ...readAttacks,
]
