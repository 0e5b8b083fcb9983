import { describe, expect, it } from 'vitest'
import { AVATAR_COLOURS, avatarColour, initials } from './avatar.ts'

describe('initials', () => {
  it('takes the first and the last word', () => {
    expect(initials('Ada Lovelace')).toBe('AL')
    expect(initials('ada')).toBe('A')
    expect(initials('Ana de la Cruz')).toBe('AC')
    expect(initials('नमन')).toBe('न')
    expect(initials('Sam 🎈')).toBe('S')
  })

  it('is empty without letters', () => {
    expect(initials('🎈🎈')).toBe('')
    expect(initials('+491511234567')).toBe('')
    expect(initials('')).toBe('')
  })
})

describe('avatarColour', () => {
  it('is stable, in range and spread', () => {
    const colours = Array.from({ length: 200 }, (_, index) => avatarColour(`user${index}`))
    expect(avatarColour('user7')).toBe(avatarColour('user7'))
    expect(new Set(colours).size).toBe(AVATAR_COLOURS)
    expect(Math.min(...colours)).toBe(1)
    expect(Math.max(...colours)).toBe(AVATAR_COLOURS)
  })
})
