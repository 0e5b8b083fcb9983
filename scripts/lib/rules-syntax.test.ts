import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { root } from './paths.ts'
import { parseRules, RulesSyntaxError, type Block, type Expression } from './rules-syntax.ts'

const before = `rules_version = '2';
service cloud.firestore {
  match /databases/{database}/documents {
    match /a/{b} { allow get: if `
const after = `; }
  }
}
`

/** A node with its exact text, to compare the parsed tree with the generated one. */
interface Outline {
  type: string
  text: string
  parts: Outline[]
}

function partsOf(node: Expression): (Expression | null)[] {
  switch (node.type) {
    case 'logical':
      return node.operands
    case 'comparison':
    case 'arithmetic':
      return [node.left, node.right]
    case 'not':
    case 'negative':
      return [node.operand]
    case 'ternary':
      return [node.condition, node.then, node.otherwise]
    case 'call':
      return [node.target, ...node.args]
    case 'member':
      return [node.target, node.index]
    case 'range':
      return [node.target, node.from, node.to]
    case 'list':
      return node.elements
    case 'map':
      return node.entries.flatMap(({ key, value }) => [key, value])
    case 'path':
      return node.bound
    case 'group':
      return [node.inner]
    case 'string':
    case 'name':
    case 'number':
      return []
  }
}

function outline(source: string, node: Expression): Outline {
  const type = 'operator' in node ? node.operator : node.type === 'call' ? `call ${node.callee}` : node.type
  const parts = partsOf(node).filter((part) => part !== null)
  return {
    type,
    text: source.slice(node.start, node.end),
    parts: parts.map((part) => outline(source, part)),
  }
}

function parseExpression(text: string): Outline {
  const source = before + text + after
  const condition = parseRules(source).blocks[0]?.blocks[0]?.allows[0]?.condition
  if (condition == null) throw new Error('The rules have no condition.')
  return outline(source, condition)
}

/** Writes a tree in prefix notation; leaves keep their text, parentheses of the source are dropped. */
function prefix({ type, text, parts }: Outline): string {
  const [first] = parts
  if (type === 'group' && first !== undefined) return prefix(first)
  if (['string', 'name', 'number'].includes(type)) return text
  return `(${[type, ...parts.map(prefix)].join(' ')})`
}

/** Lists the functions and the methods of each allow in a file, with the paths of their blocks. */
function declarations({ path, functions, allows, blocks }: Block): string[] {
  return [
    ...functions.map(({ name }) => `${path} ${name}()`),
    ...allows.map(({ methods }) => `${path} ${methods.map(({ name }) => name).join(' ')}`),
    ...blocks.flatMap(declarations),
  ]
}

describe('an expression', () => {
  test.each([
    ['a || b && c', '(|| a (&& b c))'],
    ['a && b && c || d', '(|| (&& a b c) d)'],
    ['(a && b) && c', '(&& (&& a b) c)'],
    ['a && b in c', '(&& a (in b c))'],
    ['a in b == c', '(in a (== b c))'],
    ['a in b is bool', '(in a (is b bool))'],
    ['a == b is bool', '(is (== a b) bool)'],
    ['a is int == b', '(== (is a int) b)'],
    ['a in b in c', '(in (in a b) c)'],
    ['a == b < c', '(== a (< b c))'],
    ['a != b >= c', '(!= a (>= b c))'],
    ['a <= b + c', '(<= a (+ b c))'],
    ['a - b + c', '(+ (- a b) c)'],
    ['a + b * c', '(+ a (* b c))'],
    ['a * b / c % d', '(% (/ (* a b) c) d)'],
    ['!a == b', '(== (not a) b)'],
    ['!!a.b', '(not (not (member a)))'],
    ['!(a in b)', '(not (in a b))'],
    ['-1 < 0', '(< (negative 1) 0)'],
    ['a - -1', '(- a (negative 1))'],
    ['-a.b * c', '(* (negative (member a)) c)'],
    ['!-a', '(not (negative a))'],
    ['a ? b : c ? d : e', '(ternary a b (ternary c d e))'],
    ['a ? b ? c : d : e', '(ternary a (ternary b c d) e)'],
    ['a || b ? c : d || e', '(ternary (|| a b) c (|| d e))'],
  ])('groups %s by precedence', (text, expected) => {
    expect(prefix(parseExpression(text))).toBe(expected)
  })

  test.each([
    ['a.b.c', '(member (member a))'],
    ['a.in.match', '(member (member a))'],
    ["a['b'][0]", "(member (member a 'b') 0)"],
    ['a[1:3]', '(range a 1 3)'],
    ['a[:3]', '(range a 3)'],
    ['a[b ? c : d:]', '(range a (ternary b c d))'],
    ['a[-1]', '(member a (negative 1))'],
    ['f()', '(call f)'],
    ['f(a, b,)', '(call f a b)'],
    ['a.f(b).g()[0]', '(member (call g (call f a b)) 0)'],
    ['math.abs(-1)', '(call abs math (negative 1))'],
    ["duration.value(10, 's')", "(call value duration 10 's')"],
    ['timestamp.date(2026, 1, 1)', '(call date timestamp 2026 1 1)'],
    ['debug(a.b)', '(call debug (member a))'],
    ["'a'.size()", "(call size 'a')"],
    ["{'a': 1}.a", "(member (map 'a' 1))"],
    ['[a, b][0]', '(member (list a b) 0)'],
    ['(/a/b)[0]', '(member (path) 0)'],
  ])('reads what follows an operand in %s', (text, expected) => {
    expect(prefix(parseExpression(text))).toBe(expected)
  })

  test.each([
    ['null', 'null'],
    ['true', 'true'],
    ['0.5', '0.5'],
    ['1500', '1500'],
    ["'it''".replace("''", "\\''"), "'it\\''"],
    ['"say \\"hi\\" // no comment"', '"say \\"hi\\" // no comment"'],
    ["'[\\\\s\\\\v\\\\p{Z}\\\\x{FEFF}]*'", "'[\\\\s\\\\v\\\\p{Z}\\\\x{FEFF}]*'"],
    ["'[+](?:a|b)/{1,2}$'", "'[+](?:a|b)/{1,2}$'"],
    ["b'abc'", "b'abc'"],
    ['[]', '(list)'],
    ['[1, [2],]', '(list 1 (list 2))'],
    ['{}', '(map)'],
    ["{'a': 1, 'b': {'c': [d]},}", "(map 'a' 1 'b' (map 'c' (list d)))"],
    ['{a: b ? c : d}', '(map a (ternary b c d))'],
  ])('reads the literal %s', (text, expected) => {
    expect(prefix(parseExpression(text))).toBe(expected)
  })

  test.each([
    ['/databases/(default)/documents', '(path)'],
    ['/a-b/c_d.e/1', '(path)'],
    ['/a/{b}/{c=**}', '(path)'],
    ['/a/$(request.auth.uid)/b', '(path (member (member request)))'],
    ["/a/$(f(b, (c)).split(')')[0])/d", "(path (member (call split (call f b c) ')') 0))"],
    ["/a/$(b)/$('(default)')", "(path b '(default)')"],
    ['/a/$( b ? c : d ) /e', '(path (ternary b c d))'],
    ['get(/a/$(b)).data.c', '(member (member (call get (path b))))'],
    ['[/a/b,/c/$(d)]', '(list (path) (path d))'],
    ['a == /b/c', '(== a (path))'],
  ])('reads the path in %s', (text, expected) => {
    expect(prefix(parseExpression(text))).toBe(expected)
  })

  test.each([
    ['a / b', '(/ a b)'],
    ['a.size()/2', '(/ (call size a) 2)'],
    ['(a)/2', '(/ a 2)'],
    ['a[0]/b', '(/ (member a 0) b)'],
    ["'a'/2", "(/ 'a' 2)"],
    ['6/2/3', '(/ (/ 6 2) 3)'],
    ['a / /b/c', '(/ a (path))'],
    ['/a/$(b) / c', '(/ (path b) c)'],
    ['a ? /b/c : /d', '(ternary a (path) (path))'],
    ['!/a/b', '(not (path))'],
  ])('tells a division from a path in %s', (text, expected) => {
    expect(prefix(parseExpression(text))).toBe(expected)
  })

  test.each([
    ['a // b) \n && c', '(&& a c)'],
    ["a /* ' */ && /* * / ** */ c", '(&& a c)'],
    ['a /** b **/', 'a'],
  ])('ignores comments in %s', (text, expected) => {
    expect(prefix(parseExpression(text))).toBe(expected)
  })

  test.each([
    ['a b', 'Expected ; at line 4: b; }'],
    ['a &&\n  && b', 'Expected an expression at line 5: && b; }'],
    ['(a', 'Expected ) at line 4: ; }'],
    ['a[1', 'Expected ] at line 4: ; }'],
    ['[a b]', 'Expected , or ] at line 4: b]; }'],
    ['[,]', 'Expected an expression at line 4: ,]; }'],
    ["{'a' 1}", 'Expected : at line 4: 1}; }'],
    ['a ? b', 'Expected : at line 4: ; }'],
    ['a.', 'Expected a name at line 4: ; }'],
    ['a is 1', 'Expected a type at line 4: 1; }'],
    ['match', 'Expected an expression at line 4: match; }'],
    ['a--1', 'Expected ; at line 4: --1; }'],
    ['- -a', 'Expected an expression at line 4: -a; }'],
    ['/a/', 'Expected an expression at line 4: ; }'],
    ['f(a)(b)', 'Expected ; at line 4: (b); }'],
    ['1e3', 'Unexpected text at line 4: 1e3; }'],
    ["'a\n'", "Unexpected text at line 4: 'a"],
    ['a # b', 'Unexpected text at line 4: # b; }'],
  ])('is rejected when it is %j', (text, message) => {
    expect(() => parseExpression(text)).toThrow(new RulesSyntaxError(`${message}.`))
  })
})

describe('a file', () => {
  test('may declare functions outside the service and at every level', () => {
    const source = `
      rules_version = "2"
      function file() { return true }
      service firebase.storage {
        function inService(a, b) { let c = a; let d = c == b; return d; }
        match /b/{bucket}/o {
          function root() { return 1; }
          match /users/{uid} {
            function block() { return -1.5; }
            match /{path=**} { function nested() { return {}; } allow read; }
          }
        }
      }
      function last() { return /a/$(b); }`
    expect(declarations(parseRules(source))).toEqual([
      ' file()',
      ' inService()',
      ' last()',
      ' root()',
      'users/{uid} block()',
      'users/{uid}/{path=**} nested()',
      'users/{uid}/{path=**} read',
    ])
  })

  test('gives paths below the root, however they are nested or spaced', () => {
    const source = `
      service cloud.firestore {
        match /databases/(default)/documents/a/{ b } { allow get, list; }
        match /databases/{database}/documents {
          match /c-1/{d} /e { allow read: if true }
          match /{ path = ** }/f/{g}{ allow create, update, delete: if false; }
        }
      }`
    expect(declarations(parseRules(source))).toEqual([
      'a/{b} get list',
      'c-1/{d}/e read',
      '{path=**}/f/{g} create update delete',
    ])
  })

  test('keeps the place of every statement', () => {
    const source = 'service a.b { match /c { function d() { return e; } allow f, g: if h; allow i; } }'
    const [block] = parseRules(source).blocks
    const texts = [block, ...(block?.functions ?? []), ...(block?.allows ?? [])].map((node) =>
      source.slice(node?.start, node?.end),
    )
    expect(texts).toEqual([
      'match /c { function d() { return e; } allow f, g: if h; allow i; }',
      'function d() { return e; }',
      'allow f, g: if h;',
      'allow i;',
    ])
    expect(block?.allows.map(({ condition }) => condition?.type)).toEqual(['name', undefined])
  })

  test.each([
    ['service a {', 'Expected match at line 1: end of the file'],
    ['service a { allow get; }', 'Expected match at line 1: allow get; }'],
    ['service a {}\nlet b = 1;', 'Expected service at line 2: let b = 1;'],
    ['service a { match b { } }', 'Expected a path at line 1: b { } }'],
    ['service a { match /$(b) { } }', 'Unexpected $ in the path at line 1: /$(b) { } }'],
    ['service a { match /b { allow; } }', 'Expected a method at line 1: ; } }'],
    ['service a { match /b { allow get,; } }', 'Expected a method at line 1: ; } }'],
    ['service a { match /b { allow get: c; } }', 'Expected if at line 1: c; } }'],
    ['service a { match /b { allow get: if c d } }', 'Expected ; at line 1: d } }'],
    ['function a(b,) { return b; }', 'Expected a parameter at line 1: ) { return b; }'],
    ['function a() { let b = 1 return b; }', 'Expected ; at line 1: return b; }'],
    ['function a() { }', 'Expected return at line 1: }'],
    ['function a() { return 1; /* }', 'Expected } at line 1: /* }'],
  ])('is rejected when it is %j', (source, message) => {
    expect(() => parseRules(source)).toThrow(new RulesSyntaxError(`${message}.`))
  })

  test('with any part cut out is parsed, or rejected with the place of the error', () => {
    const source = readFileSync(join(root, 'firestore.rules'), 'utf8')
    const position = fc.nat(source.length)
    fc.assert(
      fc.property(position, fc.nat(40), (start, length) => {
        try {
          parseRules(source.slice(0, start) + source.slice(start + length))
        } catch (error) {
          expect(error).toBeInstanceOf(RulesSyntaxError)
          expect(error).toHaveProperty('message', expect.stringMatching(/ at line \d+: /))
        }
      }),
    )
  })
})

describe('any expression', () => {
  interface Sample {
    outline: Outline
    /** Precedence: a higher level binds tighter. */
    level: number
  }
  const TERNARY = 0
  const NOT = 9
  const OPERAND = 10
  /** Needs no parentheses before a dot or bracket or after a unary minus. */
  const TARGET = 11
  const binaryOperators = [
    ['||'],
    ['&&'],
    ['in'],
    ['is'],
    ['==', '!='],
    ['<', '<=', '>', '>='],
    ['+', '-'],
    ['*', '/', '%'],
  ].flatMap((level, index) => level.map((operator) => ({ operator, level: index + 1 })))

  const node = (level: number, type: string, text: string, parts: Outline[] = []): Sample => ({
    outline: { type, text, parts },
    level,
  })
  /** The operand, in parentheses if it binds too loosely for its place. */
  function within(least: number, { outline, level }: Sample): Outline {
    if (level >= least) return outline
    return { type: 'group', text: `(${outline.text})`, parts: [outline] }
  }
  const textsOf = (parts: Outline[]): string[] => parts.map(({ text }) => text)

  const gap = fc.constantFrom(' ', '\n  ', ' /* ) // */ ', " // ' /*\n")
  const name = fc.constantFrom('a', 'b', '$c', '_d', 'inner', 'isOther', 'null', 'true')
  const leaf = fc.oneof(
    name.map((text) => node(TARGET, 'name', text)),
    fc.constantFrom('0', '7', '2.5', '10.').map((text) => node(OPERAND, 'number', text)),
    fc.constantFrom("'a'", '"b\'"', "'\\'\\\\'", "'//'", "b'c'").map((text) => node(TARGET, 'string', text)),
    fc.constantFrom('/a', '/a/b-c', '/(default)/{d=**}').map((text) => node(OPERAND, 'path', text)),
  )

  const { sample } = fc.letrec<{ sample: Sample; compound: Sample }>((tie) => {
    const samples = fc.array(tie('sample'), { maxLength: 3 })
    const target = tie('sample').map((some) => within(TARGET, some))
    const binary = fc
      .tuple(fc.constantFrom(...binaryOperators), tie('sample'), tie('sample'), gap, gap)
      .map(([{ operator, level }, left, right, before, after]) => {
        const isLogical = operator === '&&' || operator === '||'
        const type = node(OPERAND, 'name', 'int').outline
        const parts = [
          within(isLogical ? level + 1 : level, left),
          operator === 'is' ? type : within(level + 1, right),
        ]
        return node(level, operator, textsOf(parts).join(before + operator + after), parts)
      })
    const ternary = fc
      .tuple(tie('sample'), tie('sample'), tie('sample'), gap)
      .map(([first, then, last, gap]) => {
        const parts = [within(TERNARY + 1, first), then.outline, last.outline]
        const [condition = '', yes = '', no = ''] = textsOf(parts)
        return node(TERNARY, 'ternary', `${condition}${gap}?${yes}${gap}:${no}`, parts)
      })
    const unary = fc.tuple(fc.constantFrom('!', '-'), tie('sample')).map(([operator, some]) => {
      const operand = within(operator === '!' ? NOT : TARGET, some)
      return node(NOT, operator === '!' ? 'not' : 'negative', operator + operand.text, [operand])
    })
    const member = fc
      .tuple(target, name, gap)
      .map(([of, field, gap]) => node(TARGET, 'member', `${of.text}${gap}.${field}`, [of]))
    const index = fc
      .tuple(target, tie('sample'))
      .map(([of, { outline }]) => node(TARGET, 'member', `${of.text}[${outline.text}]`, [of, outline]))
    const range = fc
      .tuple(target, fc.option(tie('sample')), fc.option(tie('sample')))
      .map(([of, from, to]) => {
        const bounds = [from, to].map((bound) => bound?.outline)
        const text = `${of.text}[${bounds.map((bound) => bound?.text ?? '').join(':')}]`
        return node(TARGET, 'range', text, [of, ...bounds.filter((bound) => bound !== undefined)])
      })
    const call = fc
      .tuple(fc.option(target), name, samples, fc.boolean())
      .map(([of, callee, some, isTrailing]) => {
        const args = some.map(({ outline }) => outline)
        const list = textsOf(args).join(', ') + (isTrailing && args.length > 0 ? ',' : '')
        const text = `${of === null ? '' : `${of.text}.`}${callee}(${list})`
        return node(TARGET, `call ${callee}`, text, of === null ? args : [of, ...args])
      })
    const list = fc.tuple(samples, gap).map(([some, gap]) => {
      const parts = some.map(({ outline }) => outline)
      return node(TARGET, 'list', `[${textsOf(parts).join(`${gap},`)}]`, parts)
    })
    const map = fc.array(fc.tuple(tie('sample'), tie('sample')), { maxLength: 2 }).map((pairs) => {
      const entries = pairs.map(([key, value]) => [key.outline, value.outline])
      return node(
        TARGET,
        'map',
        `{${entries.map((pair) => textsOf(pair).join(': ')).join()}}`,
        entries.flat(),
      )
    })
    const path = samples.map((some) => {
      const parts = some.map(({ outline }) => outline)
      return node(
        OPERAND,
        'path',
        `/a${textsOf(parts)
          .map((text) => `/$(${text})`)
          .join('')}`,
        parts,
      )
    })
    return {
      compound: fc.oneof(binary, ternary, unary, member, index, range, call, list, map, path),
      sample: fc.oneof({ maxDepth: 4 }, leaf, tie('compound')),
    }
  })

  test('is read as it was written, each part with its exact text', () => {
    fc.assert(
      fc.property(sample, ({ outline }) => {
        expect(parseExpression(outline.text)).toEqual(outline)
      }),
      { numRuns: 500 },
    )
  })
})
