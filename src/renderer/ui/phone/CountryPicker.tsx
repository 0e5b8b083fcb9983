import { Combobox } from '@base-ui/react/combobox'
import Check from 'lucide-react/icons/check'
import ChevronDown from 'lucide-react/icons/chevron-down'
import Search from 'lucide-react/icons/search'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './CountryPicker.module.css'
import { listCountries, type Country, type PhoneInput } from './phone-number.ts'

interface CountryPickerProps {
  country: PhoneInput['country']
  onChange: (country: PhoneInput['country']) => void
}

const labelOf = (country: Country): string => country.name
const sameCountry = (a: Country, b: Country): boolean => a.code === b.code

export function CountryPicker({ country, onChange }: CountryPickerProps) {
  const { t, i18n } = useTranslation()
  const countries = useMemo(() => listCountries(i18n.language), [i18n.language])
  const { contains } = Combobox.useFilter({ locale: i18n.language })
  const chosen = countries.find(({ code }) => code === country) ?? null

  // Matches the name, the country code or the calling code: `germ`, `de`, `+49`, `49`.
  const matches = (item: Country, query: string): boolean =>
    contains(item.name, query) ||
    item.code === query.trim().toUpperCase() ||
    (/^\+?\d/u.test(query) && item.callingCode.startsWith(`+${query.trim().replace('+', '')}`))

  return (
    <Combobox.Root
      items={countries}
      value={chosen}
      itemToStringLabel={labelOf}
      isItemEqualToValue={sameCountry}
      filter={matches}
      autoHighlight
      onValueChange={(next) => next !== null && onChange(next.code)}
    >
      <Combobox.Trigger
        className={styles['trigger']}
        aria-label={`${t('auth.country')}: ${chosen?.name ?? country}`}
      >
        <span className={styles['code']}>{country}</span>
        <bdi dir="ltr">{chosen?.callingCode}</bdi>
        <ChevronDown size={14} aria-hidden />
      </Combobox.Trigger>
      <Combobox.Portal>
        <Combobox.Positioner className={styles['positioner']} align="start" sideOffset={6}>
          <Combobox.Popup className={styles['popup']} aria-label={t('auth.country')}>
            <div className={styles['search']}>
              <Search size={16} aria-hidden />
              <Combobox.Input
                className={styles['input']}
                placeholder={t('auth.findCountry')}
                aria-label={t('auth.findCountry')}
              />
            </div>
            <Combobox.Empty className={styles['none']}>{t('auth.noCountry')}</Combobox.Empty>
            <Combobox.List className={styles['list']}>
              {(item: Country) => (
                <Combobox.Item key={item.code} value={item} className={styles['item']}>
                  <span className={styles['code']}>{item.code}</span>
                  <span className={styles['name']}>{item.name}</span>
                  <Combobox.ItemIndicator>
                    <Check size={16} aria-hidden />
                  </Combobox.ItemIndicator>
                  <bdi dir="ltr" className={styles['calling']}>
                    {item.callingCode}
                  </bdi>
                </Combobox.Item>
              )}
            </Combobox.List>
          </Combobox.Popup>
        </Combobox.Positioner>
      </Combobox.Portal>
    </Combobox.Root>
  )
}
