import { relative, sep } from 'node:path'
import { root } from '../lib/paths.ts'
import { importProblem, mayReadBridge, nameProblem } from './layers.ts'

/*
 * Lint rule of the project: which part of src/ may import which (see layers.ts). oxlint loads it as an ESLint plugin; only
 * the used part of ESLint's types is declared here.
 */

interface Node {
  type: string
}
interface ImportNode extends Node {
  source: { value?: unknown } | null
}
interface Context {
  filename: string
  report(problem: { node: Node; message: string }): void
}

const layers = {
  create(context: Context) {
    const file = relative(root, context.filename).split(sep).join('/')
    const report = (node: Node, message: string | undefined): void => {
      if (message !== undefined) context.report({ node, message })
    }
    const checkImport = (node: ImportNode): void => {
      if (typeof node.source?.value === 'string') report(node, importProblem(file, node.source.value))
    }
    return {
      ImportDeclaration: checkImport,
      ImportExpression: checkImport,
      ExportNamedDeclaration: checkImport,
      ExportAllDeclaration: checkImport,
      Identifier(node: Node & { name: string }) {
        report(node, nameProblem(file, node.name))
      },
      MemberExpression(node: Node & { object: { name?: string }; property: { name?: string } }) {
        const reads = node.property.name === 'perch' && /^(window|globalThis)$/.test(node.object.name ?? '')
        if (reads && !mayReadBridge(file)) report(node, 'Only src/renderer/platform/ reads window.perch.')
      },
    }
  },
}

export default { meta: { name: 'perch' }, rules: { layers } }
