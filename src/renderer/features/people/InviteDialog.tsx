import { useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Chat } from '#shared/domain/chat.ts'
import type { CurrentInvite } from '../../services/services.ts'
import { useServices } from '../../services/use-services.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { notify } from '../../ui/toasts.ts'
import { errorKey, useShowError } from '../../ui/use-show-error.ts'
import styles from './InviteDialog.module.css'
import { InviteForm } from './InviteForm.tsx'
import { qrPath, qrPng, qrSquares } from './qr-code.ts'

type Shown = CurrentInvite | 'none' | 'loading' | { error: unknown }

/** The link of a group, for its admins: create, share, replace and turn off. */
export function InviteDialog({ chat, onClose }: { chat: Chat; onClose: () => void }) {
  const { t } = useTranslation()
  const { invites } = useServices()
  const showError = useShowError()
  const [shown, setShown] = useState<Shown>('loading')
  const [isReplacing, setReplacing] = useState(false)
  const load = useCallback(
    () =>
      invites()
        .then((service) => service.current(chat.id))
        .then(
          (current) => setShown(current ?? 'none'),
          (error: unknown) => setShown({ error }),
        ),
    [invites, chat.id],
  )
  useEffect(() => {
    void load()
  }, [load])

  const replace: Parameters<typeof InviteForm>[0]['onCreate'] = async (options) => {
    try {
      setShown(await (await invites()).replace(chat.id, options))
      setReplacing(false)
    } catch (error) {
      showError(error)
    }
  }
  const turnOff = async (): Promise<void> => {
    try {
      await (await invites()).revoke(chat.id)
      setShown('none')
      notify(t('invite.turnedOff'))
    } catch (error) {
      showError(error)
    }
  }
  return (
    <Dialog open onClose={onClose} title={t('invite.link')} closeLabel={t('app.close')}>
      {shown === 'loading' && <p className={styles['muted']}>{t('invite.loading')}</p>}
      {typeof shown === 'object' && 'error' in shown && (
        <>
          <p className={styles['muted']}>{t(errorKey(shown.error))}</p>
          <div className={styles['actions']}>
            <Button onClick={() => void load()}>{t('app.tryAgain')}</Button>
          </div>
        </>
      )}
      {shown === 'none' && <InviteForm hint={t('invite.none')} onCreate={replace} />}
      {typeof shown === 'object' && 'invite' in shown && isReplacing && (
        <InviteForm hint={t('invite.replaceHint')} onCreate={replace} onCancel={() => setReplacing(false)} />
      )}
      {typeof shown === 'object' && 'invite' in shown && !isReplacing && (
        <SharedLink current={shown} onReplace={() => setReplacing(true)} onTurnOff={() => void turnOff()} />
      )}
    </Dialog>
  )
}

interface SharedLinkProps {
  current: CurrentInvite
  onReplace: () => void
  onTurnOff: () => void
}

function SharedLink({ current: { link, details }, onReplace, onTurnOff }: SharedLinkProps) {
  const { t } = useTranslation()
  const { app } = useServices()
  const showError = useShowError()
  const squares = qrSquares(link)
  const size = String(squares.length)
  const share = async (work: Promise<unknown>, done: string): Promise<void> => {
    try {
      if ((await work) !== false) notify(done)
    } catch (error) {
      showError(error)
    }
  }
  return (
    <div className={styles['shared']}>
      <svg
        className={styles['code']}
        viewBox={`0 0 ${size} ${size}`}
        role="img"
        aria-label={t('invite.code')}
      >
        <path d={qrPath(squares)} />
      </svg>
      <p className={styles['link']} dir="ltr">
        {link}
      </p>
      <InviteFacts details={details} />
      <div className={styles['actions']}>
        <Button variant="primary" onClick={() => void share(app.copyText(link), t('invite.linkCopied'))}>
          {t('invite.copyLink')}
        </Button>
        <Button onClick={() => void share(app.copyPng(qrPng(squares)), t('invite.codeCopied'))}>
          {t('invite.copyCode')}
        </Button>
        <Button
          onClick={() => void share(app.savePng(qrPng(squares), 'Perch invite'), t('invite.codeSaved'))}
        >
          {t('invite.saveCode')}
        </Button>
      </div>
      <div className={styles['actions']}>
        <Button variant="ghost" onClick={onReplace}>
          {t('invite.replace')}
        </Button>
        <Button variant="ghost" onClick={onTurnOff}>
          {t('invite.turnOff')}
        </Button>
      </div>
    </div>
  )
}

/** Says who can use the link, and for how long. */
function InviteFacts({ details }: Pick<CurrentInvite, 'details'>) {
  const { t, i18n } = useTranslation()
  const { expiresAt, maxJoins, approve, joins } = details
  const locale = i18n.language
  const facts = [
    approve ? t('invite.factApprove') : t('invite.factAnyone'),
    ...(expiresAt === null ? [] : [t('invite.factExpires', { when: untilText(expiresAt, locale) })]),
    ...(maxJoins === null ? [] : [t('invite.factJoins', { count: joins, limit: maxJoins })]),
  ]
  return (
    <ul className={styles['facts']}>
      {facts.map((fact) => (
        <li key={fact}>{fact}</li>
      ))}
    </ul>
  )
}

function untilText(at: number, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(at)
}
