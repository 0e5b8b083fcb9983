import { describe, expect, it } from 'vitest'
import { keysOf, matchesShortcut, shortcutLabel, shortcutNames, shortcuts } from './shortcuts.ts'

const none = { code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false }

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

  it('matches a literal Ctrl on both platforms', () => {
    const pressed = { ...none, key: 'Tab', ctrlKey: true }
    expect(matchesShortcut(pressed, 'Ctrl+Tab', false)).toBe(true)
    expect(matchesShortcut(pressed, 'Ctrl+Tab', true)).toBe(true)
    expect(shortcutLabel('Ctrl+Tab', true)).toBe('⌃Tab')
  })

  it('matches by the place of the key on keyboards without Latin letters or plain digits', () => {
    expect(matchesShortcut({ ...none, key: 'л', code: 'KeyK', ctrlKey: true }, 'Mod+K', false)).toBe(true)
    expect(matchesShortcut({ ...none, key: 'e', code: 'KeyD', ctrlKey: true }, 'Mod+D', false)).toBe(false)
    expect(matchesShortcut({ ...none, key: '&', code: 'Digit1', ctrlKey: true }, 'Mod+1…9', false)).toBe(true)
    expect(matchesShortcut({ ...none, key: '0', code: 'Digit0', ctrlKey: true }, 'Mod+1…9', false)).toBe(
      false,
    )
  })

  it('does not give the same keys to two shortcuts that can both be handled', () => {
    for (const enterSends of [true, false]) {
      const taken = shortcutNames.flatMap((name) => {
        const { scope } = shortcuts[name]
        const place = scope === 'conversation' ? 'window' : scope
        return keysOf(name, enterSends).map((keys) => `${place}: ${keys}`)
      })
      expect(taken).toEqual([...new Set(taken)])
    }
  })

  it('sends with Enter, or starts a line with it', () => {
    expect(keysOf('send', true)).toEqual(['Enter', 'Mod+Enter'])
    expect(keysOf('newLine', true)).toEqual(['Shift+Enter'])
    expect(keysOf('send', false)).toEqual(['Mod+Enter'])
    expect(keysOf('newLine', false)).toEqual(['Enter', 'Shift+Enter'])
  })

  it('matches symbols that need Shift on some keyboards', () => {
    expect(matchesShortcut({ ...none, key: '/', ctrlKey: true, shiftKey: true }, 'Mod+/', false)).toBe(true)
  })
})
