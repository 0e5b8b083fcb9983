import { type RefObject, useEffect, useState } from 'react'

type Listener = (inView: boolean) => void
const listeners = new Map<Element, Listener>()
/** One for all elements: it calls back once per frame. */
let observer: IntersectionObserver | undefined

function observe(element: Element, listener: Listener): () => void {
  observer ??= new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) listeners.get(target)?.(isIntersecting)
  })
  listeners.set(element, listener)
  observer.observe(element)
  return () => {
    listeners.delete(element)
    observer?.unobserve(element)
  }
}

/** Whether a part of the element can be seen. */
export function useInView(ref: RefObject<Element | null>): boolean {
  const [inView, setInView] = useState(false)
  useEffect(() => (ref.current === null ? undefined : observe(ref.current, setInView)), [ref])
  return inView
}
