import { expect, it } from 'vitest'
import { IDLE_AFTER_SECONDS, powerState } from './power-state.ts'

const active = { idleSeconds: 0, background: false, locked: false, suspended: false, quitting: false }

it('returns the first state that applies: quitting, suspended, locked, background, idle, active', () => {
  expect(powerState(active)).toBe('active')
  expect(powerState({ ...active, idleSeconds: IDLE_AFTER_SECONDS - 1 })).toBe('active')
  const idle = { ...active, idleSeconds: IDLE_AFTER_SECONDS }
  expect(powerState(idle)).toBe('idle')
  expect(powerState({ ...idle, background: true })).toBe('background')
  expect(powerState({ ...idle, background: true, locked: true })).toBe('locked')
  expect(powerState({ ...idle, locked: true, suspended: true })).toBe('suspended')
  expect(powerState({ ...idle, locked: true, suspended: true, quitting: true })).toBe('quitting')
})
