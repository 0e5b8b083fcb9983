import clsx from 'clsx'
import { useEffect, useRef, useState } from 'react'
import { useReducedMotion } from '../use-reduced-motion.ts'
import styles from './FilePicture.module.css'
import { useFastScroll } from './fast-scroll.ts'
import { thumbhashUrl } from './thumbhash.ts'

/** A larger picture is not decoded: it would take the memory of the window. In pixels. */
const MAX_PIXELS = 100_000_000

interface FilePictureProps {
  /** Null while the file is not here. */
  url: string | null
  mime: string
  hash: string
  alt: string
  inView: boolean
  /** `cover` fills the box and crops; `contain` shows all of the picture. */
  fit?: 'cover' | 'contain'
  /** Called when the bytes are no picture, or one that is too large. */
  onBroken: () => void
}

/** A picture in a box whose size is given: blurred until the file is here. A moving picture stands still where nobody sees it, or where motion is unwanted. */
export function FilePicture({
  url: readyUrl,
  mime,
  hash,
  alt,
  inView,
  fit = 'cover',
  onBroken,
}: FilePictureProps) {
  const isFast = useFastScroll()
  /** Stays behind `readyUrl` while the picture flies past: decoding it would delay the frames of the scroll. */
  const [url, setUrl] = useState(isFast ? null : readyUrl)
  if (url !== readyUrl && (!isFast || readyUrl === null)) setUrl(readyUrl)
  const [loadedUrl, setLoadedUrl] = useState<string | null>(null)
  const calm = useReducedMotion()
  const isStill = calm ? mime !== 'image/jpeg' : mime === 'image/gif' && !inView
  const blurred = thumbhashUrl(hash)
  const isLoaded = url !== null && loadedUrl === url

  const check = ({ naturalWidth, naturalHeight }: HTMLImageElement): void => {
    if (naturalWidth * naturalHeight > MAX_PIXELS) onBroken()
    else setLoadedUrl(url)
  }
  return (
    <span className={clsx(styles['box'], fit === 'contain' && styles['contain'])}>
      {blurred !== null && !(fit === 'contain' && isLoaded) && (
        <img className={styles['picture']} src={blurred} alt="" />
      )}
      {url !== null && (
        <img
          // The picture is decoded when it is painted, so one that is too large is still hidden when its size is checked.
          className={clsx(styles['picture'], styles['fading'], !(isLoaded && !isStill) && styles['hidden'])}
          src={url}
          alt={alt}
          decoding="async"
          draggable={false}
          onLoad={({ currentTarget }) => check(currentTarget)}
          onError={onBroken}
        />
      )}
      {isLoaded && isStill && <FirstFrame url={url} />}
    </span>
  )
}

/** The first frame of a moving picture. */
function FirstFrame({ url }: { url: string }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const image = new Image()
    image.addEventListener('load', () => {
      const element = canvas.current
      if (element === null) return
      const scale = Math.min(1, MAX_FRAME_SIDE / Math.max(image.naturalWidth, image.naturalHeight))
      element.width = image.naturalWidth * scale
      element.height = image.naturalHeight * scale
      element.getContext('2d')?.drawImage(image, 0, 0, element.width, element.height)
    })
    image.src = url
    return () => image.removeAttribute('src')
  }, [url])
  return <canvas ref={canvas} className={styles['picture']} aria-hidden />
}

const MAX_FRAME_SIDE = 1600
