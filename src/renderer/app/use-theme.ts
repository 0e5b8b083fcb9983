import { useLayoutEffect } from 'react'
import { useAppStore } from '../stores/use-app-store.ts'

function apply(dark: boolean): void {
  document.documentElement.dataset['theme'] = dark ? 'dark' : 'light'
}

/** Keeps the page's theme with the setting, and with the system where the setting says so. */
export function useTheme(): void {
  const theme = useAppStore((state) => state.settings?.theme ?? 'system')
  useLayoutEffect(() => {
    if (theme !== 'system') {
      apply(theme === 'dark')
      return undefined
    }
    const system = window.matchMedia('(prefers-color-scheme: dark)')
    const follow = (): void => apply(system.matches)
    follow()
    system.addEventListener('change', follow)
    return () => system.removeEventListener('change', follow)
  }, [theme])
}
