import Ban from 'lucide-react/icons/ban'
import Copy from 'lucide-react/icons/copy'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Chat } from '#shared/domain/chat.ts'
import { displayName, displayText, personTitle } from '#shared/domain/display-text.ts'
import type { Phone, UserId } from '#shared/domain/ids.ts'
import { ABOUT_LIMIT, NAME_LIMIT, type Person } from '#shared/domain/person.ts'
import { usePresence } from '../../services/presence/use-presence.ts'
import { useServices } from '../../services/use-services.ts'
import { useAppStore } from '../../stores/use-app-store.ts'
import { BlockDialog } from '../../ui/BlockDialog.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { formatPhone } from '../../ui/phone/phone-number.ts'
import { notify } from '../../ui/toasts.ts'
import { useNow } from '../../ui/use-now.ts'
import { useShowError } from '../../ui/use-show-error.ts'
import { presenceText } from '../../ui/wording.ts'
import { ChatActions } from './ChatActions.tsx'
import { ChatNotifications } from './ChatNotifications.tsx'
import styles from './Details.module.css'
import { MediaLink } from './MediaLink.tsx'
import { DetailsPhoto } from './DetailsPhoto.tsx'
import { PersonName } from './PersonName.tsx'
import { ReportButton } from './ReportButton.tsx'

interface PersonDetailsProps {
  chat: Chat
  me: UserId
  peer: UserId
}

/** The profile of a person, what can be done with the chat, and Block. */
export function PersonDetails({ chat, me, peer }: PersonDetailsProps) {
  const { t } = useTranslation()
  const { people } = useServices()
  const person = useAppStore((state) => state.people.get(peer))
  useEffect(() => void people.refresh(peer), [people, peer])

  const title = personTitle(person)
  const name = title || t('app.unknownPerson')
  const publicName = displayName(person?.displayName ?? '', NAME_LIMIT)
  const about = displayText(person?.about ?? '', ABOUT_LIMIT)
  return (
    <>
      <div className={styles['head']}>
        <DetailsPhoto
          id={peer}
          title={title}
          name={name}
          place={{ userId: peer }}
          photo={person?.photo ?? null}
          onChange={null}
        />
        <PersonName peer={peer} person={person} name={name} publicName={publicName} />
        {publicName !== '' && publicName !== name && <bdi className={styles['muted']}>{publicName}</bdi>}
        <PresenceLine peer={peer} />
      </div>
      <ChatActions chat={chat} me={me} />
      <MediaLink />
      <dl className={styles['facts']}>
        {about !== '' && (
          <div>
            <dt>{t('profile.about')}</dt>
            <dd dir="auto">{about}</dd>
          </div>
        )}
        {person?.phone != null && <PhoneFact phone={person.phone} />}
      </dl>
      <ChatNotifications chat={chat} me={me} name={name} />
      <PersonEnd peer={peer} name={name} person={person} />
    </>
  )
}

function PresenceLine({ peer }: { peer: UserId }) {
  const { i18n } = useTranslation()
  const now = useNow()
  const clockOffset = useAppStore((state) => state.clockOffset)
  const view = usePresence(peer, now)
  if (view.kind === 'hidden') return null
  return <span className={styles['muted']}>{presenceText(i18n, view, { now, clockOffset })}</span>
}

function PhoneFact({ phone }: { phone: Phone }) {
  const { t } = useTranslation()
  const { app } = useServices()
  const showError = useShowError()
  const copy = async (): Promise<void> => {
    await app.copyText(phone)
    notify(t('people.phoneCopied'))
  }
  return (
    <div>
      <dt>{t('people.phone')}</dt>
      <dd className={styles['phone']}>
        <bdi dir="ltr">{formatPhone(phone)}</bdi>
        <IconButton label={t('people.copyPhone')} onClick={() => void copy().catch(showError)}>
          <Copy size={17} aria-hidden />
        </IconButton>
      </dd>
    </div>
  )
}

interface PersonEndProps {
  peer: UserId
  name: string
  person: Person | undefined
}

/** Blocking and reporting. */
function PersonEnd({ peer, name, person }: PersonEndProps) {
  const { t } = useTranslation()
  const { outbox } = useServices()
  const showError = useShowError()
  const [confirming, setConfirming] = useState(false)
  const blocked = person?.blocked ?? false
  const setBlocked = (next: boolean): void => {
    outbox.add({ kind: 'block', payload: { userId: peer, blocked: next } }).catch(showError)
  }
  return (
    <div className={styles['last']}>
      {blocked && <p className={styles['blocked']}>{t('people.blocked')}</p>}
      <button
        type="button"
        className={styles['block']}
        data-danger={!blocked || undefined}
        onClick={() => (blocked ? setBlocked(false) : setConfirming(true))}
      >
        <Ban size={18} aria-hidden />
        {t(blocked ? 'people.unblock' : 'people.block')}
      </button>
      <ReportButton
        name={name}
        subject={[name, person?.phone, peer].filter(Boolean).join(', ')}
        quotes={({ senderId }) => senderId === peer}
        ending={blocked ? null : { label: t('report.block'), run: () => setBlocked(true) }}
      />
      <BlockDialog
        name={name}
        open={confirming}
        onClose={() => setConfirming(false)}
        onConfirm={() => setBlocked(true)}
      />
    </div>
  )
}
