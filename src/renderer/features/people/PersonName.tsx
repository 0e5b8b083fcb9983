import Pencil from 'lucide-react/icons/pencil'
import { useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { displayLine } from '#shared/domain/display-text.ts'
import type { UserId } from '#shared/domain/ids.ts'
import { NAME_LIMIT, type Person } from '#shared/domain/person.ts'
import { useServices } from '../../services/use-services.ts'
import { Button } from '../../ui/Button.tsx'
import { Form } from '../../ui/Form.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { notify } from '../../ui/toasts.ts'
import { useShowError } from '../../ui/use-show-error.ts'
import styles from './Details.module.css'

interface PersonNameProps {
  peer: UserId
  person: Person | undefined
  /** As shown: the private name, or else the public one. */
  name: string
  publicName: string
}

/** The name of a person, with a button that edits the private name. */
export function PersonName({ peer, person, name, publicName }: PersonNameProps) {
  const { t } = useTranslation()
  const [mode, setMode] = useState<'shown' | 'edited' | 'left'>('shown')
  if (mode === 'edited')
    return <NameForm peer={peer} person={person} publicName={publicName} onDone={() => setMode('left')} />
  return (
    <div className={styles['nameLine']}>
      <h3 className={styles['name']}>
        <bdi>{name}</bdi>
      </h3>
      <IconButton
        className={styles['pencil']}
        label={t('people.editName')}
        autoFocus={mode === 'left'}
        onClick={() => setMode('edited')}
      >
        <Pencil size={16} aria-hidden />
      </IconButton>
    </div>
  )
}

interface NameFormProps {
  peer: UserId
  person: Person | undefined
  publicName: string
  onDone: () => void
}

function NameForm({ peer, person, publicName, onDone }: NameFormProps) {
  const { t } = useTranslation()
  const { outbox } = useServices()
  const showError = useShowError()
  const saved = person?.contactName ?? ''
  const [name, setName] = useState(saved)

  const save = async (): Promise<void> => {
    if (name.trim() !== saved) {
      const payload = { id: peer, name: displayLine(name, NAME_LIMIT), phone: person?.phone ?? null }
      await outbox.add({ kind: 'contact', payload })
      notify(t('people.nameSaved'))
    }
    onDone()
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.nativeEvent.isComposing) return
    event.preventDefault()
    onDone()
  }
  return (
    <Form className={styles['nameForm']} onSubmit={() => void save().catch(showError)}>
      <TextField
        label={t('people.contactName')}
        hint={t('people.contactNameHint')}
        autoFocus
        dir="auto"
        maxLength={NAME_LIMIT}
        placeholder={publicName}
        value={name}
        onValueChange={setName}
        onKeyDown={onKeyDown}
      />
      <div className={styles['nameButtons']}>
        <Button onClick={onDone}>{t('app.cancel')}</Button>
        <Button type="submit" variant="primary">
          {t('app.save')}
        </Button>
      </div>
    </Form>
  )
}
