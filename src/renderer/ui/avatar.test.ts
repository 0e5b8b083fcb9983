import { describe, expect, it } from 'vitest'
import { AVATAR_COLOURS, avatarColour, initials } from './avatar.ts'

describe('initials', () => {
  it('uses the first and the last word', () => {
    expect(initials('Ada Lovelace')).toBe('AL')
    expect(initials('ada')).toBe('A')
    expect(initials('Ana de la Cruz')).toBe('AC')
    expect(initials('नमन')).toBe('न')
    expect(initials('Sam 🎈')).toBe('S')
  })

  it('returns an empty string for symbols and phone numbers', () => {
    expect(initials('🎈🎈')).toBe('')
    expect(initials('+491511234567')).toBe('')
    expect(initials('')).toBe('')
  })
})

describe('avatarColour', () => {
  it('returns the same colour for the same id, stays in range and uses every colour', () => {
    const colours = Array.from({ length: 200 }, (_, index) => avatarColour(`user${index}`))
    expect(avatarColour('user7')).toBe(avatarColour('user7'))
    expect(new Set(colours).size).toBe(AVATAR_COLOURS)
    expect(Math.min(...colours)).toBe(1)
    expect(Math.max(...colours)).toBe(AVATAR_COLOURS)
  })
})
