import { describe, expect, it } from 'vitest'
import { matchesShortcut, shortcutLabel } from './shortcuts.ts'

const none = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false }

describe('shortcuts', () => {
  it('returns the labels for each platform', () => {
    expect(shortcutLabel('Mod+Shift+F', false)).toBe('Ctrl+Shift+F')
    expect(shortcutLabel('Mod+Shift+F', true)).toBe('⌘⇧F')
    expect(shortcutLabel('Alt+ArrowUp', false)).toBe('Alt+↑')
  })

  it('matches its keys and no others', () => {
    expect(matchesShortcut({ ...none, key: 'n', ctrlKey: true }, 'Mod+N', false)).toBe(true)
    expect(matchesShortcut({ ...none, key: 'n', metaKey: true }, 'Mod+N', true)).toBe(true)
    expect(matchesShortcut({ ...none, key: 'n', metaKey: true }, 'Mod+N', false)).toBe(false)
    expect(matchesShortcut({ ...none, key: 'N', ctrlKey: true, shiftKey: true }, 'Mod+N', false)).toBe(false)
    expect(matchesShortcut({ ...none, key: 'n', ctrlKey: true, altKey: true }, 'Mod+N', false)).toBe(false)
    expect(
      matchesShortcut({ ...none, key: 'ArrowUp', altKey: true, shiftKey: true }, 'Alt+ArrowUp', false),
    ).toBe(false)
  })

  it('matches symbols that need Shift on some keyboards', () => {
    expect(matchesShortcut({ ...none, key: '/', ctrlKey: true, shiftKey: true }, 'Mod+/', false)).toBe(true)
  })
})
