import { useEffect, useEffectEvent, useState, type RefObject } from 'react'
import { filesOf, hasFiles, type DroppedFile } from '../../../ui/dropped-files.ts'
import styles from './FileDrop.module.css'

interface FileDropProps {
  /** Where files can be dropped. It must be positioned: the overlay covers it. */
  area: RefObject<HTMLElement | null>
  /** What dropping does. */
  label: string
  onDrop: (files: readonly DroppedFile[]) => void
}

/** Lets files be dropped on an area. While they are dragged over it, an overlay says what dropping does. */
export function FileDrop({ area, label, onDrop }: FileDropProps) {
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
      <p className={styles['text']}>{label}</p>
    </div>
  )
}
