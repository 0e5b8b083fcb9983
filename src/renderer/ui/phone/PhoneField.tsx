import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { TextField } from '../TextField.tsx'
import { CountryPicker } from './CountryPicker.tsx'
import { countryName, exampleNumber, typePhone, type PhoneInput } from './phone-number.ts'

interface PhoneFieldProps {
  value: PhoneInput
  onChange: (value: PhoneInput) => void
  error?: string | null
  autoFocus?: boolean
}

/** A country picker and a field that formats the number while typing. Use parsePhone to read the value. */
export function PhoneField({ value, onChange, error = null, autoFocus = false }: PhoneFieldProps) {
  const { t, i18n } = useTranslation()
  const input = useRef<HTMLInputElement>(null)
  return (
    <TextField
      ref={input}
      label={t('auth.number')}
      hideLabel
      placeholder={exampleNumber(value.country)}
      hint={countryName(value.country, i18n.language)}
      type="tel"
      autoComplete="tel"
      dir="ltr"
      maxLength={40}
      autoFocus={autoFocus}
      value={value.text}
      error={error}
      onValueChange={(text) => onChange(typePhone(value, text))}
      icon={
        <CountryPicker
          country={value.country}
          onChange={(country) => {
            onChange({ country, text: typePhone({ country, text: '' }, value.text).text })
            input.current?.focus()
          }}
        />
      }
    />
  )
}
