import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAppStore } from '../../stores/use-app-store.ts'
import { countryOf, inputOf, type PhoneInput } from '../../ui/phone/phone-number.ts'

type Country = PhoneInput['country']

/** The country of numbers typed without a country code: at first that of this person's own number. */
export function useOwnCountry(): [Country, (country: Country) => void] {
  const { i18n } = useTranslation()
  const ownPhone = useAppStore(({ session }) => (session.phase === 'ready' ? session.phone : null))
  return useState(() => {
    const ofLocale = countryOf(navigator.language || i18n.language)
    return ownPhone === null ? ofLocale : inputOf(ownPhone, ofLocale).country
  })
}
