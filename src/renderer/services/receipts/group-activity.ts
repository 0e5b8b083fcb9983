import { toBatch } from '#shared/collections/index.ts'
import type { ChatId } from '#shared/domain/ids.ts'
import type { Activity } from '#shared/domain/receipts.ts'
import type { ActivityRepository, GroupActivityPart } from '../../data/activity-repository.ts'
import type { AccountBridge } from '../../platform/bridge.ts'
import type { AppStore } from '../../stores/app-store.ts'
import type { Report } from '../app/report.ts'
import { serverNow } from '../session/clock.ts'
import { Feed } from '../sync/feed.ts'

export interface GroupActivityOptions {
  replica: AccountBridge
  store: AppStore
  repository: Pick<ActivityRepository, 'followGroup' | 'readOwn'>
  report: Report
}

/**
 * Reads the activity of a group's members while this person looks at it. Sync does not follow it: when n members read one message,
 * each of them would receive n documents.
 */
export class GroupActivity {
  readonly #options: GroupActivityOptions
  /** By group: its receipts have been read up to here in this session (server ms). */
  readonly #cursors = new Map<ChatId, number>()
  readonly #feeds = new Set<Feed<Activity>>()

  constructor(options: GroupActivityOptions) {
    this.#options = options
  }

  /** Stores the activity of a group's members as it changes, until the returned function is called. */
  follow(chatId: ChatId, part: GroupActivityPart): () => void {
    const { repository, store, report } = this.#options
    const feed = new Feed<Activity>({
      name: `groupActivity.${part}`,
      since: this.#cursors.get(chatId) ?? 0,
      follow: (since, listener) =>
        repository.followGroup(chatId, part, part === 'typing' ? serverNow(store) : since, listener),
      apply: async (items, cursor) => {
        await this.#apply(items)
        // Those who type are only some of those whose receipts have changed.
        if (part === 'receipts') this.#cursors.set(chatId, cursor)
      },
      report,
    })
    this.#feeds.add(feed)
    return () => {
      this.#feeds.delete(feed)
      feed.stop()
    }
  }

  stop(): void {
    for (const feed of this.#feeds) feed.stop()
  }

  /** Fetches this person's own activity. Rejects with a WireError. */
  async fetchOwn(chatId: ChatId): Promise<void> {
    const own = await this.#options.repository.readOwn(chatId)
    if (own !== undefined) await this.#apply([own])
  }

  async #apply(items: Activity[]): Promise<void> {
    await this.#options.replica.call('replica.apply', toBatch('activity', items, null))
  }
}
