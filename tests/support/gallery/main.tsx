import '../../../src/renderer/app/no-eval.ts'
import '@fontsource-variable/inter/wght.css'
import '../../../src/renderer/ui/global.css'
import { createRoot } from 'react-dom/client'
import { defaultSettings } from '#shared/settings.ts'
import { startI18n } from '../../../src/renderer/app/i18n.ts'
import { Root } from '../../../src/renderer/app/Root.tsx'
import { createAppStore, type AppStore } from '../../../src/renderer/stores/app-store.ts'
import { createFakeServices, type FakeControls } from './fake-services.ts'
import { appScenarios } from './scenarios/app.ts'
import { conversationScenarios } from './scenarios/conversation.ts'
import { linkScenarios } from './scenarios/links.ts'
import { stagingScenarios } from './scenarios/staging.ts'
import { mediaScenarios } from './scenarios/media.ts'
import { voiceScenarios } from './scenarios/voice.ts'

/*
 * Renders the app with a preset store and fake services: `?scenario=NAME&theme=light|dark`. For viewing by hand, and for the
 * specs that check how the states of the store look.
 */

const unlocked = { hasPin: false, locked: false, waitMs: 0, touchId: false }

const scenarios = {
  ...appScenarios,
  ...conversationScenarios,
  ...mediaScenarios,
  ...stagingScenarios,
  ...linkScenarios,
  ...voiceScenarios,
}
type ScenarioName = keyof typeof scenarios

/** Available to a spec as `window.gallery`. */
export interface Gallery extends FakeControls {
  store: AppStore
}

declare global {
  interface Window {
    gallery?: Gallery
  }
}

function isScenario(name: string): name is ScenarioName {
  return Object.hasOwn(scenarios, name)
}

function show(name: ScenarioName, theme: 'light' | 'dark'): void {
  const store = createAppStore({ lock: unlocked, ...scenarios[name]() })
  store.setState(({ settings }) => ({ settings: { ...(settings ?? defaultSettings), theme } }))
  const { services, controls } = createFakeServices(store)
  window.gallery = { store, ...controls }
  const root = document.getElementById('root')
  if (root === null) throw new Error('The page has no root')
  createRoot(root).render(<Root store={store} services={services} i18n={startI18n()} />)
}

const query = new URLSearchParams(window.location.search)
const name = query.get('scenario') ?? ''
if (isScenario(name)) show(name, query.get('theme') === 'dark' ? 'dark' : 'light')
else document.body.textContent = Object.keys(scenarios).join('\n')
