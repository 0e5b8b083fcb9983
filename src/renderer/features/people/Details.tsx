import Ban from 'lucide-react/icons/ban'
import Copy from 'lucide-react/icons/copy'
import X from 'lucide-react/icons/x'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isMuted, MUTED_FOREVER, peerOf, type Chat } from '#shared/domain/chat.ts'
import { displayLine, displayName, displayText, personTitle } from '#shared/domain/display-text.ts'
import type { Phone, UserId } from '#shared/domain/ids.ts'
import { ABOUT_LIMIT, NAME_LIMIT, type Person } from '#shared/domain/person.ts'
import { usePresence } from '../../services/presence/use-presence.ts'
import { useServices } from '../../services/use-services.ts'
import { useAppStore } from '../../stores/use-app-store.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { BlockDialog } from '../../ui/BlockDialog.tsx'
import { Button } from '../../ui/Button.tsx'
import { Form } from '../../ui/Form.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { formatPhone } from '../../ui/phone/phone-number.ts'
import { shortcuts } from '../../ui/shortcuts.ts'
import { SidePane } from '../../ui/SidePane.tsx'
import { Switch } from '../../ui/Switch.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { notify } from '../../ui/toasts.ts'
import { useNow } from '../../ui/use-now.ts'
import { useShowError } from '../../ui/use-show-error.ts'
import { presenceText } from '../../ui/wording.ts'
import styles from './Details.module.css'

/** Details of the person in the open direct chat: profile, private name, mute, block. */
export function Details({ me }: { me: UserId }) {
  const { t } = useTranslation()
  const { app } = useServices()
  const chat = useAppStore(({ chats, navigation }) =>
    navigation.openChatId === null ? undefined : chats.get(navigation.openChatId),
  )
  const peer = chat === undefined ? undefined : peerOf(chat, me)
  return (
    <SidePane
      title={t('people.details')}
      actions={
        <IconButton
          label={t('people.closeDetails')}
          shortcut={shortcuts.back.keys}
          onClick={() => app.navigate({ detailsOpen: false })}
        >
          <X size={20} aria-hidden />
        </IconButton>
      }
    >
      {chat !== undefined && peer !== undefined && <PersonDetails key={peer} chat={chat} peer={peer} />}
    </SidePane>
  )
}

function PersonDetails({ chat, peer }: { chat: Chat; peer: UserId }) {
  const { t } = useTranslation()
  const { people, chats } = useServices()
  const showError = useShowError()
  const person = useAppStore((state) => state.people.get(peer))
  const now = useNow(chat.state.mutedUntil)
  useEffect(() => void people.refresh(peer), [people, peer])

  const title = personTitle(person)
  const name = title || t('app.unknownPerson')
  const publicName = displayName(person?.displayName ?? '', NAME_LIMIT)
  const about = displayText(person?.about ?? '', ABOUT_LIMIT)
  return (
    <>
      <div className={styles['head']}>
        <Avatar id={peer} name={title} size="xl" />
        <h3 className={styles['name']}>
          <bdi>{name}</bdi>
        </h3>
        {publicName !== '' && publicName !== name && <bdi className={styles['muted']}>{publicName}</bdi>}
        <PresenceLine peer={peer} now={now} />
      </div>
      <dl className={styles['facts']}>
        {about !== '' && (
          <div>
            <dt>{t('profile.about')}</dt>
            <dd dir="auto">{about}</dd>
          </div>
        )}
        {person?.phone != null && <PhoneFact phone={person.phone} />}
      </dl>
      <ContactNameForm person={person} peer={peer} />
      <div className={styles['group']}>
        <Switch
          label={t('people.muted')}
          checked={isMuted(chat, now)}
          onChange={(muted) =>
            void chats.setState(chat.id, { mutedUntil: muted ? MUTED_FOREVER : null }).catch(showError)
          }
        />
      </div>
      <BlockButton peer={peer} name={name} blocked={person?.blocked ?? false} />
    </>
  )
}

function PresenceLine({ peer, now }: { peer: UserId; now: number }) {
  const { i18n } = useTranslation()
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

function ContactNameForm({ person, peer }: { person: Person | undefined; peer: UserId }) {
  const { t } = useTranslation()
  const { outbox } = useServices()
  const showError = useShowError()
  const saved = person?.contactName ?? ''
  const [name, setName] = useState<string | null>(null)
  const changed = name !== null && name.trim() !== saved

  const save = async (): Promise<void> => {
    if (!changed) return
    const payload = { id: peer, name: displayLine(name, NAME_LIMIT), phone: person?.phone ?? null }
    await outbox.add({ kind: 'contact', payload })
    setName(null)
    notify(t('people.nameSaved'))
  }
  return (
    <Form className={styles['nameForm']} onSubmit={() => void save().catch(showError)}>
      <TextField
        label={t('people.contactName')}
        hint={t('people.contactNameHint')}
        dir="auto"
        maxLength={NAME_LIMIT}
        value={name ?? saved}
        onValueChange={setName}
      />
      {changed && (
        <Button type="submit" variant="primary">
          {t('app.save')}
        </Button>
      )}
    </Form>
  )
}

function BlockButton({ peer, name, blocked }: { peer: UserId; name: string; blocked: boolean }) {
  const { t } = useTranslation()
  const { outbox } = useServices()
  const showError = useShowError()
  const [confirming, setConfirming] = useState(false)
  const setBlocked = (next: boolean): void => {
    outbox.add({ kind: 'block', payload: { userId: peer, blocked: next } }).catch(showError)
  }
  return (
    <div className={styles['group']}>
      {blocked && <p className={styles['blocked']}>{t('people.blocked')}</p>}
      <button
        type="button"
        className={styles['action']}
        data-danger={!blocked || undefined}
        onClick={() => (blocked ? setBlocked(false) : setConfirming(true))}
      >
        <Ban size={18} aria-hidden />
        {t(blocked ? 'people.unblock' : 'people.block')}
      </button>
      <BlockDialog
        name={name}
        open={confirming}
        onClose={() => setConfirming(false)}
        onConfirm={() => setBlocked(true)}
      />
    </div>
  )
}
