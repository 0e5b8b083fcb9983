import type { RuleSuite } from '../world.ts'
import { activitySuites } from './activity.ts'
import { chatsSuite } from './chats.ts'
import { elsewhereSuite } from './elsewhere.ts'
import { groupActivitySuite } from './group-activity.ts'
import { groupsSuite } from './groups.ts'
import { inviteSuites } from './invites.ts'
import { linksSuite } from './links.ts'
import { mediaSuite } from './media.ts'
import { messagesSuite } from './messages.ts'
import { phonesSuite } from './phones.ts'
import { presenceSuite } from './presence.ts'
import { userSuites } from './users.ts'

export const suites: RuleSuite[] = [
  ...userSuites,
  phonesSuite,
  presenceSuite,
  chatsSuite,
  groupsSuite,
  ...inviteSuites,
  messagesSuite,
  linksSuite,
  mediaSuite,
  ...activitySuites,
  groupActivitySuite,
  elsewhereSuite,
]
