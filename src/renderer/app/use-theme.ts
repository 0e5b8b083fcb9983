import { useLayoutEffect } from 'react'
import { useAppStore } from '../stores/use-app-store.ts'
import { applySystemTheme, applyTheme, systemIsDark } from '../ui/theme.ts'

/** Applies the theme setting to the page. With `system` it follows the system theme. */
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
