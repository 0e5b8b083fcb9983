import '@fontsource-variable/inter/wght.css'
import './ui/global.css'
import { callEarly, pagePreload, uidOf } from './platform/early-calls.ts'
import { removeListSnapshot, showListSnapshot } from './platform/list-snapshot.ts'
import { nextPaint } from './platform/next-paint.ts'
import { pageSessionMemory } from './platform/session-memory.ts'
import { applySystemTheme } from './ui/theme.ts'

applySystemTheme()
// This module is small, so main gets these calls before the rest of the page has been loaded and compiled.
const account = uidOf(pageSessionMemory.load())
const preload = callEarly(pagePreload(), account)
// The snapshot is painted before the app's code is compiled, which takes longer than all before.
const painted = account !== undefined && showListSnapshot(account) ? nextPaint() : Promise.resolve()
painted
  .then(() => import('./app/start.tsx'))
  .then(({ mount }) => mount(preload))
  .catch((error: unknown) => {
    removeListSnapshot()
    document.body.append(String(error))
  })
