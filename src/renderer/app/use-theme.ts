import { useLayoutEffect } from 'react'
import { useAppStore } from '../stores/use-app-store.ts'
import { applySystemTheme, applyTheme, systemIsDark } from '../ui/theme.ts'

/** Keeps the page's theme with the setting, and with the system where the setting says so. */
export function useTheme(): void {
  const theme = useAppStore((state) => state.settings?.theme ?? 'system')
  useLayoutEffect(() => {
    if (theme !== 'system') {
      applyTheme(theme === 'dark')
      return undefined
    }
    applySystemTheme()
    systemIsDark.addEventListener('change', applySystemTheme)
    return () => systemIsDark.removeEventListener('change', applySystemTheme)
  }, [theme])
}
