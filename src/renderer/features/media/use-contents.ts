import { useCallback, useEffect, useRef, useState } from 'react'
import type { Content } from '#shared/bridge/replica.ts'
import type { ChatId } from '#shared/domain/ids.ts'
import { positionOf, type Message } from '#shared/messages/envelope.ts'
import { useServices } from '../../services/use-services.ts'

export interface Contents {
  /** Newest first. */
  messages: readonly Message[]
  /** How many there are at all on this device. */
  total: number
  status: 'loading' | 'ready' | 'failed'
  /** Loads older ones, or tries again after a failure. */
  loadMore: () => void
}

const EMPTY = { messages: [], total: 0, status: 'loading' } as const

/** A part of a chat's media, which grows with each `loadMore`. Give the component a key of both: they must not change. */
export function useContents(chatId: ChatId, of: Content): Contents {
  const { chats, app } = useServices()
  const [contents, setContents] = useState<Omit<Contents, 'loadMore'>>(EMPTY)
  const loading = useRef(false)
  const messages = useRef<readonly Message[]>([])

  const loadMore = useCallback((): void => {
    if (loading.current) return
    loading.current = true
    const last = messages.current.at(-1)
    setContents((before) => ({ ...before, status: 'loading' }))
    chats
      .contents(chatId, of, last === undefined ? null : positionOf(last))
      .then(
        (page) => {
          messages.current = [...messages.current, ...page.messages]
          setContents({ messages: messages.current, total: page.total, status: 'ready' })
        },
        (error: unknown) => {
          app.report('media.contents', error)
          setContents((before) => ({ ...before, status: 'failed' }))
        },
      )
      .finally(() => {
        loading.current = false
      })
  }, [chats, app, chatId, of])
  useEffect(loadMore, [loadMore])
  useEffect(
    () =>
      chats.onDeleted(chatId, (ids) => {
        const left = messages.current.filter(({ id }) => !ids.has(id))
        const gone = messages.current.length - left.length
        messages.current = left
        setContents((before) => ({ ...before, messages: left, total: before.total - gone }))
      }),
    [chats, chatId],
  )
  return { ...contents, loadMore }
}
