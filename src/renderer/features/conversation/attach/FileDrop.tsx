import { useEffect, useEffectEvent, useState, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { isolated } from '#shared/domain/display-text.ts'
import { filesOf, hasFiles, type DroppedFile } from '../../../ui/dropped-files.ts'
import styles from './FileDrop.module.css'

interface FileDropProps {
  /** Where files can be dropped. It must be positioned: the overlay covers it. */
  area: RefObject<HTMLElement | null>
  /** The person or group that gets them. */
  name: string
  onDrop: (files: readonly DroppedFile[]) => void
}

/** Lets files be dropped on the chat. While they are dragged over it, an overlay says so. */
export function FileDrop({ area, name, onDrop }: FileDropProps) {
  const { t } = useTranslation()
  const [isOver, setOver] = useState(false)
  const drop = useEffectEvent((files: readonly DroppedFile[]) => onDrop(files))

  useEffect(() => {
    const element = area.current
    if (element === null) return undefined
    const onDragOver = (event: DragEvent): void => {
      if (!hasFiles(event.dataTransfer)) return
      event.preventDefault()
      event.dataTransfer.dropEffect = 'copy'
      setOver(true)
    }
    // Also fires between two elements inside the area.
    const onDragLeave = ({ relatedTarget }: DragEvent): void => {
      if (!(relatedTarget instanceof Node && element.contains(relatedTarget))) setOver(false)
    }
    const onFiles = (event: DragEvent): void => {
      setOver(false)
      if (!hasFiles(event.dataTransfer)) return
      event.preventDefault()
      drop(filesOf(event.dataTransfer))
    }
    element.addEventListener('dragover', onDragOver)
    element.addEventListener('dragleave', onDragLeave)
    element.addEventListener('drop', onFiles)
    return () => {
      element.removeEventListener('dragover', onDragOver)
      element.removeEventListener('dragleave', onDragLeave)
      element.removeEventListener('drop', onFiles)
    }
  }, [area])

  if (!isOver) return null
  return (
    <div className={styles['overlay']}>
      <p className={styles['text']}>{t('attach.dropHere', { name: isolated(name) })}</p>
    </div>
  )
}
