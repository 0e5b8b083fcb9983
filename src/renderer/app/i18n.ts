import { createInstance, type i18n } from 'i18next'
import { initReactI18next } from 'react-i18next'
import en from '#shared/locales/en.json'

const resources = { en: { translation: en } }

/** Returns the first preferred locale with a language in the catalogue. Its region decides how dates are written. */
function pickLocale(): string {
  return navigator.languages.find((locale) => Object.hasOwn(resources, locale.split('-')[0] ?? '')) ?? 'en'
}

/** Initialises synchronously, so that the first paint has its texts. Also sets language and direction of the page. */
export function startI18n(): i18n {
  const locale = pickLocale()
  const instance = createInstance()
  void instance.use(initReactI18next).init({
    resources,
    lng: locale,
    fallbackLng: 'en',
    initAsync: false,
    // Said explicitly, i18next need not guess for every text whether its key is a sentence.
    keySeparator: '.',
    nsSeparator: false,
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  })
  document.documentElement.lang = locale
  document.documentElement.dir = instance.dir(locale)
  return instance
}
