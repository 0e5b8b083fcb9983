import '@fontsource-variable/inter/wght.css'
import './ui/global.css'
import { callEarly, pagePreload } from './platform/early-calls.ts'
import { pageSessionMemory } from './platform/session-memory.ts'
import { applySystemTheme } from './ui/theme.ts'

applySystemTheme()
// This module is small, so main gets these calls before the rest of the page has been loaded and compiled.
const preload = callEarly(pagePreload(), pageSessionMemory.load())
import('./app/start.tsx')
  .then(({ mount }) => mount(preload))
  .catch((error: unknown) => document.body.append(String(error)))
