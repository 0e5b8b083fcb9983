import { createInstance, type i18n } from 'i18next'
import { initReactI18next } from 'react-i18next'
import en from '#shared/locales/en.json'

const resources = { en: { translation: en } }

/** The system's locale where the catalogue has its language, so that dates are written as the person is used to. */
function pickLocale(): string {
  return navigator.languages.find((locale) => Object.hasOwn(resources, locale.split('-')[0] ?? '')) ?? 'en'
}

/** Ready when it returns: the first paint has its texts. Also tells the page its language and direction. */
export function startI18n(): i18n {
  const locale = pickLocale()
  const instance = createInstance()
  void instance.use(initReactI18next).init({
    resources,
    lng: locale,
    fallbackLng: 'en',
    initAsync: false,
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  })
  document.documentElement.lang = locale
  document.documentElement.dir = instance.dir(locale)
  return instance
}
