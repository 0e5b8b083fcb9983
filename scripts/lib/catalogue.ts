import { parseSync, Visitor, type ESTree } from 'vite'

/*
 * Compares the catalogue of strings with the code that uses it. The code is parsed, not run. tsc finds most wrong keys too, but
 * it knows neither unused strings nor the variables of a string.
 */

export interface Source {
  file: string
  text: string
}

/** The values of `${…}` in each key that the code builds. The key is written with `*` for `${…}`. */
export type BuiltKeys = Readonly<Record<string, readonly string[]>>

/** Nested strings, as in the JSON file. */
export interface Catalogue {
  [name: string]: string | Catalogue
}

/** One key as t() gets it: without the plural suffix. */
interface Entry {
  /** By plural form; an entry without plurals has its text under ''. */
  texts: Map<string, string>
  used: boolean
}

const PLURAL_SUFFIX = /_(zero|one|two|few|many|other)$/u
const VARIABLE = /\{\{(\w+)\}\}/gu

/** Returns the problems: unused strings, missing keys, incomplete plurals, and variables that do not match. */
export function catalogueProblems(
  catalogue: Catalogue,
  { language, sources, builtKeys }: { language: string; sources: readonly Source[]; builtKeys: BuiltKeys },
): string[] {
  const entries = entriesOf(catalogue)
  const problems = pluralProblems(entries, language)
  const builders = new Set<string>()
  for (const { file, text } of sources) {
    const report = (problem: string): void => void problems.push(`${file}: ${problem}`)
    for (const use of usesIn({ file, text }, new Set(Object.keys(catalogue)))) {
      if (use.template) {
        builders.add(use.key)
        if (builtKeys[use.key] === undefined) report(`builds the key ${use.key}, which is not listed`)
      }
      const keys = use.template ? expand(use.key, builtKeys) : [use.key]
      for (const key of keys) {
        const entry = entries.get(key)
        if (entry !== undefined) {
          entry.used = true
          for (const problem of variableProblems(entry, use.passed)) report(`${key} ${problem}`)
        } else if (use.inCall || use.template) report(`${key} is not in the catalogue`)
      }
    }
  }
  for (const key of Object.keys(builtKeys)) {
    if (!builders.has(key)) problems.push(`${key} is listed, but no code builds it`)
  }
  for (const [key, { used }] of entries) if (!used) problems.push(`${key} is not used`)
  return problems
}

function entriesOf(
  catalogue: Catalogue,
  prefix = '',
  entries = new Map<string, Entry>(),
): Map<string, Entry> {
  for (const [name, value] of Object.entries(catalogue)) {
    if (typeof value !== 'string') {
      entriesOf(value, `${prefix}${name}.`, entries)
      continue
    }
    const form = PLURAL_SUFFIX.exec(name)?.[1] ?? ''
    const key = prefix + name.replace(PLURAL_SUFFIX, '')
    const entry = entries.get(key) ?? { texts: new Map<string, string>(), used: false }
    entry.texts.set(form, value)
    entries.set(key, entry)
  }
  return entries
}

function pluralProblems(entries: ReadonlyMap<string, Entry>, language: string): string[] {
  const forms = new Set<string>(new Intl.PluralRules(language).resolvedOptions().pluralCategories)
  return [...entries].flatMap(([key, { texts }]) => {
    const present = new Set(texts.keys())
    if (present.size === 1 && present.has('')) return []
    const missing = minus(forms, present).map((form) => `${key} has no plural form _${form}`)
    const strange = minus(present, forms).map((form) =>
      form === ''
        ? `${key} has a text with and without plural forms`
        : `${key} has the unknown plural form _${form}`,
    )
    return [...missing, ...strange]
  })
}

/** `passed`: the variables that the code passes. */
function variableProblems({ texts }: Entry, passed: ReadonlySet<string>): string[] {
  const plural = !texts.has('')
  const inTexts = [...texts.values()].map(variablesOf)
  const all = new Set(inTexts.flatMap((variables) => [...variables]))
  // A plural needs the count even when its texts do not show it, as in "New message".
  if (plural) for (const variables of [...inTexts, all]) variables.add('count')
  return [
    ...minus(all, passed).map((name) => `needs {{${name}}}, which the code does not pass`),
    ...minus(passed, all).map((name) => `does not use {{${name}}}, which the code passes`),
    ...inTexts
      .flatMap((variables) => minus(all, variables))
      .map((name) => `does not use {{${name}}} in each plural form`),
  ]
}

function minus(set: ReadonlySet<string>, other: ReadonlySet<string>): string[] {
  return [...set].filter((item) => !other.has(item))
}

function variablesOf(text: string): Set<string> {
  return new Set([...text.matchAll(VARIABLE)].map(([, name = '']) => name))
}

function expand(template: string, builtKeys: BuiltKeys): string[] {
  return (builtKeys[template] ?? []).map((value) => template.replace('*', value))
}

interface Use {
  /** With `*` for each `${…}` of a template. */
  key: string
  template: boolean
  /** Whether it is an argument of t(). Elsewhere, a string is a use only if it is a key. */
  inCall: boolean
  passed: ReadonlySet<string>
}

/**
 * Finds each string that may be a key. A key that is not written in the call of t() itself (but in a table, say) has no
 * variables, because such a call passes none.
 */
function usesIn({ file, text }: Source, groups: ReadonlySet<string>): Use[] {
  const uses: Use[] = []
  const inCalls = new Set<ESTree.Node>()
  const none = new Set<string>()

  const add = (node: ESTree.StringLiteral | ESTree.TemplateLiteral, passed?: ReadonlySet<string>): void => {
    const key = keyOf(node)
    const inCall = passed !== undefined
    if (!inCall && !groups.has(key.split('.')[0] ?? '')) return
    uses.push({ key, template: key.includes('*'), inCall, passed: passed ?? none })
  }
  new Visitor({
    CallExpression({ callee, arguments: [key, variables] }) {
      if (!isTranslate(callee) || key === undefined) return
      const passed = variables === undefined ? none : passedIn(variables, file)
      for (const node of writtenKeys(key)) {
        inCalls.add(node)
        add(node, passed)
      }
    },
    Literal(node) {
      if (isString(node) && !inCalls.has(node)) add(node)
    },
    TemplateLiteral(node) {
      if (!inCalls.has(node)) add(node)
    },
  }).visit(parseSync(file, text).program)
  return uses
}

function isString(node: ESTree.Node): node is ESTree.StringLiteral {
  return node.type === 'Literal' && typeof node.value === 'string'
}

function isTranslate(callee: ESTree.Expression): boolean {
  if (callee.type === 'Identifier') return callee.name === 't'
  return (
    callee.type === 'MemberExpression' &&
    callee.property.type === 'Identifier' &&
    callee.property.name === 't'
  )
}

/** Returns the keys that are written in the first argument of t(), on both sides of a condition. */
function writtenKeys(node: ESTree.Node): (ESTree.StringLiteral | ESTree.TemplateLiteral)[] {
  if (node.type === 'ConditionalExpression') {
    return [...writtenKeys(node.consequent), ...writtenKeys(node.alternate)]
  }
  return isString(node) || node.type === 'TemplateLiteral' ? [node] : []
}

function keyOf(node: ESTree.StringLiteral | ESTree.TemplateLiteral): string {
  return node.type === 'Literal' ? node.value : node.quasis.map(({ value }) => value.cooked).join('*')
}

/** Returns the names of the variables. They must be written in the call. */
function passedIn(node: ESTree.Node, file: string): Set<string> {
  if (node.type !== 'ObjectExpression')
    throw new Error(`${file}: t() gets variables that are not an object literal`)
  return new Set(
    node.properties.map((property) => {
      if (property.type === 'Property' && property.key.type === 'Identifier') return property.key.name
      throw new Error(`${file}: t() gets variables without names`)
    }),
  )
}
