import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { personTitle } from '#shared/domain/display-text.ts'
import type { ChatId, UserId } from '#shared/domain/ids.ts'
import { useServices } from '../../services/use-services.ts'
import { useAppStore } from '../../stores/use-app-store.ts'
import { usePersonPicture } from '../../stores/use-picture.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { Button } from '../../ui/Button.tsx'
import { useShowError } from '../../ui/use-show-error.ts'
import styles from './JoinRequests.module.css'

/** The people who wait for an admin to accept them. Fetched once, when the details open. Nothing while nobody waits. */
export function JoinRequests({ chatId }: { chatId: ChatId }) {
  const { t } = useTranslation()
  const { invites, app } = useServices()
  const showError = useShowError()
  const [waiting, setWaiting] = useState<readonly UserId[]>([])
  useEffect(() => {
    let isCurrent = true
    const load = invites().then((service) => service.requests(chatId))
    load.then(
      (requests) => isCurrent && setWaiting(requests.map(({ userId }) => userId)),
      (error: unknown) => app.report('invites.requests', error),
    )
    return () => {
      isCurrent = false
    }
  }, [invites, app, chatId])

  const decide = async (userId: UserId, decision: 'accept' | 'decline'): Promise<void> => {
    try {
      const service = await invites()
      await service[decision](chatId, userId)
      setWaiting((before) => before.filter((other) => other !== userId))
    } catch (error) {
      showError(error)
    }
  }
  if (waiting.length === 0) return null
  return (
    <section className={styles['requests']} aria-label={t('invite.requests')}>
      <h3 className={styles['title']}>{t('invite.waiting', { count: waiting.length })}</h3>
      <ul>
        {waiting.map((userId) => (
          <Request key={userId} userId={userId} onDecide={(decision) => void decide(userId, decision)} />
        ))}
      </ul>
    </section>
  )
}

interface RequestProps {
  userId: UserId
  onDecide: (decision: 'accept' | 'decline') => void
}

function Request({ userId, onDecide }: RequestProps) {
  const { t } = useTranslation()
  const name = useAppStore((state) => personTitle(state.people.get(userId))) || t('app.unknownPerson')
  const picture = usePersonPicture(userId)
  return (
    <li className={styles['request']}>
      <Avatar id={userId} name={name} size="s" picture={picture} />
      <bdi className={styles['name']}>{name}</bdi>
      <Button
        aria-label={t('invite.acceptName', { name })}
        variant="primary"
        onClick={() => onDecide('accept')}
      >
        {t('invite.accept')}
      </Button>
      <Button aria-label={t('invite.declineName', { name })} onClick={() => onDecide('decline')}>
        {t('invite.decline')}
      </Button>
    </li>
  )
}
