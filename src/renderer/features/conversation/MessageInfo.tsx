import { useTranslation } from 'react-i18next'
import { personTitle } from '#shared/domain/display-text.ts'
import { momentText } from '#shared/domain/display-time.ts'
import type { UserId } from '#shared/domain/ids.ts'
import { memberReceipt, type MemberReceipt } from '#shared/domain/receipts.ts'
import type { Message } from '#shared/messages/envelope.ts'
import { useAppStore } from '../../stores/use-app-store.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { useNow } from '../../ui/use-now.ts'
import styles from './MessageInfo.module.css'
import { PersonAvatar } from './PersonAvatar.tsx'

interface MessageInfoProps {
  message: Message
  /** The members whose receipts the message waits for. */
  members: readonly UserId[]
  onClose: () => void
}

/** Who has read an own message of a group, who has received it, and who has not. */
export function MessageInfo({ message, members, onClose }: MessageInfoProps) {
  const { t } = useTranslation()
  const isOffline = useAppStore(({ connection }) => connection === 'offline' || connection === 'connecting')
  const activities = useAppStore((state) => state.activities.get(message.chatId))
  const receipts = members.map((id) => {
    const activity = activities?.find(({ userId }) => userId === id)
    return { id, ...memberReceipt(message.sentAt ?? Infinity, activity) }
  })
  return (
    <Dialog open onClose={onClose} title={t('conversation.info')} closeLabel={t('app.close')}>
      {isOffline && (
        <p className={styles['offline']} role="status">
          {t('conversation.infoOffline')}
        </p>
      )}
      {(['read', 'delivered', 'sent'] as const).map((progress) => (
        <Members
          key={progress}
          progress={progress}
          receipts={receipts.filter((receipt) => receipt.progress === progress)}
        />
      ))}
    </Dialog>
  )
}

interface MembersProps {
  progress: MemberReceipt['progress']
  receipts: readonly (MemberReceipt & { id: UserId })[]
}

/** The members who are equally far. */
function Members({ progress, receipts }: MembersProps) {
  const { t, i18n } = useTranslation()
  const now = useNow()
  const clockOffset = useAppStore((state) => state.clockOffset)
  const names = useAppStore(({ people }) => receipts.map(({ id }) => personTitle(people.get(id))))
  if (receipts.length === 0) return null
  return (
    <section className={styles['members']} aria-labelledby={`info-${progress}`}>
      <h3 id={`info-${progress}`} className={styles['heading']}>
        {t(`conversation.infoProgress.${progress}`)}
      </h3>
      <ul>
        {receipts.map(({ id, at }, index) => (
          <li key={id} className={styles['member']}>
            <PersonAvatar id={id} name={names[index] ?? ''} size="s" />
            <bdi className={styles['name']}>{names[index] || t('app.unknownPerson')}</bdi>
            {at !== null && (
              <time className={styles['time']} dateTime={new Date(at - clockOffset).toISOString()}>
                {momentText(at - clockOffset, { now, locale: i18n.language })}
              </time>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
