import { useLayoutEffect } from 'react'
import { useAppStore } from '../stores/use-app-store.ts'
import { isMac } from '../ui/shortcuts.ts'

const system = window.matchMedia('(prefers-color-scheme: dark)')

/** For the first paint: main has set nativeTheme from the saved setting, so this query already answers by it. */
export function applySystemTheme(): void {
  apply(system.matches)
}

function apply(dark: boolean): void {
  const { dataset } = document.documentElement
  dataset['theme'] = dark ? 'dark' : 'light'
  // For what a Mac's own look does better, such as its scroll bars.
  if (isMac) dataset['platform'] = 'mac'
}

/** Keeps the page's theme with the setting, and with the system where the setting says so. */
export function useTheme(): void {
  const theme = useAppStore((state) => state.settings?.theme ?? 'system')
  useLayoutEffect(() => {
    if (theme !== 'system') {
      apply(theme === 'dark')
      return undefined
    }
    applySystemTheme()
    system.addEventListener('change', applySystemTheme)
    return () => system.removeEventListener('change', applySystemTheme)
  }, [theme])
}
