import { useEffect, useState } from 'react'
import type { UserId } from '#shared/domain/ids.ts'
import { useServices } from '../services/use-services.ts'
import type { RefusedFile } from '../stores/staging.ts'
import { useAppStore } from '../stores/use-app-store.ts'
import { useShowError } from '../ui/use-show-error.ts'
import { SendTo } from './SendTo.tsx'
import { useStageFiles } from './use-stage-files.ts'

interface Opened {
  files: readonly File[]
  refused: readonly RefusedFile[]
}

const nothing: Opened = { files: [], refused: [] }

/** Asks where to send the files that the person has dropped on the app's icon or opened with the app. */
export function OpenedFiles({ me }: { me: UserId }) {
  const { media } = useServices()
  const showError = useShowError()
  const stage = useStageFiles(me)
  const timesOpened = useAppStore((state) => state.filesOpened)
  const [{ files, refused }, setOpened] = useState(nothing)
  useEffect(() => {
    if (timesOpened === 0) return
    media()
      .then((service) => service.takeOpened())
      .then(
        (next) =>
          setOpened((before) => ({
            files: [...before.files, ...next.files],
            refused: [...before.refused, ...next.refused],
          })),
        showError,
      )
  }, [media, timesOpened, showError])

  if (files.length === 0 && refused.length === 0) return null
  return (
    <SendTo
      me={me}
      files={files}
      refused={refused}
      onClose={() => setOpened(nothing)}
      onPick={(chatId) => {
        setOpened(nothing)
        stage(
          chatId,
          files.map((file) => ({ file, isFolder: false })),
        )
      }}
    />
  )
}
