import type { ReactNode } from 'react'
import type { Attachment } from '#shared/messages/attachment.ts'
import type { Message } from '#shared/messages/envelope.ts'
import { displayLine } from '#shared/domain/display-text.ts'
import { NAME_LIMIT } from '#shared/messages/kinds/file.ts'
import { keyOf } from '../../../stores/messages.ts'
import { Sound } from './Sound.tsx'

interface AudioPlayerProps {
  message: Message
  file: Attachment
  /** From the sender. */
  name: string
  meta: ReactNode
}

/** Whether a file is a sound that can be played in its bubble. */
export function isAudio({ mime }: Pick<Attachment, 'mime'>): boolean {
  return mime.startsWith('audio/')
}

/** Plays an audio file in its bubble. It goes on while other chats are shown, as a voice note does. */
export function AudioPlayer({ message, file, name, meta }: AudioPlayerProps) {
  const { sha256, mime } = file
  const shownName = displayLine(name, NAME_LIMIT)
  return (
    <Sound
      track={{
        key: keyOf(message),
        chatId: message.chatId,
        sha256,
        mime,
        remote: file,
        voice: null,
        fileName: shownName,
      }}
      label={shownName}
      bars={null}
      duration={null}
      meta={meta}
    />
  )
}
