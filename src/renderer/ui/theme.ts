import { isMac } from './shortcuts.ts'

/** Matches while the system theme is dark. Main sets `nativeTheme` from the saved setting, and this query follows it. */
export const systemIsDark = window.matchMedia('(prefers-color-scheme: dark)')

export function applyTheme(dark: boolean): void {
  const { dataset } = document.documentElement
  dataset['theme'] = dark ? 'dark' : 'light'
  // Lets the styles keep native macOS features, such as overlay scroll bars.
  if (isMac) dataset['platform'] = 'mac'
}

export function applySystemTheme(): void {
  applyTheme(systemIsDark.matches)
}
