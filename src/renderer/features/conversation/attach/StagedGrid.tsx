import type { TFunction } from 'i18next'
import clsx from 'clsx'
import File from 'lucide-react/icons/file'
import Play from 'lucide-react/icons/play'
import X from 'lucide-react/icons/x'
import { useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { inlinePictureUrl } from '#shared/domain/inline-picture.ts'
import { displayLine, isolated } from '#shared/domain/display-text.ts'
import { displaySize } from '#shared/domain/display-size.ts'
import type { StagedEntry } from '../../../stores/staging.ts'
import { LiveRegion, VisuallyHidden } from '../../../ui/VisuallyHidden.tsx'
import styles from './StagedGrid.module.css'

/** Longest name that is shown, in characters. */
const NAME = 60

interface StagedGridProps {
  entries: readonly StagedEntry[]
  selectedId: string | null
  onSelect: (id: string) => void
  onMove: (id: string, to: number) => void
  onRemove: (id: string) => void
}

/** The staged entries in their order. A click selects one; Alt with an arrow key or the pointer moves it; Delete removes it. */
export function StagedGrid({ entries, selectedId, onSelect, onMove, onRemove }: StagedGridProps) {
  const { t } = useTranslation()
  const list = useRef<HTMLUListElement>(null)
  const [draggedId, setDraggedId] = useState<string | null>(null)
  const [announcement, setAnnouncement] = useState('')

  const move = (id: string, to: number): void => {
    if (to < 0 || to >= entries.length) return
    onMove(id, to)
    setAnnouncement(t('attach.moved', { n: to + 1, all: entries.length }))
  }
  const focus = (index: number): void => {
    const tile = list.current?.querySelectorAll<HTMLElement>('[data-tile]')[index]
    tile?.focus()
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>, id: string, index: number): void => {
    const step = stepOf(event)
    if (step !== 0 && event.altKey) move(id, index + step)
    else if (step !== 0) focus(index + step)
    else if (event.key === 'Delete' || event.key === 'Backspace') {
      // The tile that takes its place gets the focus, or the one before.
      focus(index + 1 < entries.length ? index + 1 : index - 1)
      onRemove(id)
    } else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <>
      <LiveRegion>{announcement}</LiveRegion>
      <ul ref={list} className={styles['grid']} aria-label={t('attach.list')}>
        {entries.map((entry, index) => (
          <li key={entry.id} className={clsx(styles['cell'], draggedId === entry.id && styles['dragged'])}>
            <button
              type="button"
              data-tile
              className={styles['tile']}
              aria-pressed={entry.id === selectedId}
              aria-busy={entry.item === null}
              onClick={() => onSelect(entry.id)}
              onKeyDown={(event) => onKeyDown(event, entry.id, index)}
              draggable
              onDragStart={({ dataTransfer }) => {
                dataTransfer.effectAllowed = 'move'
                setDraggedId(entry.id)
              }}
              onDragEnter={() => draggedId !== null && draggedId !== entry.id && move(draggedId, index)}
              onDragOver={(event) => draggedId !== null && event.preventDefault()}
              onDragEnd={() => setDraggedId(null)}
            >
              <VisuallyHidden>{labelOf(t, entry, index, entries.length)}</VisuallyHidden>
              <span className={styles['face']} aria-hidden>
                <Face entry={entry} />
              </span>
            </button>
            {/* For the pointer; with the keyboard it is the Delete key. */}
            <span aria-hidden>
              <button
                type="button"
                tabIndex={-1}
                className={styles['remove']}
                onClick={() => onRemove(entry.id)}
              >
                <X size={14} />
              </button>
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}

const COLUMNS = 3

/** How many places an arrow key moves. */
function stepOf({ key, currentTarget }: KeyboardEvent<HTMLElement>): number {
  const forward = getComputedStyle(currentTarget).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight'
  switch (key) {
    case 'ArrowUp':
      return -COLUMNS
    case 'ArrowDown':
      return COLUMNS
    case 'ArrowLeft':
    case 'ArrowRight':
      return key === forward ? 1 : -1
    default:
      return 0
  }
}

function labelOf(t: TFunction, { name, item }: StagedEntry, index: number, count: number): string {
  const shown = isolated(displayLine(name, NAME))
  return t(item === null ? 'attach.reading' : 'attach.item', { name: shown, n: index + 1, all: count })
}

function Face({ entry: { name, size, item, preview } }: { entry: StagedEntry }) {
  const { i18n } = useTranslation()
  if (preview !== null && item?.asFile !== true) {
    return (
      <>
        <img className={styles['picture']} src={preview} alt="" draggable={false} />
        {item === null && <span className={styles['spinner']} />}
        {item?.kind === 'video' && <Play className={styles['play']} size={32} aria-hidden />}
        {item !== null && item.caption !== '' && <span className={styles['mark']}>“…”</span>}
      </>
    )
  }
  return (
    <span className={styles['file']}>
      <FileIcon item={item} />
      <bdi className={styles['name']}>{displayLine(name, NAME)}</bdi>
      <span className={styles['size']}>{displaySize(size, i18n.language)}</span>
    </span>
  )
}

function FileIcon({ item }: Pick<StagedEntry, 'item'>) {
  if (item === null) return <span className={styles['spinner']} />
  if (item.cover === undefined) return <File size={24} aria-hidden />
  return <img className={styles['cover']} src={inlinePictureUrl(item.cover)} alt="" draggable={false} />
}
