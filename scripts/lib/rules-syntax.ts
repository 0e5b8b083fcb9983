/*
 * Reads firestore.rules as far as the mutation check needs: blocks, functions, allow statements and their expressions,
 * each with where it stands in the source.
 */

interface Span {
  start: number
  end: number
}

export type Expression = Span &
  (
    | { type: 'logical'; operator: '&&' | '||'; operands: Expression[] }
    | { type: 'comparison'; operator: string; operatorAt: Span; left: Expression; right: Expression }
    | { type: 'arithmetic'; left: Expression; right: Expression }
    | { type: 'not'; operand: Expression }
    | { type: 'ternary'; condition: Expression; then: Expression; otherwise: Expression }
    /** `callee` is the last name before the parenthesis, `target` what stands before its dot. */
    | { type: 'call'; callee: string; calleeAt: Span; target: Expression | null; args: Expression[] }
    | { type: 'member'; target: Expression; index: Expression | null }
    | { type: 'list'; elements: Expression[] }
    | { type: 'string' | 'name' | 'path' }
    | { type: 'number'; value: number }
    /** An expression in parentheses. */
    | { type: 'group'; inner: Expression }
  )

export interface AllowStatement extends Span {
  methods: { name: string; at: Span }[]
  condition: Expression
}

export interface RuleFunction extends Span {
  name: string
  lets: Expression[]
  result: Expression
}

/** A `match` block; `path` is the whole one, below the database's root. */
export interface Block extends Span {
  path: string
  functions: RuleFunction[]
  allows: AllowStatement[]
  blocks: Block[]
}

interface Token extends Span {
  kind: 'word' | 'number' | 'string' | 'path' | 'sign'
  text: string
}

export class RulesSyntaxError extends Error {
  override name = 'RulesSyntaxError'
}

// A path is told from a division by what precedes it: the rules have no division.
const tokenPattern =
  /(?<space>\s+|\/\/[^\n]*)|(?<string>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")|(?<number>\d+(?:\.\d+)?)|(?<word>[A-Za-z_]\w*)|(?<path>(?:\/(?:\$\([^)]*\)|\{[^}]*\}|[\w-]+))+)|(?<sign>&&|\|\||[=!<>]=|[<>!?:;,.(){}[\]+\-*%=])/y

function tokenize(source: string): Token[] {
  const tokens: Token[] = []
  tokenPattern.lastIndex = 0
  while (tokenPattern.lastIndex < source.length) {
    const start = tokenPattern.lastIndex
    const groups = tokenPattern.exec(source)?.groups
    if (groups === undefined) throw new RulesSyntaxError(`Cannot read the rules at ${place(source, start)}.`)
    const end = tokenPattern.lastIndex
    const text = source.slice(start, end)
    for (const kind of ['string', 'number', 'word', 'path', 'sign'] as const) {
      if (groups[kind] !== undefined) tokens.push({ kind, text, start, end })
    }
  }
  return tokens
}

export function lineOf(source: string, at: number): number {
  return source.slice(0, at).split('\n').length
}

function place(source: string, at: number): string {
  return `line ${lineOf(source, at)}: ${source.slice(at, at + 20).split('\n')[0] ?? ''}`
}

/** The blocks below the root block of the service, as one block with the path ''. */
export function parseRules(source: string): Block {
  const tokens = tokenize(source)
  let position = 0

  const peek = (): Token =>
    tokens[position] ?? { kind: 'sign', text: '', start: source.length, end: source.length }
  const next = (): Token => {
    const token = peek()
    position += 1
    return token
  }
  const at = (text: string): boolean => peek().text === text && peek().kind !== 'string'
  const accept = (text: string): boolean => {
    if (!at(text)) return false
    position += 1
    return true
  }
  const expect = (text: string): Token => {
    if (!at(text)) throw new RulesSyntaxError(`Expected ${text} at ${place(source, peek().start)}.`)
    return next()
  }
  const previousEnd = (): number => tokens[position - 1]?.end ?? 0

  function file(): Block {
    while (!at('service')) next()
    next()
    while (!accept('{')) next()
    expect('match')
    const root = block('')
    expect('}')
    return root
  }

  function block(parent: string): Block {
    const { text, start } = next()
    const path = parent === '' && text.startsWith('/databases/') ? '' : `${parent}${text}`.replace(/^\//, '')
    const found: Block = { path, functions: [], allows: [], blocks: [], start, end: start }
    expect('{')
    while (!at('}')) {
      if (accept('match')) found.blocks.push(block(path))
      else if (at('function')) found.functions.push(ruleFunction())
      else found.allows.push(allow())
    }
    found.end = expect('}').end
    return found
  }

  function ruleFunction(): RuleFunction {
    const { start } = expect('function')
    const name = next().text
    while (!accept('{')) next()
    const lets: Expression[] = []
    while (accept('let')) {
      next()
      expect('=')
      lets.push(expression())
      expect(';')
    }
    expect('return')
    const result = expression()
    expect(';')
    return { name, lets, result, start, end: expect('}').end }
  }

  function allow(): AllowStatement {
    const { start } = expect('allow')
    const methods: AllowStatement['methods'] = []
    do {
      const { text, start: from, end: to } = next()
      methods.push({ name: text, at: { start: from, end: to } })
    } while (accept(','))
    expect(':')
    expect('if')
    const condition = expression()
    return { methods, condition, start, end: expect(';').end }
  }

  function expression(): Expression {
    const condition = logical('||')
    if (!accept('?')) return condition
    const then = expression()
    expect(':')
    const otherwise = expression()
    // oxlint-disable-next-line unicorn/no-thenable -- a branch, no promise
    return { type: 'ternary', condition, then, otherwise, start: condition.start, end: otherwise.end }
  }

  function logical(operator: '&&' | '||'): Expression {
    const operand = (): Expression => (operator === '||' ? logical('&&') : comparison())
    const first = operand()
    const operands = [first]
    while (accept(operator)) operands.push(operand())
    if (operands.length === 1) return first
    return { type: 'logical', operator, operands, start: first.start, end: previousEnd() }
  }

  function comparison(): Expression {
    const left = arithmetic()
    if (!['==', '!=', '<', '<=', '>', '>=', 'in', 'is'].includes(peek().text)) return left
    const { text: operator, start, end } = next()
    const right = arithmetic()
    const operatorAt = { start, end }
    return { type: 'comparison', operator, operatorAt, left, right, start: left.start, end: right.end }
  }

  function arithmetic(): Expression {
    let left = unary()
    while (accept('+') || accept('-')) {
      const right = unary()
      left = { type: 'arithmetic', left, right, start: left.start, end: right.end }
    }
    return left
  }

  function unary(): Expression {
    if (!at('!')) return postfix()
    const { start } = next()
    const operand = unary()
    return { type: 'not', operand, start, end: operand.end }
  }

  function postfix(): Expression {
    const first = peek()
    let found = primary()
    let target: Expression | null = null
    let calleeAt: Span = first
    for (;;) {
      const { start } = found
      if (accept('.')) {
        calleeAt = next()
        target = found
        found = { type: 'member', target, index: null, start, end: previousEnd() }
      } else if (at('(')) {
        next()
        const args = listUntil(')')
        const callee = source.slice(calleeAt.start, calleeAt.end)
        found = { type: 'call', callee, calleeAt, target, args, start, end: previousEnd() }
      } else if (accept('[')) {
        const index = expression()
        expect(']')
        found = { type: 'member', target: found, index, start, end: previousEnd() }
      } else return found
    }
  }

  function primary(): Expression {
    const { kind, text, start, end } = next()
    if (text === '(') {
      const inner = expression()
      return { type: 'group', inner, start, end: expect(')').end }
    }
    if (text === '[') {
      const elements = listUntil(']')
      return { type: 'list', elements, start, end: previousEnd() }
    }
    if (kind === 'number') return { type: 'number', value: Number(text), start, end }
    if (kind === 'string' || kind === 'path') return { type: kind, start, end }
    if (kind === 'word') return { type: 'name', start, end }
    throw new RulesSyntaxError(`Unexpected ${text} at ${place(source, start)}.`)
  }

  function listUntil(closing: string): Expression[] {
    const found: Expression[] = []
    while (!accept(closing)) {
      found.push(expression())
      accept(',')
    }
    return found
  }

  return file()
}
