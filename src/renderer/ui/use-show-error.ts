import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import en from '#shared/locales/en.json'
import { notify } from './toasts.ts'

type ErrorKey = `errors.${keyof typeof en.errors}`

function isErrorCode(code: unknown): code is keyof typeof en.errors {
  return typeof code === 'string' && Object.hasOwn(en.errors, code)
}

/** The catalogue's text for an error that carries a `code`; one for all others. */
export function errorKey(error: unknown): ErrorKey {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return isErrorCode(code) ? `errors.${code}` : 'errors.unexpected'
}

/** For `.catch()`: says in passing why something did not happen. */
export function useShowError(): (error: unknown) => void {
  const { t } = useTranslation()
  return useCallback((error) => notify(t(errorKey(error)), 'error'), [t])
}
