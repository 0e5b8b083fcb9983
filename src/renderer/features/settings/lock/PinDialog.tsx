import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PinResult } from '#shared/bridge/lock.ts'
import { normalizePin, PIN_LENGTH, pinProblem } from '#shared/domain/pin.ts'
import type { LockService } from '../../../services/services.ts'
import { useServices } from '../../../services/use-services.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { Form } from '../../../ui/Form.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import { notify } from '../../../ui/toasts.ts'
import styles from './PinDialog.module.css'

export type PinTask = 'turnOn' | 'change' | 'turnOff'

const run = (service: LockService, task: PinTask, pin: string, current: string): Promise<PinResult> =>
  task === 'turnOff' ? service.removePin(current) : service.setPin(pin, task === 'change' ? current : null)

/** Asks for the current PIN, the new one twice, or both. */
export function PinDialog({ task, onClose }: { task: PinTask; onClose: () => void }) {
  const { t } = useTranslation()
  const { lock, app } = useServices()
  const first = useRef<HTMLInputElement>(null)
  const [fields, setFields] = useState({ current: '', pin: '', repeat: '' })
  const [problem, setProblem] = useState<{ field: keyof typeof fields; text: string } | null>(null)
  const [busy, setBusy] = useState(false)
  const asksCurrent = task !== 'turnOn'
  const asksNew = task !== 'turnOff'
  const entry = asksCurrent ? 'current' : 'pin'

  const newPinProblem = (): typeof problem => {
    const { pin, repeat } = fields
    const { min, max } = PIN_LENGTH
    const reason = pinProblem(pin)
    if (reason === 'tooShort') return { field: 'pin', text: t('lock.tooShort', { count: min }) }
    if (reason === 'tooLong') return { field: 'pin', text: t('lock.tooLong', { count: max }) }
    return normalizePin(pin) === normalizePin(repeat) ? null : { field: 'repeat', text: t('lock.different') }
  }
  const save = async (): Promise<string | null> => {
    const { outcome } = await run(await lock(), task, fields.pin, fields.current)
    if (outcome === 'done') return null
    if (outcome === 'wrong') return t('lock.wrong')
    return t(outcome === 'wait' ? 'lock.waiting' : 'lock.unreadable')
  }
  const submit = async (): Promise<void> => {
    if (busy) return
    const invalid = asksNew ? newPinProblem() : null
    setProblem(invalid)
    if (invalid !== null) return
    setBusy(true)
    try {
      const text = await save()
      if (text === null) {
        notify(t(`lock.${task}Done`))
        onClose()
      } else setProblem({ field: entry, text })
    } catch (error) {
      app.report('lock.pin', error)
      setProblem({ field: entry, text: t('lock.failed') })
    }
    setBusy(false)
  }
  const field = (name: keyof typeof fields, label: string, hint?: string) => (
    <TextField
      ref={name === entry ? first : undefined}
      label={label}
      hint={hint}
      type="password"
      inputMode="text"
      autoComplete="off"
      spellCheck={false}
      value={fields[name]}
      error={problem?.field === name ? problem.text : null}
      onValueChange={(value) => {
        setFields({ ...fields, [name]: value })
        setProblem(null)
      }}
    />
  )
  return (
    <Dialog open onClose={onClose} title={t(`lock.${task}`)} closeLabel={t('app.close')} initialFocus={first}>
      <Form className={styles['form']} onSubmit={() => void submit()}>
        {asksCurrent && field('current', t('lock.current'))}
        {asksNew && field('pin', t('lock.newPin'), t('lock.pinHint', { count: PIN_LENGTH.min }))}
        {asksNew && field('repeat', t('lock.repeat'))}
        <div className={styles['actions']}>
          <Button onClick={onClose}>{t('app.cancel')}</Button>
          <Button type="submit" variant="primary" inactive={busy}>
            {t(busy ? 'lock.checking' : task === 'turnOff' ? 'lock.turnOff' : 'app.save')}
          </Button>
        </div>
      </Form>
    </Dialog>
  )
}
