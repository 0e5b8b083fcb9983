import { type PointerEvent, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChatId } from '#shared/domain/ids.ts'
import type { VoiceNotesService } from '../../../services/services.ts'
import { useServices } from '../../../services/use-services.ts'
import { notify } from '../../../ui/toasts.ts'

/** A shorter press is a click, in ms. */
const HOLD_MS = 500

/** What the microphone button does. */
export interface Mic {
  start(): void
  /** For pointers. A click starts a recording; holding the button records until it is released. */
  onPointerDown(event: PointerEvent<HTMLElement>): void
}

/** Starts recordings in a chat. */
export function useMic(chatId: ChatId): Mic {
  const { t } = useTranslation()
  const { voiceNotes, app } = useServices()
  const hold = useRef<AbortController>(null)
  const run = (act: (service: VoiceNotesService) => Promise<void>): void => {
    voiceNotes()
      .then(act)
      .catch((error: unknown) => {
        app.report('voice', error)
        notify(t('voice.problem.broken'), 'error')
      })
  }
  const start = (): void => run((service) => service.start(chatId))

  return {
    start,
    onPointerDown(event) {
      if (event.button !== 0) return
      const pressedAt = performance.now()
      hold.current?.abort()
      const ended = new AbortController()
      hold.current = ended
      // The bar takes the place of this button, so the window listens for the release.
      const onUp = ({ clientX, clientY }: globalThis.PointerEvent): void => {
        ended.abort()
        if (performance.now() - pressedAt < HOLD_MS) return
        const isOverSend = document.elementFromPoint(clientX, clientY)?.closest('[data-voice-send]') != null
        run((service) => (isOverSend ? service.send(chatId) : service.stop(chatId)))
      }
      window.addEventListener('pointerup', onUp, { signal: ended.signal })
      window.addEventListener('pointercancel', () => ended.abort(), { signal: ended.signal })
      start()
    },
  }
}

/** Shows the recordings of earlier sessions. */
export function useRestoredVoiceNotes(): void {
  const { voiceNotes, app } = useServices()
  useEffect(() => {
    voiceNotes().then(
      (service) => service.restore(),
      (error: unknown) => app.report('voice.restore', error),
    )
  }, [voiceNotes, app])
}
