import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodePage, readPageHead } from './page-head.ts'

describe('readPageHead', () => {
  it('prefers what the page says for previews', () => {
    const html = `<!doctype html><html><head><title>Plain</title>
      <meta name="description" content="plain text">
      <meta property="og:title" content="A &amp; B &#8211; &quot;C&quot;">
      <META PROPERTY='og:description' CONTENT=short>
      <meta property="og:image" content="/a.png?x=1&amp;y=2"></head>`
    expect(readPageHead(html)).toEqual({
      title: 'A & B – "C"',
      description: 'short',
      image: '/a.png?x=1&y=2',
    })
  })

  it('takes the title of the page where there is nothing better', () => {
    expect(readPageHead('<title>\n  One &lt;b&gt;\n two </title>')).toEqual({
      title: 'One <b> two',
      description: '',
      image: undefined,
    })
    expect(readPageHead('<meta property="og:title" content="  "><title>Page</title>')?.title).toBe('Page')
  })

  it('takes the first of several', () => {
    const html =
      '<title>1</title><title>2</title><meta name=description content=a><meta name=description content=b>'
    expect(readPageHead(html)).toMatchObject({ title: '1', description: 'a' })
  })

  it.each([
    ['a page without a title', '<meta name="description" content="x"><p>text'],
    ['an invisible title', '<title>\u200B\u202E \u3164</title>'],
    ['a title in a comment', '<!-- <title>x</title> <meta property="og:title" content="y"> -->'],
    ['a title in a script', '<script>"<title>x</title><meta property=og:title content=y>"</script>'],
    ['an empty page', ''],
    ['a tag that never ends', '<title'],
  ])('finds nothing in %s', (_, html) => {
    expect(readPageHead(html)).toBeUndefined()
  })

  it('removes what could change the text around it, and cuts long texts', () => {
    const head = readPageHead(
      `<title>a\u202Egpj.exe\u0000\n${'t'.repeat(500)}</title><meta name=description content="${'😀'.repeat(500)}">`,
    )
    expect(head?.title).toMatch(/^agpj\.exe t+…$/u)
    expect(head?.title.length).toBe(120)
    expect(head?.description.length).toBeLessThanOrEqual(240)
    expect(head?.description.isWellFormed()).toBe(true)
  })

  it('never fails and keeps its bounds, for any text', () => {
    const piece = fc.constantFrom(
      '<',
      '>',
      '<meta ',
      'content=',
      '"',
      "'",
      '<title>',
      '</title>',
      '&#x',
      '&amp',
      '<!--',
      '<script>',
      'og:title',
      'property=',
      '/',
      '\uD800',
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string())), (pieces) => {
        const head = readPageHead(pieces.join(''))
        if (head === undefined) return
        expect(head.title.length).toBeLessThanOrEqual(120)
        expect(head.description.length).toBeLessThanOrEqual(240)
      }),
    )
  })

  it.each(['<meta ', '<title>', '<!--', '<a b=', '</a', '&', '<b>', '<meta content="', '<svg><title>'])(
    'reads half a megabyte of %s at once',
    (piece) => {
      const started = performance.now()
      readPageHead(piece.repeat(512_000 / piece.length))
      expect(performance.now() - started).toBeLessThan(2000)
    },
  )
})

describe('decodePage', () => {
  const latin = (text: string): Buffer => Buffer.from(text, 'latin1')
  it.each([
    ['as the header says', latin('caf\xe9'), 'text/html; charset="ISO-8859-1"', 'café'],
    [
      'as the page says',
      latin('<meta charset=windows-1252>\x80'),
      'text/html',
      '<meta charset=windows-1252>€',
    ],
    [
      'as an old page says',
      Buffer.concat([
        latin('<meta http-equiv="Content-Type" content="text/html; charset=Shift_JIS">'),
        Buffer.from([0x83, 0x65]),
      ]),
      'text/html',
      '<meta http-equiv="Content-Type" content="text/html; charset=Shift_JIS">テ',
    ],
    ['by its mark', Buffer.from('\uFEFFé', 'utf16le'), 'text/html; charset=utf-8', 'é'],
    ['as UTF-8', Buffer.from('é'), 'text/html', 'é'],
    ['as UTF-8 when nobody knows the encoding', Buffer.from('é'), 'text/html; charset=klingon', 'é'],
    ['as UTF-8 with gaps', Buffer.from([0x61, 0xff, 0x62]), '', 'a\uFFFDb'],
  ])('decodes %s', (_, bytes, type, text) => {
    expect(decodePage(bytes, type)).toBe(text)
  })
})
