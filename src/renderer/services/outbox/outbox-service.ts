import { attempt } from '../app/errors.ts'
import { currentReplica } from '../replica/current-replica.ts'
import type { OutboxService } from '../services.ts'
import type { LiveSession } from '../session/live-session.ts'

export function createOutboxService(live: () => LiveSession | undefined): OutboxService {
  return {
    add: (request) => attempt(async () => currentReplica(live).call('outbox.add', request)),
  }
}
