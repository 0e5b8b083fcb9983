import { useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { isBlank } from '#shared/domain/display-text.ts'
import { MEMBER_LIMIT, TITLE_LIMIT } from '#shared/domain/group.ts'
import type { UserId } from '#shared/domain/ids.ts'
import { useServices } from '../../services/use-services.ts'
import { Button } from '../../ui/Button.tsx'
import { Form } from '../../ui/Form.tsx'
import { shortcuts } from '../../ui/shortcuts.ts'
import { SidePane } from '../../ui/SidePane.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { useShowError } from '../../ui/use-show-error.ts'
import styles from './NewGroup.module.css'
import { PeoplePicker } from './PeoplePicker.tsx'

const nobody: readonly UserId[] = []

/** Creates a group: first its people, then its name. */
export function NewGroup({ me }: { me: UserId }) {
  const { t } = useTranslation()
  const { app, chats } = useServices()
  const showError = useShowError()
  const [step, setStep] = useState<'people' | 'title'>('people')
  const [picked, setPicked] = useState(nobody)
  const [title, setTitle] = useState('')
  const [isMissing, setMissing] = useState(false)
  const [isBusy, setBusy] = useState(false)

  const create = async (): Promise<void> => {
    const name = title.trim()
    const isEmpty = isBlank(name)
    setMissing(isEmpty)
    if (isEmpty || isBusy) return
    setBusy(true)
    try {
      await chats.createGroup(name, picked)
      app.navigate({ pane: 'chats' })
    } catch (error) {
      showError(error)
    } finally {
      setBusy(false)
    }
  }
  // Otherwise Escape would close the pane, and the people and the name would be lost.
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.nativeEvent.isComposing) return
    event.preventDefault()
    setStep('people')
  }
  return (
    <SidePane
      title={t('groups.new')}
      back={{
        label: t('app.back'),
        shortcut: shortcuts.back.keys,
        onBack: () => (step === 'title' ? setStep('people') : app.navigate({ pane: 'newChat' })),
      }}
    >
      {step === 'people' ? (
        <div className={styles['step']}>
          <PeoplePicker
            me={me}
            without={nobody}
            picked={picked}
            limit={MEMBER_LIMIT - 1}
            onChange={setPicked}
          />
          <div className={styles['next']}>
            <Button variant="primary" onClick={() => setStep('title')}>
              {t('groups.next')}
            </Button>
          </div>
        </div>
      ) : (
        <Form className={styles['form']} onSubmit={() => void create()}>
          <TextField
            label={t('groups.title')}
            hint={t('groups.membersToBe', { count: picked.length })}
            error={isMissing ? t('groups.titleMissing') : null}
            autoFocus
            dir="auto"
            maxLength={TITLE_LIMIT}
            value={title}
            onValueChange={setTitle}
            onKeyDown={onKeyDown}
          />
          <Button type="submit" variant="primary" inactive={isBusy}>
            {t('groups.create')}
          </Button>
        </Form>
      )}
    </SidePane>
  )
}
