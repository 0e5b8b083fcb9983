import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { Bubbles, lastEvent } from './painting.ts'

/*
 * A conversation made with the libraries of Perch's and nothing of Perch: Enter adds a bubble at the end of a virtualised list, which
 * scrolls there. It has no replica, no wire and nothing else to do. No conversation made with them can show an own bubble earlier.
 */

const BEFORE = 24
const ROW_PX = 40

const bubbles = new Bubbles()
const lastKey = lastEvent('keydown')

function Conversation() {
  const [texts, setTexts] = useState(() => Array.from({ length: BEFORE }, (_, n) => `text ${String(n)}`))
  const scroller = useRef<HTMLDivElement>(null)
  const virtualizer = useVirtualizer({
    count: texts.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    anchorTo: 'end',
    overscan: 6,
  })
  const totalSize = virtualizer.getTotalSize()
  useLayoutEffect(() => virtualizer.scrollToEnd(), [virtualizer, texts, totalSize])
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (event.key !== 'Enter') return
    event.preventDefault()
    const { value } = event.currentTarget
    event.currentTarget.value = ''
    setTexts((before) => [...before, value])
  }
  return (
    <>
      <div ref={scroller} role="log" style={{ height: '80vh', overflow: 'auto' }}>
        <div style={{ position: 'relative', height: totalSize }}>
          {virtualizer.getVirtualItems().map(({ key, index, start }) => (
            <div
              key={key}
              ref={virtualizer.measureElement}
              data-index={index}
              style={{
                position: 'absolute',
                top: 0,
                width: '100%',
                transform: `translateY(${String(start)}px)`,
              }}
            >
              <article>{texts[index]}</article>
            </div>
          ))}
        </div>
      </div>
      <textarea onKeyDown={onKeyDown} />
    </>
  )
}

const element = document.getElementById('root')
if (element === null) throw new Error('The page has no root')
createRoot(element).render(<Conversation />)

const chatFloor = { keyAt: lastKey, bubbleAt: (number: number) => bubbles.painted(number) }

declare global {
  interface Window {
    benchChatFloor: typeof chatFloor
  }
}

window.benchChatFloor = chatFloor
