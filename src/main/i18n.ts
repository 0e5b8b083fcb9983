import { createInstance, type TFunction } from 'i18next'
import en from '#shared/locales/en.json' with { type: 'json' }

/** Looks a text up in the catalogue. What is filled in is shown by the system as plain text, so nothing is escaped. */
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
