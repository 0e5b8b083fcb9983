import { parseBlock } from '../converters.ts'
import { followOwn } from './collection.ts'

export const blocks = followOwn<'blocks'>('blocked', parseBlock)
