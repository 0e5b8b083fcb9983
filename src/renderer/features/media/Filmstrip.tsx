import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Message } from '#shared/messages/envelope.ts'
import { useServices } from '../../services/use-services.ts'
import { useFileHere } from '../../services/media/use-file-here.ts'
import { FilePicture } from '../../ui/media/FilePicture.tsx'
import { pictureOf, type PictureBody } from './picture-body.ts'
import styles from './Viewer.module.css'

/** Pictures at each side of the current one. */
const NEAR = 8
/** The strip waits this long, so that the large picture is decoded first. In ms. */
const DECODE_FIRST_MS = 150

interface FilmstripProps {
  /** Newest first. */
  messages: readonly Message[]
  current: number
  labelOf: (message: Message) => string
  onPick: (index: number) => void
}

/** Small pictures of what comes before and after, oldest first. */
export function Filmstrip({ messages, current, labelOf, onPick }: FilmstripProps) {
  const { t } = useTranslation()
  const [decodes, setDecodes] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setDecodes(true), DECODE_FIRST_MS)
    return () => clearTimeout(timer)
  }, [])
  const from = Math.max(0, current - NEAR)
  const near = messages
    .slice(from, current + NEAR + 1)
    .map((message, index) => ({ message, index: from + index }))
  return (
    <div className={styles['filmstrip']} role="group" aria-label={t('mediaView.filmstrip')}>
      {near.toReversed().map(({ message, index }) => {
        const body = pictureOf(message)
        return (
          body !== null && (
            <button
              key={message.id}
              type="button"
              className={styles['frame']}
              aria-label={labelOf(message)}
              aria-current={index === current || undefined}
              onClick={() => onPick(index)}
            >
              <Frame body={body} decodes={decodes} />
            </button>
          )
        )
      })}
    </div>
  )
}

function Frame({ body, decodes }: { body: PictureBody; decodes: boolean }) {
  const { mediaUrl } = useServices()
  const here = useFileHere(body.file.sha256)
  const [broken, setBroken] = useState(false)
  const shows = decodes && here === true && !broken && body.kind === 'photo'
  return (
    <FilePicture
      url={shows ? mediaUrl(body.file.sha256, body.file.mime) : null}
      mime={body.file.mime}
      hash={body.hash}
      alt=""
      inView={false}
      onBroken={() => setBroken(true)}
    />
  )
}
