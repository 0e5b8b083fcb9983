import { useEffect, useMemo, useState } from 'react'
import type { ChatId } from '#shared/domain/ids.ts'
import { previewedLink } from '#shared/domain/text-links.ts'
import type { LinkPreview } from '#shared/messages/link-preview.ts'
import { useServices } from '../../../services/use-services.ts'
import { useAppStore } from '../../../stores/use-app-store.ts'

/** How long the person must not have typed, in ms: nobody wants half an address to be loaded. */
const DELAY_MS = 600

export interface DraftPreview {
  /** Always that of the text; null: there is none, or it is not loaded yet. */
  preview: LinkPreview | null
  dismiss: () => void
  /** Call it when the text was sent. */
  sent: () => void
}

/** Follows the link in a draft. */
export function useLinkPreview(chatId: ChatId, text: string): DraftPreview {
  const { linkPreviews, app } = useServices()
  const isOn = useAppStore(({ settings }) => settings?.linkPreviews === true)
  const [found, setFound] = useState<LinkPreview | null>(null)
  const mayHaveLink = isOn && text.includes('://')

  useEffect(() => {
    if (!mayHaveLink) return undefined
    let isCurrent = true
    const timer = setTimeout(() => {
      linkPreviews()
        .then((service) => service.find(chatId, text))
        .then(
          (preview) => isCurrent && setFound(preview),
          (error: unknown) => app.report('links.load', error),
        )
    }, DELAY_MS)
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
  }, [mayHaveLink, linkPreviews, app, chatId, text])

  const preview = useMemo(
    () => (found !== null && mayHaveLink && previewedLink(text) === found.url ? found : null),
    [found, mayHaveLink, text],
  )
  return {
    preview,
    dismiss() {
      if (preview !== null) void linkPreviews().then((service) => service.dismiss(chatId, preview))
      setFound(null)
    },
    sent() {
      if (mayHaveLink) void linkPreviews().then((service) => service.sent(chatId))
    },
  }
}
