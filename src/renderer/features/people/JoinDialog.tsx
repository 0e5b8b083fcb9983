import { useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Invite, InviteDetails } from '#shared/domain/invite.ts'
import { displayLine, displayText } from '#shared/domain/display-text.ts'
import { DESCRIPTION_LIMIT, TITLE_LIMIT } from '#shared/domain/group.ts'
import type { SeenInvite } from '../../services/services.ts'
import { useServices } from '../../services/use-services.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { notify } from '../../ui/toasts.ts'
import { errorKey } from '../../ui/use-show-error.ts'
import { LiveRegion } from '../../ui/VisuallyHidden.tsx'
import styles from './JoinDialog.module.css'

type Shown = SeenInvite | { kind: 'loading' } | { kind: 'failed'; error: unknown }

/** Shows what a link leads to. Nothing happens before the person agrees: any web page can open such a link. */
export function JoinDialog({ invite }: { invite: Invite }) {
  const { t } = useTranslation()
  const { app, invites, conversation } = useServices()
  const [shown, setShown] = useState<Shown>({ kind: 'loading' })
  const [isBusy, setBusy] = useState(true)

  const close = useCallback(() => app.navigate({ invite: null }), [app])
  /** Shows the result of a request. A link to a group that this person is in opens the group. */
  const show = useCallback(
    (request: Promise<SeenInvite>, whenMember: () => void) =>
      request.then(
        (seen) => {
          setBusy(false)
          if (seen.kind !== 'member') return setShown(seen)
          whenMember()
          close()
        },
        (error: unknown) => {
          setBusy(false)
          setShown({ kind: 'failed', error })
        },
      ),
    [close],
  )
  const look = useCallback(
    () =>
      show(
        invites().then((service) => service.look(invite)),
        () => {
          notify(t('invite.alreadyMember'))
          void conversation.open(invite.chatId)
        },
      ),
    [show, invites, invite, conversation, t],
  )
  useEffect(() => {
    void look()
  }, [look])

  const retry = (): void => {
    setBusy(true)
    void look()
  }
  const act = (request: Promise<SeenInvite>): void => {
    setBusy(true)
    void show(request, () => undefined)
  }
  const takeBack = async (): Promise<SeenInvite> => {
    const service = await invites()
    await service.takeBack(invite.chatId)
    return service.look(invite)
  }
  const text = explanation(shown)
  return (
    <Dialog open onClose={close} title={t('invite.title')} closeLabel={t('app.close')}>
      <div className={styles['content']} aria-busy={isBusy}>
        {'details' in shown && <Preview invite={invite} details={shown.details} />}
        {text !== null && <p className={styles['text']}>{t(text)}</p>}
        <LiveRegion>{text === null ? '' : t(text)}</LiveRegion>
        <div className={styles['actions']}>
          {shown.kind === 'failed' && (
            <Button variant="primary" inactive={isBusy} onClick={retry}>
              {t('app.tryAgain')}
            </Button>
          )}
          {shown.kind === 'asked' && (
            <Button inactive={isBusy} onClick={() => act(takeBack())}>
              {t('invite.takeBack')}
            </Button>
          )}
          {shown.kind === 'open' && (
            <Button
              variant="primary"
              inactive={isBusy}
              onClick={() => act(invites().then((service) => service.join(invite)))}
            >
              {t(shown.details.approve ? 'invite.ask' : 'invite.join')}
            </Button>
          )}
        </div>
      </div>
    </Dialog>
  )
}

/** The key of the words below the preview. */
function explanation(shown: Shown) {
  switch (shown.kind) {
    case 'loading':
      return 'invite.loading'
    case 'failed':
      return errorKey(shown.error)
    case 'problem':
      return `invite.problem.${shown.problem}` as const
    case 'asked':
      return 'invite.asked'
    case 'open':
      return shown.details.approve ? 'invite.needsApproval' : null
    case 'member':
      return null
  }
}

/** Title, description and number of members. Names are not shown to people who are not members. */
function Preview({ invite, details }: { invite: Invite; details: InviteDetails }) {
  const { t } = useTranslation()
  const title = displayLine(details.title, TITLE_LIMIT)
  return (
    <>
      <Avatar id={invite.chatId} name={title} size="xl" picture={details.photo} />
      <p className={styles['title']} dir="auto">
        {title}
      </p>
      <p className={styles['muted']}>{t('conversation.members', { count: details.memberCount })}</p>
      {details.description !== '' && (
        <p className={styles['description']} dir="auto">
          {displayText(details.description, DESCRIPTION_LIMIT)}
        </p>
      )}
    </>
  )
}
