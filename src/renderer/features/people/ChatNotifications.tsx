import { useTranslation } from 'react-i18next'
import { isMuted, MUTED_FOREVER, type Chat, type ChatStatePatch } from '#shared/domain/chat.ts'
import { aheadText } from '#shared/domain/display-time.ts'
import type { UserId } from '#shared/domain/ids.ts'
import { chatSounds, ownSoundSchema, type ChatSound } from '#shared/notifications/sounds.ts'
import { useChecklist } from '../../services/notifications/use-checklist.ts'
import { useServices } from '../../services/use-services.ts'
import { Health } from '../../ui/notifications/Health.tsx'
import { Select } from '../../ui/Select.tsx'
import { useNow } from '../../ui/use-now.ts'
import { useShowError } from '../../ui/use-show-error.ts'
import styles from './Details.module.css'

interface ChatNotificationsProps {
  chat: Chat
  me: UserId
  /** Of the person or group, for display. */
  name: string
}

export type Level = 'all' | 'mentions' | 'nothing'

const HOUR_MS = 3_600_000
const durations = { hour: HOUR_MS, eightHours: 8 * HOUR_MS, week: 7 * 24 * HOUR_MS } as const
type Duration = keyof typeof durations

/** What the chat notifies about, for how long that holds, its sound, and whether notifications of it arrive. */
export function ChatNotifications({ chat, me, name }: ChatNotificationsProps) {
  const { t } = useTranslation()
  const { chats, notifications } = useServices()
  const showError = useShowError()
  const now = useNow(chat.state.mutedUntil)
  const set = (patch: ChatStatePatch): void => void chats.setState(chat.id, patch).catch(showError)
  const setSound = (sound: ChatSound): void => {
    set({ sound })
    const own = ownSoundSchema.safeParse(sound)
    if (own.success) void notifications().then((service) => service.play(own.data), showError)
  }
  const { muteMentions, mutedUntil, sound } = chat.state
  // Direct chats have no mentions.
  const levels: readonly Level[] = chat.kind === 'group' ? ['all', 'mentions', 'nothing'] : ['all', 'nothing']
  const isOff = isMuted(chat, now)
  const level = !isOff ? 'all' : muteMentions || chat.kind === 'direct' ? 'nothing' : 'mentions'
  const setLevel = (next: Level): void =>
    set({
      mutedUntil: next === 'all' ? null : isOff ? mutedUntil : MUTED_FOREVER,
      muteMentions: next === 'nothing',
    })
  return (
    <section aria-label={t('chatNotifications.title')} className={styles['notifications']}>
      <h3 className={styles['heading']}>{t('chatNotifications.title')}</h3>
      <Select
        label={t('chatNotifications.level.label')}
        value={level}
        options={levels.map((value) => ({ value, label: t(`chatNotifications.level.${value}`) }))}
        onChange={setLevel}
      />
      {isOff && mutedUntil !== null && (
        <DurationSelect until={mutedUntil} now={now} onChange={(until) => set({ mutedUntil: until })} />
      )}
      <Select
        label={t('chatNotifications.sound.label')}
        value={sound}
        options={chatSounds.map((value) => ({ value, label: t(`chatNotifications.sound.${value}`) }))}
        onChange={setSound}
      />
      <ChatHealth chat={chat} me={me} name={name} />
    </section>
  )
}

interface DurationSelectProps {
  until: number
  now: number
  onChange: (until: number) => void
}

function DurationSelect({ until, now, onChange }: DurationSelectProps) {
  const { t, i18n } = useTranslation()
  const isForever = until === MUTED_FOREVER
  const time = isForever ? '' : aheadText(until, { now, locale: i18n.language })
  const choose = (value: Duration | 'always' | 'until'): void => {
    if (value === 'always') onChange(MUTED_FOREVER)
    else if (value !== 'until') onChange(Date.now() + durations[value])
  }
  return (
    <Select
      label={t('chatNotifications.duration.label')}
      value={isForever ? 'always' : 'until'}
      options={[
        ...(isForever
          ? []
          : [{ value: 'until' as const, label: t('chatNotifications.duration.until', { time }) }]),
        { value: 'hour', label: t('chatNotifications.duration.hour') },
        { value: 'eightHours', label: t('chatNotifications.duration.eightHours') },
        { value: 'week', label: t('chatNotifications.duration.week') },
        { value: 'always', label: t('chatNotifications.duration.always') },
      ]}
      onChange={choose}
    />
  )
}

function ChatHealth({ chat, me, name }: ChatNotificationsProps) {
  const checked = useChecklist(chat, me)
  if (checked === null) return null
  const { checklist, facts, fixes, test } = checked
  return (
    <Health
      checklist={checklist}
      name={name}
      roundTripMs={facts.push?.roundTripMs ?? null}
      fixes={fixes}
      onTest={test}
    />
  )
}
