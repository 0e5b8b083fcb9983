import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { MessageBody } from '#shared/messages/body.ts'
import { ada, chatWith, groupNamed, me, photoBody } from '#shared/domain/test-data.ts'
import { createTranslate } from '../i18n.ts'
import { notificationText } from './notification-text.ts'

const t = createTranslate('en')
const chat = chatWith('ada')
const names = new Map([[ada, 'Ada Q.']])
const hello: MessageBody = { kind: 'text', text: 'hello\nthere' }
const shown = { content: 'all', platform: 'darwin' } as const

describe('notificationText', () => {
  it('returns the sender, the text and the count', () => {
    expect(notificationText(t, { names, chat, senderName: 'Ada', body: hello, count: 1 }, shown)).toEqual({
      title: 'Ada',
      body: 'hello there',
    })
    expect(notificationText(t, { names, chat, senderName: 'Ada', body: hello, count: 3 }, shown).title).toBe(
      'Ada (3)',
    )
    const group = groupNamed('Choir')
    expect(
      notificationText(t, { names, chat: group, senderName: 'Ada', body: hello, count: 1 }, shown),
    ).toEqual({
      title: 'Choir',
      body: 'Ada: hello there',
    })
  })

  it('shows only the name, of the sender or the group', () => {
    const name = { content: 'name', platform: 'linux' } as const
    const announcement = { names, senderName: 'Ada', body: hello }
    expect(notificationText(t, { ...announcement, chat, count: 1 }, name)).toEqual({
      title: 'Ada',
      body: 'New message',
    })
    expect(notificationText(t, { ...announcement, chat: groupNamed('Choir'), count: 2 }, name)).toEqual({
      title: 'Choir',
      body: '2 new messages',
    })
  })

  it('names media, with their caption', () => {
    const sent = (body: MessageBody): string =>
      notificationText(t, { names, chat, senderName: 'Ada', body, count: 1 }, shown).body
    expect(sent(photoBody())).toBe('Photo')
    expect(sent(photoBody({ text: 'the lake' }))).toBe('Photo: the lake')
  })

  it('hides sender and text by setting', () => {
    const announcement = { names, chat, senderName: 'Ada', body: hello }
    const quiet = { content: 'nothing', platform: 'linux' } as const
    expect(notificationText(t, { ...announcement, count: 1 }, quiet)).toEqual({
      title: 'Perch',
      body: 'New message',
    })
    expect(notificationText(t, { ...announcement, count: 2 }, quiet).body).toBe('2 new messages')
  })

  it('returns fallback texts for a sender without a name and an unknown message', () => {
    const body: MessageBody = { kind: 'unknown', of: 'hologram' }
    const text = notificationText(t, { names, chat, senderName: '\u202E\u200B', body, count: 1 }, shown)
    expect(text).toEqual({ title: 'Unknown person', body: 'Update Perch to see this message' })
  })

  it('escapes markup where the desktop interprets it', () => {
    const body: MessageBody = { kind: 'text', text: '<img src="http://x/"> & <b>' }
    const linux = notificationText(
      t,
      { names, chat, senderName: 'A', body, count: 1 },
      { content: 'all', platform: 'linux' },
    )
    expect(linux.body).toBe('&lt;img src="http://x/"&gt; &amp; &lt;b&gt;')
    expect(notificationText(t, { names, chat, senderName: 'A', body, count: 1 }, shown).body).toBe(body.text)
  })

  it('limits the length and removes direction overrides, for any input', () => {
    const hostile = fc.array(
      fc.constantFrom('a', '\u202E', '\u0336', '\u0000', '{{count}}', '$t(app.name)', '\n'),
      {
        maxLength: 4000,
      },
    )
    fc.assert(
      fc.property(hostile, hostile, (name, words) => {
        const body: MessageBody = { kind: 'text', text: words.join('') || 'x' }
        const text = notificationText(t, { names, chat, senderName: name.join(''), body, count: 2 }, shown)
        expect(text.title.length + text.body.length).toBeLessThan(1500)
        expect(text.title + text.body).not.toMatch(/[\u0000\n\u202E]/)
      }),
    )
  })

  it('does not interpolate texts of other people', () => {
    const body: MessageBody = { kind: 'text', text: '$t(app.name) {{name}}' }
    const text = notificationText(
      t,
      { names, chat: groupNamed('{{count}}'), senderName: '$t(app.name)', body, count: 2 },
      shown,
    )
    expect(text).toEqual({ title: '{{count}} (2)', body: '$t(app.name): $t(app.name) {{name}}' })
  })

  it('names the people who are mentioned, in a group', () => {
    const body: MessageBody = { kind: 'text', text: '@A @m @all', mentions: `ada:0:2 me:3:2 *:6:4` }
    const group = { ...groupNamed('Choir'), memberIds: [me, ada] }
    const announcement = { names, senderName: 'Ada', body, count: 1 }
    expect(notificationText(t, { ...announcement, chat: group }, shown).body).toBe(
      'Ada: @Ada Q. @Unknown person @everyone',
    )
    expect(notificationText(t, { ...announcement, chat }, shown).body).toBe('@A @m @all')
  })
})
