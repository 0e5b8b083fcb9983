import { Tooltip } from '@base-ui/react/tooltip'
import { useVirtualizer } from '@tanstack/react-virtual'
import i18next from 'i18next'
import { useRef } from 'react'
import { createRoot } from 'react-dom/client'
import { initReactI18next, useTranslation } from 'react-i18next'
import { z } from 'zod'
import { createStore, useStore } from 'zustand'

/*
 * A plain list of the chats, made with the libraries of Perch's chat list and nothing of Perch. No list made with them can be
 * painted earlier.
 */

const chatSchema = z.looseObject({ id: z.string() })
type Chat = z.infer<typeof chatSchema>
const store = createStore<{ chats: readonly Chat[] }>(() => ({ chats: [] }))

function Row({ chat, top }: { chat: Chat; top: number }) {
  const { t } = useTranslation()
  return (
    <div data-chat-id={chat.id} style={{ position: 'absolute', top }}>
      <Tooltip.Root>
        <Tooltip.Trigger>{t('app.name')}</Tooltip.Trigger>
      </Tooltip.Root>
      {chat.id}
    </div>
  )
}

function List() {
  const chats = useStore(store, (state) => state.chats)
  const scroller = useRef<HTMLDivElement>(null)
  const virtualizer = useVirtualizer({
    count: chats.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 68,
    overscan: 6,
  })
  return (
    <div ref={scroller} style={{ position: 'relative', height: '90vh', overflow: 'auto' }}>
      {virtualizer.getVirtualItems().map(({ index, start }) => {
        const chat = chats[index]
        return chat && <Row key={chat.id} chat={chat} top={start} />
      })}
    </div>
  )
}

/** In a window that has no bridge. */
const withoutBridge = Array.from({ length: 500 }, (_, n) => ({ id: `chat-${String(n)}` }))

async function start(): Promise<void> {
  await i18next
    .use(initReactI18next)
    .init({ lng: 'en', resources: { en: { translation: { app: { name: 'Open' } } } } })
  const answer = await window.perch?.call('me', 'replica.chats', undefined)
  const chats = z.array(chatSchema).parse(answer?.ok === true ? answer.value : withoutBridge)
  store.setState({ chats })
  const element = document.getElementById('root')
  if (element === null) throw new Error('The page has no root')
  createRoot(element).render(<List />)
}

await start()
