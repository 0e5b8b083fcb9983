import fc from 'fast-check'
import { expect, it } from 'vitest'
import { acceleratorOf, acceleratorSchema, type PressedKeys } from './accelerator.ts'

const none = { ctrlKey: false, altKey: false, shiftKey: false, metaKey: false }
const press = (keys: Partial<PressedKeys> & { key: string }, isMac = false): string | null =>
  acceleratorOf({ ...none, code: '', ...keys }, isMac)

it('names the pressed keys as Electron does', () => {
  expect(press({ key: 'p', ctrlKey: true, altKey: true })).toBe('Control+Alt+P')
  expect(press({ key: 'P', ctrlKey: true, shiftKey: true })).toBe('Control+Shift+P')
  expect(press({ key: 'p', metaKey: true })).toBe('Super+P')
  expect(press({ key: 'p', metaKey: true }, true)).toBe('Command+P')
  expect(press({ key: ' ', altKey: true })).toBe('Alt+Space')
  expect(press({ key: 'ArrowUp', altKey: true, ctrlKey: true })).toBe('Control+Alt+Up')
  expect(press({ key: 'F12', ctrlKey: true })).toBe('Control+F12')
})

it('uses the place of a key whose letter no accelerator has', () => {
  expect(press({ key: 'π', code: 'KeyP', altKey: true }, true)).toBe('Alt+P')
  expect(press({ key: 'з', code: 'KeyP', ctrlKey: true })).toBe('Control+P')
  expect(press({ key: '!', code: 'Digit1', ctrlKey: true, shiftKey: true })).toBe('Control+Shift+1')
})

it('waits for a key, and for more than Shift', () => {
  for (const key of ['Control', 'Alt', 'Shift', 'Meta', 'Dead', 'Process', 'Tab', 'Enter', 'é'])
    expect(press({ key, ctrlKey: true })).toBeNull()
  expect(press({ key: 'p' })).toBeNull()
  expect(press({ key: 'P', shiftKey: true })).toBeNull()
})

it('stores nothing else', () => {
  for (const bad of [
    '',
    '+',
    'P',
    'Shift+P',
    'Control',
    'Control+',
    'Control+PP',
    'Alt+Control+P',
    'Alt+Alt+P',
    'Hyper+P',
  ])
    expect(acceleratorSchema.safeParse(bad).success).toBe(false)
  const pressed = fc.record({
    key: fc.string(),
    code: fc.string(),
    ctrlKey: fc.boolean(),
    altKey: fc.boolean(),
    shiftKey: fc.boolean(),
    metaKey: fc.boolean(),
  })
  fc.assert(
    fc.property(pressed, fc.boolean(), (keys, isMac) => {
      const accelerator = acceleratorOf(keys, isMac)
      if (accelerator !== null) expect(acceleratorSchema.safeParse(accelerator).success).toBe(true)
    }),
  )
})
