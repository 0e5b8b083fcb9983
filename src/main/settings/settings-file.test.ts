import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defaultSettings, settingsSchema } from '#shared/settings.ts'
import { readSettingsFile, type Migration } from './settings-file.ts'

const settings = { ...defaultSettings, theme: 'dark' as const, enterSends: false }
const window = { x: 10, y: 20, width: 900, height: 700, maximized: false }

describe('readSettingsFile', () => {
  it('reads a valid file', () => {
    expect(readSettingsFile(JSON.stringify({ version: 1, settings, window }))).toEqual({
      version: 2,
      settings,
      window,
    })
  })

  it('replaces only invalid fields with their defaults', () => {
    const broken = { ...settings, theme: 'pink', mutedUntil: -4, extra: 1, notifyAbout: undefined }
    expect(
      readSettingsFile(JSON.stringify({ settings: broken, window: { ...window, width: 'wide' } })),
    ).toEqual({
      version: 2,
      settings: { ...settings, theme: 'system', mutedUntil: null },
      window: null,
    })
  })

  it('turns the switches of notifications into choices', () => {
    const { notifyAbout: _, notificationContent: __, ...others } = settings
    const stored = (patch: object): unknown =>
      readSettingsFile(JSON.stringify({ version: 0, settings: { ...others, ...patch } })).settings
    expect(stored({ notifications: false, notificationPreview: false })).toEqual({
      ...settings,
      notifyAbout: 'nothing',
      notificationContent: 'nothing',
    })
    expect(stored({ notifications: true, notificationPreview: true })).toEqual(settings)
  })

  it('keeps the taskbar still where its switch was off', () => {
    const { flashFor: _, ...others } = settings
    const read = (flashTaskbar: boolean): unknown =>
      readSettingsFile(JSON.stringify({ version: 1, settings: { ...others, flashTaskbar } })).settings
        .flashFor
    expect([read(false), read(true)]).toEqual(['nothing', 'mentionsAndDirect'])
  })

  it('runs only the missing migrations, in order', () => {
    const add =
      (word: string): Migration =>
      (stored) => ({
        ...stored,
        settings: { ...settings, theme: word },
        seen: word,
      })
    const steps = [add('light'), add('dark'), add('system')]
    expect(readSettingsFile(JSON.stringify({ version: 2 }), steps)).toMatchObject({
      version: 3,
      settings: { theme: 'system' },
    })
    const seen: unknown[] = []
    const spy: Migration[] = steps.map((step) => (stored) => {
      seen.push(stored['seen'])
      return step(stored)
    })
    readSettingsFile('{"version":1}', spy)
    expect(seen).toEqual([undefined, 'dark'])
    readSettingsFile('{"version":9}', spy)
    expect(seen).toHaveLength(2)
  })

  it('returns valid settings for any content', () => {
    const json = fc.oneof(
      fc.json(),
      fc.string(),
      fc.json().map((text) => `{"settings":${text},"window":${text}}`),
    )
    fc.assert(
      fc.property(json, (text) => {
        expect(settingsSchema.safeParse(readSettingsFile(text).settings).success).toBe(true)
      }),
    )
    expect(readSettingsFile('{"settings":{"__proto__":{"theme":"dark"}}}').settings).toEqual(defaultSettings)
  })
})
