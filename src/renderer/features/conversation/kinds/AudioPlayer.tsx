import { useRef } from 'react'
import type { Attachment } from '#shared/messages/attachment.ts'
import type { Message } from '#shared/messages/envelope.ts'
import { displayLine } from '#shared/domain/display-text.ts'
import { NAME_LIMIT } from '#shared/messages/kinds/file.ts'
import { keyOf } from '../../../stores/messages.ts'
import { Sound } from './Sound.tsx'
import styles from './Sound.module.css'

interface AudioPlayerProps {
  message: Message
  file: Attachment
  /** From the sender. */
  name: string
}

/** Height of the player with its margin, in px. */
export const AUDIO_PX = 46

/** Whether a file is a sound that can be played in its bubble. */
export function isAudio({ mime }: Pick<Attachment, 'mime'>): boolean {
  return mime.startsWith('audio/')
}

/** Plays an audio file in its bubble. It goes on while other chats are shown, as a voice note does. */
export function AudioPlayer({ message, file, name }: AudioPlayerProps) {
  const { sha256, mime } = file
  const root = useRef<HTMLDivElement>(null)
  const shownName = displayLine(name, NAME_LIMIT)
  return (
    <div className={styles['audio']}>
      <Sound
        ref={root}
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
        meta={null}
      />
    </div>
  )
}
