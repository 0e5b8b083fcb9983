/*
 * Parser of the security rules language (Firestore and Storage) for the mutation check. Every node keeps its place in
 * the source. The language has no published grammar: precedence and tokens follow the parser of the Firestore emulator.
 */

interface Span {
  start: number
  end: number
}

export type Expression = Span &
  (
    | { type: 'logical'; operator: '&&' | '||'; operands: Expression[] }
    /** The right side of `is` is the name of a type. */
    | { type: 'comparison'; operator: string; operatorAt: Span; left: Expression; right: Expression }
    | { type: 'arithmetic'; operator: string; operatorAt: Span; left: Expression; right: Expression }
    | { type: 'not' | 'negative'; operand: Expression }
    | { type: 'ternary'; condition: Expression; then: Expression; otherwise: Expression }
    /** `callee` is the last name before the parenthesis, `target` the expression before its dot. */
    | { type: 'call'; callee: string; calleeAt: Span; target: Expression | null; args: Expression[] }
    /** `target.name`, or `target[index]`. */
    | { type: 'member'; target: Expression; index: Expression | null }
    /** `target[from:to]` */
    | { type: 'range'; target: Expression; from: Expression | null; to: Expression | null }
    | { type: 'list'; elements: Expression[] }
    | { type: 'map'; entries: MapEntry[] }
    /** `bound` are the expressions of its `$(…)` segments. */
    | { type: 'path'; bound: Expression[] }
    | { type: 'string' | 'name' }
    | { type: 'number'; value: number }
    /** An expression in parentheses. */
    | { type: 'group'; inner: Expression }
  )

export interface MapEntry extends Span {
  key: Expression
  value: Expression
}

export interface AllowStatement extends Span {
  methods: { name: string; at: Span }[]
  /** Null in `allow read;`, which allows always. */
  condition: Expression | null
}

export interface RuleFunction extends Span {
  name: string
  lets: Expression[]
  result: Expression
}

/** A `match` block. `path` is the full path below the root of the database or bucket. */
export interface Block extends Span {
  path: string
  functions: RuleFunction[]
  allows: AllowStatement[]
  blocks: Block[]
}

interface Token extends Span {
  kind: 'word' | 'number' | 'string' | 'sign' | 'end'
  text: string
}

export class RulesSyntaxError extends Error {
  override name = 'RulesSyntaxError'
}

const spacePattern = /(?:\s|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y
const tokenPattern =
  /(?<string>b?(?:'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"))|(?<number>(?:0|[1-9]\d*)(?:\.\d*)?(?![\w$])|\.\d+(?![\w$]))|(?<word>[A-Za-z_$][\w$]*)|(?<sign>&&|\|\||\+\+|--|[=!<>]=|[<>!?:;,.(){}[\]+\-*/%=])/y
const boundSegmentPattern = /\/\$\s*\(/y
const literalSegmentPattern =
  /\/(?:(?:[\w.~@-]|%[\dA-Fa-f]{2})+|\([\w-]+\)|\s*\{\s*[A-Za-z_]\w*\s*(?:=\s*\*{1,2}\s*)?\})/y
/** Prefix of the paths at the top of a service. */
const rootPattern = /^\/(?:databases\/[^/]+\/documents|b\/[^/]+\/o)(?=\/|$)/

const reserved = new Set('allow function if import in is let match return service'.split(' '))

/** From loosest to tightest; `? :` is looser than all of them, unary operators are tighter. */
const precedences: readonly string[][] = [
  ['||'],
  ['&&'],
  ['in'],
  ['is'],
  ['==', '!='],
  ['<', '<=', '>', '>='],
  ['+', '-'],
  ['*', '/', '%'],
]
const precedenceOf = new Map(precedences.flatMap((level, index) => level.map((text) => [text, index])))
const arithmeticOperators = new Set(['+', '-', '*', '/', '%'])

function matchAt(pattern: RegExp, source: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(source)
}

function afterSpace(source: string, at: number): number {
  return at + (matchAt(spacePattern, source, at)?.[0].length ?? 0)
}

function readToken(source: string, from: number): Token {
  const start = afterSpace(source, from)
  if (start === source.length) return { kind: 'end', text: '', start, end: start }
  const found = matchAt(tokenPattern, source, start)
  if (found === null) throw new RulesSyntaxError(`Unexpected text at ${place(source, start)}.`)
  const [text] = found
  const kind = (['string', 'number', 'word', 'sign'] as const).find((name) => found.groups?.[name] === text)
  return { kind: kind ?? 'sign', text, start, end: start + text.length }
}

export function lineOf(source: string, at: number): number {
  return source.slice(0, at).split('\n').length
}

function place(source: string, at: number): string {
  const text = source.slice(at, at + 20).split('\n')[0] ?? ''
  return `line ${lineOf(source, at)}: ${at >= source.length ? 'end of the file' : text}`
}

/** Parses the whole file. Returns the root of its services as one block with the path ''. */
export function parseRules(source: string): Block {
  // The parser reads one token ahead. `/` starts a path where an operand is expected and divides everywhere else.
  let current = readToken(source, 0)
  let previousEnd = 0

  const moveTo = (position: number): void => {
    previousEnd = position
    current = readToken(source, position)
  }
  const next = (): Token => {
    const token = current
    moveTo(token.end)
    return token
  }
  const at = (text: string): boolean => current.text === text && current.kind !== 'string'
  const accept = (text: string): boolean => {
    if (!at(text)) return false
    moveTo(current.end)
    return true
  }
  const expectedAt = (what: string, position: number): RulesSyntaxError =>
    new RulesSyntaxError(`Expected ${what} at ${place(source, position)}.`)
  const expect = (text: string): Token => {
    if (!at(text)) throw expectedAt(text, current.start)
    return next()
  }
  const expectWord = (what: string): Token => {
    if (current.kind !== 'word') throw expectedAt(what, current.start)
    return next()
  }
  const expectName = (what: string): Token => {
    if (reserved.has(current.text)) throw expectedAt(what, current.start)
    return expectWord(what)
  }

  function file(): Block {
    const root: Block = { path: '', functions: [], allows: [], blocks: [], start: 0, end: source.length }
    if (accept('rules_version')) {
      expect('=')
      if (current.kind !== 'string') throw expectedAt('a version', current.start)
      next()
      accept(';')
    }
    while (current.kind !== 'end') {
      if (at('function')) root.functions.push(ruleFunction())
      else service(root)
    }
    return root
  }

  function service(root: Block): void {
    expect('service')
    do expectWord('a name')
    while (accept('.'))
    expect('{')
    while (!accept('}')) {
      if (at('function')) root.functions.push(ruleFunction())
      else root.blocks.push(block(''))
    }
  }

  function block(parent: string): Block {
    const { start } = expect('match')
    const pathAt = current.start
    const { text, bound } = path()
    if (bound.length > 0) throw new RulesSyntaxError(`Unexpected $ in the path at ${place(source, pathAt)}.`)
    const full = (parent === '' ? text.replace(rootPattern, '') : `/${parent}${text}`).replace(/^\//, '')
    const found: Block = { path: full, functions: [], allows: [], blocks: [], start, end: start }
    expect('{')
    while (!at('}')) {
      if (at('match')) found.blocks.push(block(full))
      else if (at('function')) found.functions.push(ruleFunction())
      else found.allows.push(allow())
    }
    found.end = expect('}').end
    return found
  }

  function ruleFunction(): RuleFunction {
    const { start } = expect('function')
    const name = expectName('a name').text
    expect('(')
    if (!at(')')) {
      do expectName('a parameter')
      while (accept(','))
    }
    expect(')')
    expect('{')
    const lets: Expression[] = []
    while (accept('let')) {
      expectName('a name')
      expect('=')
      lets.push(expression())
      expect(';')
    }
    expect('return')
    const result = expression()
    accept(';')
    return { name, lets, result, start, end: expect('}').end }
  }

  function allow(): AllowStatement {
    const { start } = expect('allow')
    const methods: AllowStatement['methods'] = []
    do {
      const { text, start: from, end: to } = expectWord('a method')
      methods.push({ name: text, at: { start: from, end: to } })
    } while (accept(','))
    let condition: Expression | null = null
    if (accept(':')) {
      expect('if')
      condition = expression()
    }
    if (!at('}')) expect(';')
    return { methods, condition, start, end: previousEnd }
  }

  function expression(): Expression {
    const condition = binary(0)
    if (!accept('?')) return condition
    const then = expression()
    expect(':')
    const otherwise = expression()
    // oxlint-disable-next-line unicorn/no-thenable -- `then` is a branch of the ternary; this object is not a promise
    return { type: 'ternary', condition, then, otherwise, start: condition.start, end: otherwise.end }
  }

  /** Reads operands joined by operators of at least this precedence. */
  function binary(least: number): Expression {
    let left = unary()
    for (;;) {
      const { text: operator, start, end, kind } = current
      const precedence = kind === 'string' ? undefined : precedenceOf.get(operator)
      if (precedence === undefined || precedence < least) return left
      next()
      const right = operator === 'is' ? typeName() : binary(precedence + 1)
      left = combine(operator, { start, end }, left, right)
    }
  }

  function combine(operator: string, operatorAt: Span, left: Expression, right: Expression): Expression {
    const span = { start: left.start, end: right.end }
    if (operator === '&&' || operator === '||') {
      const isSame = left.type === 'logical' && left.operator === operator
      return { type: 'logical', operator, operands: [...(isSame ? left.operands : [left]), right], ...span }
    }
    const type = arithmeticOperators.has(operator) ? 'arithmetic' : 'comparison'
    return { type, operator, operatorAt, left, right, ...span }
  }

  function typeName(): Expression {
    const { start, end } = expectName('a type')
    return { type: 'name', start, end }
  }

  function unary(): Expression {
    const { start } = current
    if (accept('!')) {
      const operand = unary()
      return { type: 'not', operand, start, end: operand.end }
    }
    if (accept('-')) {
      const operand = postfix()
      return { type: 'negative', operand, start, end: operand.end }
    }
    return postfix()
  }

  function postfix(): Expression {
    let nameAt: Span | null = current.kind === 'word' ? current : null
    let target: Expression | null = null
    let found = primary()
    for (;;) {
      const { start } = found
      if (accept('.')) {
        target = found
        nameAt = expectWord('a name')
        found = { type: 'member', target, index: null, start, end: previousEnd }
      } else if (accept('[')) {
        found = subscript(found)
        nameAt = null
      } else if (nameAt !== null && accept('(')) {
        const { start: from, end: to } = nameAt
        const calleeAt = { start: from, end: to }
        const args = listUntil(')', expression)
        const callee = source.slice(from, to)
        found = { type: 'call', callee, calleeAt, target, args, start, end: previousEnd }
        nameAt = null
      } else return found
    }
  }

  function subscript(target: Expression): Expression {
    const { start } = target
    const from = at(':') ? null : expression()
    if (!accept(':')) {
      expect(']')
      return { type: 'member', target, index: from, start, end: previousEnd }
    }
    const to = at(']') ? null : expression()
    expect(']')
    return { type: 'range', target, from, to, start, end: previousEnd }
  }

  function primary(): Expression {
    if (at('/')) {
      const { bound, start, end } = path()
      return { type: 'path', bound, start, end }
    }
    const { kind, text, start, end } = current
    if (accept('(')) {
      const inner = expression()
      return { type: 'group', inner, start, end: expect(')').end }
    }
    if (accept('[')) {
      const elements = listUntil(']', expression)
      return { type: 'list', elements, start, end: previousEnd }
    }
    if (accept('{')) {
      const entries = listUntil('}', entry)
      return { type: 'map', entries, start, end: previousEnd }
    }
    if (kind === 'end' || kind === 'sign' || (kind === 'word' && reserved.has(text))) {
      throw expectedAt('an expression', start)
    }
    next()
    if (kind === 'number') return { type: 'number', value: Number(text), start, end }
    return { type: kind === 'string' ? 'string' : 'name', start, end }
  }

  function entry(): MapEntry {
    const key = expression()
    expect(':')
    const value = expression()
    return { key, value, start: key.start, end: value.end }
  }

  /** `text` joins the literal segments, without white space. `bound` are the expressions of the `$(…)` segments. */
  function path(): Span & { text: string; bound: Expression[] } {
    const { start } = current
    const bound: Expression[] = []
    let text = ''
    let end = start
    for (let from = start; ; from = afterSpace(source, end)) {
      const opening = matchAt(boundSegmentPattern, source, from)
      const literal = matchAt(literalSegmentPattern, source, from)
      if (opening !== null) {
        moveTo(from + opening[0].length)
        bound.push(expression())
        end = expect(')').end
      } else if (literal !== null) {
        end = from + literal[0].length
        text += literal[0].replace(/\s/g, '')
      } else if (end === start) {
        throw expectedAt('a path', start)
      } else break
    }
    moveTo(end)
    return { text, bound, start, end }
  }

  /** Elements separated by commas. A comma may follow the last element. */
  function listUntil<Element>(closing: string, element: () => Element): Element[] {
    const found: Element[] = []
    while (!accept(closing)) {
      found.push(element())
      if (!accept(',') && !at(closing)) throw expectedAt(`, or ${closing}`, current.start)
    }
    return found
  }

  return file()
}
