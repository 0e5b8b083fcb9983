import { lineOf, parseRules, type AllowStatement, type Block, type Expression } from './rules-syntax.ts'

/** The rules with one change. */
export interface Mutant {
  /** Paths of the blocks whose decisions it can change, as in the rules, relative to the database's root. */
  blocks: string[]
  line: number
  description: string
  source: string
}

/** Names a mutant in files. Lines move, so they are no part of it; mutants of the same block can share a key. */
export const keyOf = ({ blocks, description }: Mutant): string => `${blocks.join(' ')} · ${description}`

/** Moves a boundary by the smallest step. */
const shifted: Record<string, string> = { '<': '<=', '<=': '<', '>': '>=', '>=': '>' }
const opposite: Record<string, string> = {
  '==': '!=',
  '!=': '==',
  '<': '>=',
  '<=': '>',
  '>': '<=',
  '>=': '<',
}
/** The space after `/` is needed, because `/name` would be a path. */
const otherArithmetic: Record<string, string> = { '+': '-', '-': '+', '*': '/ ', '/': '*', '%': '*' }
/** Exchanges a lookup before the batch with the same lookup after it. */
const otherMoment: Record<string, string> = {
  get: 'getAfter',
  getAfter: 'get',
  exists: 'existsAfter',
  existsAfter: 'exists',
}
const readMethods = ['get', 'list']
const booleanCalls = new Set(['hasOnly', 'hasAll', 'hasAny', 'matches', 'exists', 'existsAfter'])

/**
 * Returns every mutant that the tests must notice, in the order of the source, without duplicates:
 * each allow forced, narrowed and widened; each operand of `&&` and `||` removed and negated, each of those operators
 * exchanged; each comparison negated and its boundary moved; each function result forced; each number changed; each
 * arithmetic operator exchanged and each minus sign removed; each element of a list and entry of a map removed; each
 * lookup moved to the other side of the batch.
 */
export function mutantsOf(source: string): Mutant[] {
  const found = new Map<string, Mutant>()

  function add(
    blocks: string[],
    at: { start: number; end: number },
    text: string,
    description: string,
  ): void {
    const mutated = source.slice(0, at.start) + text + source.slice(at.end)
    if (mutated === source || found.has(mutated)) return
    found.set(mutated, { blocks, line: lineOf(source, at.start), description, source: mutated })
  }
  const textOf = ({ start, end }: { start: number; end: number }): string => source.slice(start, end)
  const brief = (node: { start: number; end: number }): string => {
    const line = textOf(node).replace(/\s+/g, ' ')
    return line.length > 70 ? `${line.slice(0, 69)}…` : line
  }

  function inBlock(block: Block): void {
    for (const { name, lets, result } of block.functions) {
      const users = usersOf(name, block)
      for (const value of lets) inExpression(users, value)
      if (isCondition(result)) force(users, result, `${name}()`)
      inExpression(users, result)
    }
    for (const allow of block.allows) {
      inMethods(block.path, allow)
      inCondition(block.path, allow)
    }
    block.blocks.forEach(inBlock)
  }

  function inCondition(block: string, { methods, condition }: AllowStatement): void {
    const what = `allow ${methods.map(({ name }) => name).join(', ')}`
    if (condition !== null) {
      force([block], condition, what)
      inExpression([block], condition)
      return
    }
    const end = methods.at(-1)?.at.end
    if (end !== undefined) add([block], { start: end, end }, ': if false', `${what} is always false`)
  }

  function force(blocks: string[], node: Expression, what: string): void {
    for (const value of ['false', 'true']) add(blocks, node, value, `${what} is always ${value}`)
    add(blocks, node, negation(node), `${what} is negated`)
  }

  function inMethods(block: string, { methods, condition }: AllowStatement): void {
    const names = methods.map(({ name }) => name)
    const [first, last] = [methods[0], methods.at(-1)]
    if (first === undefined || last === undefined) return
    const all = { start: first.at.start, end: last.at.end }
    // A list request has no document id, so a condition that names the id denies every list.
    const ownId = /\{(\w+)\}$/.exec(block)?.[1]
    const namesOwnId =
      ownId !== undefined && condition !== null && new RegExp(`\\b${ownId}\\b`).test(textOf(condition))
    for (const other of otherMethods(names, !namesOwnId)) {
      add([block], all, other.join(', '), `allow ${names.join(', ')} is allow ${other.join(', ')}`)
    }
  }

  function inExpression(blocks: string[], node: Expression, parent = node): void {
    switch (node.type) {
      case 'logical': {
        for (const operand of node.operands) {
          const rest = node.operands.filter((other) => other !== operand).map(textOf)
          add(blocks, node, rest.join(` ${node.operator} `), `without ${brief(operand)}`)
          add(blocks, operand, negation(operand), `negated: ${brief(operand)}`)
        }
        exchangeOperators(blocks, node)
        break
      }
      case 'comparison': {
        const boundary = shifted[node.operator]
        if (boundary !== undefined) add(blocks, node.operatorAt, boundary, `${boundary} in ${brief(node)}`)
        add(blocks, node, negation(node), `negated: ${brief(node)}`)
        break
      }
      case 'arithmetic': {
        const other = otherArithmetic[node.operator]
        if (other !== undefined) add(blocks, node.operatorAt, other, `${other.trim()} in ${brief(node)}`)
        break
      }
      case 'not':
      case 'negative':
        add(blocks, node, textOf(node.operand), `negated: ${brief(node)}`)
        break
      case 'ternary':
        add(blocks, node.condition, negation(node.condition), `negated: ${brief(node.condition)}`)
        add(blocks, node, textOf(node.then), `always ${brief(node.then)}`)
        add(blocks, node, textOf(node.otherwise), `always ${brief(node.otherwise)}`)
        break
      case 'call': {
        // A method such as `map.get()` is no lookup, and Storage's `firestore.get()` has no batch.
        const moment = node.target === null ? otherMoment[node.callee] : undefined
        if (moment !== undefined) add(blocks, node.calleeAt, moment, `${moment} in ${brief(node)}`)
        break
      }
      case 'list':
        for (const element of node.elements) {
          const rest = node.elements.filter((other) => other !== element).map(textOf)
          add(blocks, node, `[${rest.join(', ')}]`, `without ${brief(element)} in ${brief(node)}`)
        }
        break
      case 'map':
        for (const entry of node.entries) {
          const rest = node.entries.filter((other) => other !== entry).map(textOf)
          add(blocks, node, `{${rest.join(', ')}}`, `without ${brief(entry)} in ${brief(node)}`)
        }
        break
      case 'number':
        numbers(blocks, parent, node)
        break
      default:
    }
    for (const child of childrenOf(node)) inExpression(blocks, child, node)
  }

  /** Replaces each single `&&` by `||` and vice versa. */
  function exchangeOperators(blocks: string[], node: Extract<Expression, { type: 'logical' }>): void {
    const other = node.operator === '&&' ? '||' : '&&'
    node.operands.slice(1).forEach((operand, index) => {
      const before = node.operands
        .slice(0, index + 1)
        .map(textOf)
        .join(` ${node.operator} `)
      const after = node.operands
        .slice(index + 1)
        .map(textOf)
        .join(` ${node.operator} `)
      add(blocks, node, `((${before}) ${other} (${after}))`, `${other} before ${brief(operand)}`)
    })
  }

  /** Changes a number by one; halves and doubles a duration, so that no test has to be exact to the second. */
  function numbers(
    blocks: string[],
    parent: Expression,
    { value, start, end }: Expression & { value: number },
  ): void {
    const isDuration = parent.type === 'call' && textOf(parent).startsWith('duration.')
    const isFloat = textOf({ start, end }).includes('.')
    for (const other of isDuration ? [Math.floor(value / 2), value * 2] : [value - 1, value + 1]) {
      const text = isFloat && Number.isInteger(other) ? `${other}.0` : String(other)
      // `--` would be a token of its own.
      const isAfterMinus = other < 0 && source[start - 1] === '-'
      add(blocks, { start, end }, isAfterMinus ? `(${text})` : text, `${text} in ${brief(parent)}`)
    }
  }

  function negation(node: Expression): string {
    if (node.type === 'not') return textOf(node.operand)
    const operator = node.type === 'comparison' ? opposite[node.operator] : undefined
    if (node.type !== 'comparison' || operator === undefined) return `!(${textOf(node)})`
    return `${textOf(node.left)} ${operator} ${textOf(node.right)}`
  }

  inBlock(parseRules(source))
  return [...found.values()]
}

/** Returns the paths of the blocks whose conditions call a function of `home`, directly or through other functions. */
function usersOf(name: string, home: Block): string[] {
  const callers = new Set([name])
  const calls = (node: Expression): boolean =>
    (node.type === 'call' && node.target === null && callers.has(node.callee)) || childrenOf(node).some(calls)
  const within = (block: Block): Block[] => [block, ...block.blocks.flatMap(within)]
  const functions = within(home).flatMap((block) => block.functions)
  for (let known = 0; known !== callers.size;) {
    known = callers.size
    for (const other of functions) if ([...other.lets, other.result].some(calls)) callers.add(other.name)
  }
  return within(home)
    .filter(({ allows }) => allows.some(({ condition }) => condition !== null && calls(condition)))
    .map(({ path }) => path)
}

function isCondition(node: Expression): boolean {
  return (
    ['logical', 'comparison', 'not', 'ternary'].includes(node.type) ||
    (node.type === 'call' && booleanCalls.has(node.callee))
  )
}

/** Returns variants of the methods: each method left out once, and `list` added to `get`. */
function otherMethods(names: string[], canList: boolean): string[][] {
  const spelled = names.flatMap((name) => (name === 'read' ? readMethods : [name]))
  const fewer = spelled.length === 1 ? [] : spelled.map((name) => spelled.filter((other) => other !== name))
  const widens = canList && spelled.includes('get') && !spelled.includes('list')
  return widens ? [...fewer, [...spelled, 'list']] : fewer
}

function childrenOf(node: Expression): Expression[] {
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
      return node.target === null ? node.args : [node.target, ...node.args]
    case 'member':
      return node.index === null ? [node.target] : [node.target, node.index]
    case 'range':
      return [node.target, node.from, node.to].filter((child) => child !== null)
    case 'list':
      return node.elements
    case 'map':
      return node.entries.flatMap(({ key, value }) => [key, value])
    case 'path':
      return node.bound
    case 'group':
      return [node.inner]
    default:
      return []
  }
}
