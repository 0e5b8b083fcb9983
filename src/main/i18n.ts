import { createInstance, type TFunction } from 'i18next'
import en from '#shared/locales/en.json' with { type: 'json' }

/** Looks up a text in the catalogue. Inserted values are not escaped, because the system shows them as plain text. */
export type Translate = TFunction

export function createTranslate(locale: string): Translate {
  const i18n = createInstance()
  void i18n.init({
    lng: locale,
    fallbackLng: 'en',
    resources: { en: { translation: en } },
    interpolation: { escapeValue: false },
    initAsync: false,
  })
  return i18n.t
}
