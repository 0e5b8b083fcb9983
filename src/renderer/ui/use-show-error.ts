import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import en from '#shared/locales/en.json'
import { notify } from './toasts.ts'

type ErrorKey = `errors.${keyof typeof en.errors}`

function isErrorCode(code: unknown): code is keyof typeof en.errors {
  return typeof code === 'string' && Object.hasOwn(en.errors, code)
}

/** Returns the catalogue key for an error with a known `code`, else `errors.unexpected`. */
export function errorKey(error: unknown): ErrorKey {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return isErrorCode(code) ? `errors.${code}` : 'errors.unexpected'
}

/** Returns a handler for `.catch()` that shows the error in a toast. */
export function useShowError(): (error: unknown) => void {
  const { t } = useTranslation()
  return useCallback((error) => notify(t(errorKey(error)), 'error'), [t])
}
