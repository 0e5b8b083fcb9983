import { useCallback, useEffect, useState } from 'react'
import type { NotificationFacts } from '#shared/bridge/notifications.ts'
import { isPeerBlocked, type Chat, type ChatStatePatch } from '#shared/domain/chat.ts'
import type { UserId } from '#shared/domain/ids.ts'
import { checklist, type Checklist, type Fixes } from '#shared/notifications/checklist.ts'
import { defaultSettings, type Settings } from '#shared/settings.ts'
import { useAppStore, useAppStoreApi } from '../../stores/use-app-store.ts'
import type { Services } from '../services.ts'
import { useServices } from '../use-services.ts'

export interface Checked {
  checklist: Checklist
  facts: NotificationFacts
  /** What mends a link at once, where this app can. */
  fixes: Fixes
  /** Shows a trial notification and checks again. */
  test: () => Promise<'shown' | 'failed'>
}

/**
 * Whether this person would be notified of a message in the chat; without a chat, of one from anyone. Checked again whenever the window
 * gets the focus: the person may come from the system's settings. Null until the first answer.
 */
export function useChecklist(chat: Chat | null, me: UserId): Checked | null {
  const services = useServices()
  const { notifications, app } = services
  const store = useAppStoreApi()
  const settings = useAppStore((state) => state.settings) ?? defaultSettings
  const online = useAppStore(({ connection }) => connection === 'online' || connection === 'slow')
  const blocked = useAppStore(({ people }) => chat !== null && isPeerBlocked(chat, people, me))
  const [answer, setAnswer] = useState<{ facts: NotificationFacts; at: number } | null>(null)

  const check = useCallback(async () => {
    const facts = await (await notifications()).check()
    return { facts, at: Date.now() }
  }, [notifications])
  useEffect(() => {
    let isCurrent = true
    const refresh = async (): Promise<void> => {
      try {
        const next = await check()
        if (isCurrent) setAnswer(next)
      } catch (error) {
        app.report('notifications.check', error)
      }
    }
    void refresh()
    const stop = store.subscribe((state, before) => {
      if (state.windowFocused !== before.windowFocused || state.settings !== before.settings) void refresh()
    })
    return () => {
      isCurrent = false
      stop()
    }
  }, [check, app, store])

  if (answer === null) return null
  const { facts, at: now } = answer
  const context = { settings, focused: false, openChatId: null, chat, blocked, mentioned: false, now }
  return {
    checklist: checklist({ context: { ...context, doNotDisturb: false }, facts, online }),
    facts,
    fixes: fixesOf(services, settings, chat),
    async test() {
      const outcome = await (await notifications()).test()
      setAnswer(await check())
      return outcome
    },
  }
}

/** The registry of what mends a link. The others only the person can mend, in the system or by waiting. */
function fixesOf({ app, chats, notifications }: Services, settings: Settings, chat: Chat | null): Fixes {
  const set = (patch: Partial<Settings>) => () => app.updateSettings(patch)
  const setChat = (patch: ChatStatePatch) => async (): Promise<void> => {
    if (chat !== null) await chats.setState(chat.id, patch)
  }
  return {
    ...(app.platform !== 'linux' && { permission: async () => (await notifications()).openSettings() }),
    off: set({ notifyAbout: 'all' }),
    paused: set({ mutedUntil: null }),
    archived: setChat({ archived: false }),
    muted: setChat({ mutedUntil: null, muteMentions: false }),
    chatMentionsOnly: setChat({ mutedUntil: null }),
    mentionsOnly: set({ notifyAbout: 'all' }),
    quietHours: set({ quietHours: { ...settings.quietHours, enabled: false } }),
    soundOff: set({ notificationSound: true }),
    chatSilent: setChat({ sound: 'default' }),
    ...(!settings.badgeCounts && { badge: set({ badgeCounts: true }) }),
    ...(!settings.launchAtLogin && { login: set({ launchAtLogin: true }) }),
  }
}
