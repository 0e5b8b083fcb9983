import { isMac } from './shortcuts.ts'

/** Whether the system asks for dark; main has set `nativeTheme` from the saved setting, so that this answers by it. */
export const systemIsDark = window.matchMedia('(prefers-color-scheme: dark)')

export function applyTheme(dark: boolean): void {
  const { dataset } = document.documentElement
  dataset['theme'] = dark ? 'dark' : 'light'
  // For what a Mac's own look does better, such as its scroll bars.
  if (isMac) dataset['platform'] = 'mac'
}

export function applySystemTheme(): void {
  applyTheme(systemIsDark.matches)
}
