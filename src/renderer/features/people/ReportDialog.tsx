import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isolated, personTitle } from '#shared/domain/display-text.ts'
import type { UserId } from '#shared/domain/ids.ts'
import type { Message } from '#shared/messages/envelope.ts'
import { useServices } from '../../services/use-services.ts'
import { messagesOf } from '../../stores/messages.ts'
import { useAppStoreApi } from '../../stores/use-app-store.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Switch } from '../../ui/Switch.tsx'
import { TextArea } from '../../ui/TextArea.tsx'
import { notify } from '../../ui/toasts.ts'
import { useShowError } from '../../ui/use-show-error.ts'
import styles from './Details.module.css'
import { composeReport, mailLink } from './report.ts'

/** Longest description of what happened, in UTF-16 code units. */
const REASON_LIMIT = 1000

export interface ReportDialogProps {
  /** The displayed name of the person or group. */
  name: string
  /** Who or what is reported, for the operators of the service. */
  subject: string
  /** Whether a message of the open conversation belongs into the report. */
  quotes: (message: Message) => boolean
  /** What else can be done: block the person, leave the group. Null: nothing, it is done already. */
  ending: { label: string; run: () => void } | null
  open: boolean
  onClose: () => void
}

/**
 * Makes a report that the person copies, or mails to the address of the configuration. The app itself sends nothing. What was typed
 * stays when the dialog is closed.
 */
export function ReportDialog({ name, subject, quotes, ending, open, onClose }: ReportDialogProps) {
  const { t } = useTranslation()
  const { app } = useServices()
  const showError = useShowError()
  const store = useAppStoreApi()
  const [reason, setReason] = useState('')
  const [ends, setEnds] = useState(true)

  const compose = (): string => {
    const { session, people, messages, conversation } = store.getState()
    const reporter = session.phase === 'ready' ? `${session.phone}, ${session.me}` : ''
    const nameOf = (id: UserId): string => personTitle(people.get(id)) || t('app.unknownPerson')
    const shown = messagesOf(messages, conversation?.keys ?? []).filter(quotes)
    return composeReport(t, { subject, reporter, reason, messages: shown, nameOf })
  }
  const finish = async (address: string | null): Promise<void> => {
    const report = compose()
    try {
      await app.copyText(report)
      const mail = { title: t('report.mailTitle'), report, paste: t('report.paste') }
      if (address !== null) await app.openLink(mailLink(address, mail))
      notify(t('report.copied'))
      if (ends) ending?.run()
      setReason('')
      onClose()
    } catch (error) {
      showError(error)
    }
  }
  const { reportAddress } = app
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t('report.title', { name: isolated(name) })}
      closeLabel={t('app.close')}
    >
      <div className={styles['report']}>
        <p>{t('report.text')}</p>
        <TextArea
          label={t('report.reason')}
          dir="auto"
          maxLength={REASON_LIMIT}
          value={reason}
          onValueChange={setReason}
        />
        {ending !== null && <Switch label={ending.label} checked={ends} onChange={setEnds} />}
        <div className={styles['nameButtons']}>
          <Button
            variant={reportAddress === null ? 'primary' : 'secondary'}
            onClick={() => void finish(null)}
          >
            {t('report.copy')}
          </Button>
          {reportAddress !== null && (
            <Button variant="primary" onClick={() => void finish(reportAddress)}>
              {t('report.mail')}
            </Button>
          )}
        </div>
      </div>
    </Dialog>
  )
}
