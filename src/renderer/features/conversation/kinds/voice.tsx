import { useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { barsOf } from '#shared/domain/wave.ts'
import { useMessageFile } from '../../../services/media/use-message-file.ts'
import { keyOf } from '../../../stores/messages.ts'
import { useInView } from '../../../ui/use-in-view.ts'
import type { BodyProps, KindView } from './kind.ts'
import { Sound } from './Sound.tsx'

function VoiceBody({ message, body, sender, meta }: BodyProps<'voice'>) {
  const { t } = useTranslation()
  const bars = useMemo(() => barsOf(body.wave), [body.wave])
  const { id, chatId, senderId, heard } = message
  const { file } = body
  const root = useRef<HTMLDivElement>(null)
  useMessageFile(message, file, { auto: 'settings', inView: useInView(root) })
  return (
    <Sound
      ref={root}
      track={{
        key: keyOf(message),
        chatId,
        sha256: file.sha256,
        mime: file.mime,
        remote: file,
        voice: { id, senderId },
        fileName: null,
      }}
      label={t('message.voice')}
      bars={bars}
      duration={body.duration}
      unheard={!sender.own && !heard}
      meta={meta}
    />
  )
}

export const voice: KindView<'voice'> = {
  Body: VoiceBody,
  frame: () => 'bubble',
  estimateHeight: () => 49,
}
