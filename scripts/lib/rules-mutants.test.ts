import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { root } from './paths.ts'
import { mutantsOf } from './rules-mutants.ts'

const around = (statements: string): string =>
  `rules_version = '2';\nservice cloud.firestore {\n  match /databases/{database}/documents {\n${statements}\n  }\n}\n`

/** Returns `body` as changed by each mutant. */
function versions(body: string): string[] {
  const [before = '', after = ''] = around('@').split('@')
  return mutantsOf(around(body)).map(({ source }) => source.slice(before.length, -after.length))
}

const conditions = (condition: string): string[] =>
  versions(`match /a/{b} { allow write: if ${condition}; }`).map((text) =>
    text.slice('match /a/{b} { allow write: if '.length, -'; }'.length),
  )

describe('mutantsOf', () => {
  test('removes and negates each operand and exchanges the operators', () => {
    expect(conditions('a() && b() && c()')).toEqual([
      'false',
      'true',
      '!(a() && b() && c())',
      'b() && c()',
      '!(a()) && b() && c()',
      'a() && c()',
      'a() && !(b()) && c()',
      'a() && b()',
      'a() && b() && !(c())',
      '((a()) || (b() && c()))',
      '((a() && b()) || (c()))',
    ])
  })

  test.each([
    ['a == b', ['false', 'true', 'a != b']],
    ['a <= b', ['false', 'true', 'a > b', 'a < b']],
    ['a > 5', ['false', 'true', 'a <= 5', 'a >= 5', 'a > 4', 'a > 6']],
    ['a is string', ['false', 'true', '!(a is string)']],
    ['!a', ['false', 'true', 'a']],
    ["a in ['x', 'y']", ['false', 'true', "!(a in ['x', 'y'])", "a in ['y']", "a in ['x']"]],
    ['exists(/a/$(b))', ['false', 'true', '!(exists(/a/$(b)))', 'existsAfter(/a/$(b))']],
    ['a ? b : c', ['false', 'true', '!(a ? b : c)', '!(a) ? b : c', 'b', 'c']],
    ['-a', ['false', 'true', '!(-a)', 'a']],
    ['a + b', ['false', 'true', '!(a + b)', 'a - b']],
    ['a*b', ['false', 'true', '!(a*b)', 'a/ b']],
    ['a / b % c', ['false', 'true', '!(a / b % c)', 'a / b * c', 'a * b % c']],
    ['a[0:b]', ['false', 'true', '!(a[0:b])', 'a[-1:b]', 'a[1:b]']],
    ['a-0', ['false', 'true', '!(a-0)', 'a+0', 'a-(-1)', 'a-1']],
  ])('mutates %s', (condition, expected) => {
    expect(conditions(condition)).toEqual(expected)
  })

  test('adds `if false` to an allow without a condition', () => {
    expect(versions('match /a/{b} { allow get, list; }')).toEqual([
      'match /a/{b} { allow list; }',
      'match /a/{b} { allow get; }',
      'match /a/{b} { allow get, list: if false; }',
    ])
  })

  test.each([
    ['5', ['4', '6']],
    ['f(1.5, 2.0)', ['f(0.5, 2.0)', 'f(2.5, 2.0)', 'f(1.5, 1.0)', 'f(1.5, 3.0)']],
    ["{'a': b, 'c': d}", ["{'c': d}", "{'a': b}"]],
    ['/a/$(b[0])', ['/a/$(b[-1])', '/a/$(b[1])']],
    ["a.get('b', c)", []],
    ['firestore.exists(a)', ['false', 'true', '!(firestore.exists(a))']],
  ])('mutates a function that returns %s', (result, expected) => {
    expect(versions(`function f() { return ${result}; }`)).toEqual(
      expected.map((other) => `function f() { return ${other}; }`),
    )
  })

  test('halves and doubles a duration', () => {
    expect(conditions("a - duration.value(10, 's')")).toEqual([
      'false',
      'true',
      "!(a - duration.value(10, 's'))",
      "a + duration.value(10, 's')",
      "a - duration.value(5, 's')",
      "a - duration.value(20, 's')",
    ])
  })

  test.each([
    ['get', ['get, list']],
    ['read', ['list', 'get']],
    ['create, update', ['update', 'create']],
    ['create', []],
  ])('narrows and widens allow %s', (methods, expected) => {
    const found = versions(`match /a/{b} { allow ${methods}: if a; }`)
    const others = found.filter((text) => text.endsWith(': if a; }'))
    expect(others).toEqual(expected.map((other) => `match /a/{b} { allow ${other}: if a; }`))
  })

  test('adds no list to a condition that names the document’s id', () => {
    expect(versions('match /a/{b} { allow get: if b == c; }').join()).not.toContain('list')
  })

  test('forces only the results of functions that return a condition', () => {
    expect(versions('function f() { let x = 1; return x == y; }')).toContain(
      'function f() { let x = 1; return false; }',
    )
    expect(versions('function f() { return x.data; }')).toEqual([])
  })

  test('returns the blocks whose conditions call a function', () => {
    const mutants = mutantsOf(
      around(
        `function inner() { return a == b; } function outer() { return inner(); } function unused() { return c == d; }
         match /a/{b} { allow get: if outer(); match /c/{d} { allow get: if inner(); } } match /e/{f} { allow get: if true; }
         match /g/{h} { allow get: if get(/g/$(inner() ? a : b)) == {'c': outer()}; }`,
      ),
    )
    const blocksOf = (name: string): string[] | undefined =>
      mutants.find(({ description }) => description.startsWith(`${name}()`))?.blocks
    expect(blocksOf('inner')).toEqual(['a/{b}', 'a/{b}/c/{d}', 'g/{h}'])
    expect(blocksOf('unused')).toEqual([])
  })

  test('finds every allow of the project’s rules', () => {
    const source = readFileSync(join(root, 'firestore.rules'), 'utf8')
    const mutants = mutantsOf(source)
    expect(new Set(mutants.map((mutant) => mutant.source)).size).toBe(mutants.length)
    const allows = source.match(/^\s*allow /gm) ?? []
    const forced = mutants.filter(({ description }) => /^allow .* is always false$/.test(description))
    expect(forced.length).toBe(allows.length)
  })
})
