import { useCallback } from 'react'
import type { UserId } from '#shared/domain/ids.ts'
import { useServices } from '../../../services/use-services.ts'
import { AutoDownload } from './AutoDownload.tsx'
import { FreeUp, StorageLimit } from './FreeUp.tsx'
import { StorageChats } from './StorageChats.tsx'
import { TrafficTable } from './TrafficTable.tsx'
import { UsageSummary } from './UsageSummary.tsx'
import { useLoaded } from './use-loaded.ts'

/** What the files on this computer take, what may be downloaded by itself, and how much was transferred. */
export function StorageSettings({ me }: { me: UserId }) {
  const { storage } = useServices()
  const usage = useLoaded(useCallback(async () => (await storage()).usage(), [storage]))
  return (
    <>
      <UsageSummary usage={usage.value} failed={usage.failed} onRetry={usage.reload} />
      <FreeUp removable={usage.value?.removable.size ?? null} onFreed={usage.reload} />
      <StorageLimit onChanged={usage.reload} />
      <StorageChats me={me} usage={usage.value} onFreed={usage.reload} />
      <AutoDownload />
      <TrafficTable />
    </>
  )
}
