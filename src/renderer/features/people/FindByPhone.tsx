import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { displayLine, personTitle } from '#shared/domain/display-text.ts'
import type { Phone, UserId } from '#shared/domain/ids.ts'
import { ABOUT_LIMIT } from '#shared/domain/person.ts'
import type { FindResult } from '../../services/services.ts'
import { useServices } from '../../services/use-services.ts'
import { useAppStore } from '../../stores/use-app-store.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { Button } from '../../ui/Button.tsx'
import { Form } from '../../ui/Form.tsx'
import { countryOf, formatPhone, inputOf, parsePhone, type PhoneInput } from '../../ui/phone/phone-number.ts'
import { PhoneField } from '../../ui/phone/PhoneField.tsx'
import { errorKey } from '../../ui/use-show-error.ts'
import styles from './FindByPhone.module.css'

type Lookup =
  | { kind: 'idle' }
  | { kind: 'busy'; phone: Phone }
  | { kind: 'done'; phone: Phone; result: FindResult }
  | { kind: 'failed'; key: ReturnType<typeof errorKey> }

/** Finds a person by their exact phone number. A number from a link is looked up immediately. */
export function FindByPhone({ onOpen }: { onOpen: (userId: UserId) => void }) {
  const { t, i18n } = useTranslation()
  const { app, people } = useServices()
  const [input, setInput] = useState<PhoneInput>(() => ({
    country: countryOf(navigator.language || i18n.language),
    text: '',
  }))
  const [lookup, setLookup] = useState<Lookup>({ kind: 'idle' })
  const latest = useRef<Phone | null>(null)
  const linked = useAppStore((state) => state.navigation.lookupPhone)

  const lookUp = async (phone: Phone): Promise<void> => {
    latest.current = phone
    const next = await people.findByPhone(phone).then(
      (result): Lookup => ({ kind: 'done', phone, result }),
      (error: unknown): Lookup => ({ kind: 'failed', key: errorKey(error) }),
    )
    // Ignores the result if the number has changed in the meantime.
    if (latest.current === phone) setLookup(next)
  }

  // A number from a link is put into the field and looked up.
  const [shownLink, setShownLink] = useState<Phone | null>(null)
  if (linked !== shownLink) {
    setShownLink(linked)
    if (linked !== null) {
      setInput(inputOf(linked, input.country))
      setLookup({ kind: 'busy', phone: linked })
    }
  }
  const lookUpLink = useEffectEvent((phone: Phone) => {
    app.navigate({ lookupPhone: null })
    void lookUp(phone)
  })
  useEffect(() => {
    if (linked !== null) lookUpLink(linked)
  }, [linked])

  const submit = (): void => {
    const phone = parsePhone(input)
    if (phone === null) {
      setLookup({ kind: 'failed', key: 'errors.badPhone' })
      return
    }
    setLookup({ kind: 'busy', phone })
    void lookUp(phone)
  }

  const found = lookup.kind === 'done' && lookup.result.kind === 'found'
  return (
    <Form className={styles['form']} onSubmit={submit}>
      <div className={styles['fields']}>
        <PhoneField
          autoFocus
          value={input}
          error={lookup.kind === 'failed' ? t(lookup.key) : null}
          onChange={(next) => {
            latest.current = null
            setLookup({ kind: 'idle' })
            setInput(next)
          }}
        />
        <Button
          type="submit"
          variant={found ? 'secondary' : 'primary'}
          wide
          inactive={lookup.kind === 'busy'}
        >
          {t(lookup.kind === 'busy' ? 'people.finding' : 'people.find')}
        </Button>
      </div>
      <div aria-live="polite">
        {lookup.kind === 'done' && (
          <LookupResult phone={lookup.phone} result={lookup.result} onOpen={onOpen} />
        )}
      </div>
    </Form>
  )
}

interface LookupResultProps {
  phone: Phone
  result: FindResult
  onOpen: (userId: UserId) => void
}

function LookupResult({ phone, result, onOpen }: LookupResultProps) {
  const { t } = useTranslation()
  const person = useAppStore((state) =>
    result.kind === 'found' ? state.people.get(result.userId) : undefined,
  )
  if (result.kind === 'self') return <p className={styles['none']}>{t('people.self')}</p>
  if (result.kind === 'notFound') {
    return (
      <p className={styles['none']}>
        {t('people.notFound', { phone: formatPhone(phone) })} {t('people.notFoundText')}
      </p>
    )
  }
  const name = personTitle(person) || t('app.unknownPerson')
  return (
    <div className={styles['card']}>
      <Avatar id={result.userId} name={personTitle(person)} />
      <div className={styles['texts']}>
        <bdi className={styles['name']}>{name}</bdi>
        <bdi className={styles['about']}>{displayLine(person?.about ?? '', ABOUT_LIMIT)}</bdi>
        <bdi className={styles['about']} dir="ltr">
          {formatPhone(phone)}
        </bdi>
      </div>
      <Button variant="primary" onClick={() => onOpen(result.userId)}>
        {t('people.message')}
      </Button>
    </div>
  )
}
