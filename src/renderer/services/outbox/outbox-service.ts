import { attempt } from '../app/errors.ts'
import { currentReplica } from '../replica/current-replica.ts'
import type { OutboxService } from '../services.ts'
import type { CurrentAccount } from '../session/account-session.ts'

export function createOutboxService(account: CurrentAccount): OutboxService {
  return {
    add: (request) => attempt(async () => currentReplica(account).call('outbox.add', request)),
  }
}
