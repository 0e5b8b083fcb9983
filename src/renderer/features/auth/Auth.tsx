import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Phone } from '#shared/domain/ids.ts'
import { countryOf, type PhoneInput } from '../../ui/phone/phone-number.ts'
import { CodeStep } from './CodeStep.tsx'
import { NumberStep } from './NumberStep.tsx'
import { Welcome } from './Welcome.tsx'

type Step = { at: 'welcome' } | { at: 'number' } | { at: 'code'; phone: Phone }

/** The sign-in steps. After a code is confirmed, the session changes its phase and replaces this screen. */
export function Auth() {
  const { i18n } = useTranslation()
  const [step, setStep] = useState<Step>({ at: 'welcome' })
  // Kept here, so that "change number" shows the number as it was typed.
  const [input, setInput] = useState<PhoneInput>(() => ({
    country: countryOf(navigator.language || i18n.language),
    text: '',
  }))

  switch (step.at) {
    case 'welcome':
      return <Welcome onStart={() => setStep({ at: 'number' })} />
    case 'number':
      return (
        <NumberStep
          input={input}
          onInput={setInput}
          onBack={() => setStep({ at: 'welcome' })}
          onCodeSent={(phone) => setStep({ at: 'code', phone })}
        />
      )
    case 'code':
      return <CodeStep phone={step.phone} onChangeNumber={() => setStep({ at: 'number' })} />
  }
}
