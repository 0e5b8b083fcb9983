import { expect, it } from 'vitest'
import { linksOf } from './links.ts'

const of = (text: string): string[] => linksOf({ body: { kind: 'text', text } })

it('finds the links of a text, each once', () => {
  expect(of('See https://example.org/a and *https://example.org/b*\n- https://example.org/a')).toEqual([
    'https://example.org/a',
    'https://example.org/b',
  ])
})

it('finds none in code, and none in other messages', () => {
  expect(of('`https://example.org`')).toEqual([])
  expect(linksOf({ body: null })).toEqual([])
})
