/** Converts the values of the structured clone algorithm to text and back, including cycles. */
export interface Codec {
  /** Throws "An object could not be cloned." for functions, symbols and exotic objects, as Electron does. */
  encode(value: unknown): string
  decode(text: string): unknown
}

type Packed =
  | null
  | string
  | number
  | boolean
  | { $: 'undefined' }
  | { $: 'number' | 'bigint'; v: string }
  | { $: 'seen'; id: number }
  | { $: 'date'; id: number; v: number | null } // null: an invalid date
  | { $: 'regexp'; id: number; v: [source: string, flags: string] }
  | { $: 'array' | 'set'; id: number; v: Packed[] }
  | { $: 'map'; id: number; v: [Packed, Packed][] }
  | { $: 'object'; id: number; v: [string, Packed][] }
  | { $: 'buffer'; id: number; v: string }
  | { $: 'view'; id: number; of: string; v: string }
  | { $: 'error'; id: number; v: [name: string, message: string, stack?: string] }

/** Its source text is also injected into pages, so it must not refer to anything outside. */
export function makeCodec(): Codec {
  const toBase64 = (bytes: Uint8Array): string => {
    const parts: string[] = []
    for (let at = 0; at < bytes.length; at += 8192)
      parts.push(String.fromCharCode(...bytes.subarray(at, at + 8192)))
    return btoa(parts.join(''))
  }
  const fromBase64 = (text: string): Uint8Array<ArrayBuffer> => {
    const decoded = atob(text)
    const bytes = new Uint8Array(decoded.length)
    for (let at = 0; at < decoded.length; at++) bytes[at] = decoded.charCodeAt(at)
    return bytes
  }
  const views: Record<string, new (buffer: ArrayBuffer) => ArrayBufferView> = {
    Int8Array,
    Uint8Array,
    Uint8ClampedArray,
    Int16Array,
    Uint16Array,
    Int32Array,
    Uint32Array,
    Float32Array,
    Float64Array,
    BigInt64Array,
    BigUint64Array,
    DataView,
  }

  const packObject = (value: object, seen: Map<object, number>): Packed => {
    const before = seen.get(value)
    if (before !== undefined) return { $: 'seen', id: before }
    const id = seen.size
    seen.set(value, id)
    if (Array.isArray(value)) return { $: 'array', id, v: Array.from(value, (item) => pack(item, seen)) }
    if (value instanceof Date)
      return { $: 'date', id, v: Number.isNaN(value.getTime()) ? null : value.getTime() }
    if (value instanceof RegExp) return { $: 'regexp', id, v: [value.source, value.flags] }
    if (value instanceof Map) {
      return { $: 'map', id, v: Array.from(value, ([k, v]) => [pack(k, seen), pack(v, seen)]) }
    }
    if (value instanceof Set) return { $: 'set', id, v: Array.from(value, (item) => pack(item, seen)) }
    if (value instanceof ArrayBuffer) return { $: 'buffer', id, v: toBase64(new Uint8Array(value)) }
    if (ArrayBuffer.isView(value)) {
      const name = value.constructor.name
      const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
      return { $: 'view', id, of: name === 'Buffer' ? 'Uint8Array' : name, v: toBase64(bytes) }
    }
    if (value instanceof Error) return { $: 'error', id, v: [value.name, value.message, value.stack ?? ''] }
    if (Object.prototype.toString.call(value) !== '[object Object]') {
      throw new Error('An object could not be cloned.')
    }
    return { $: 'object', id, v: Object.entries(value).map(([key, item]) => [key, pack(item, seen)]) }
  }

  const pack = (value: unknown, seen: Map<object, number>): Packed => {
    switch (typeof value) {
      case 'string':
      case 'boolean':
        return value
      case 'number':
        if (Number.isFinite(value) && !Object.is(value, -0)) return value
        return { $: 'number', v: Object.is(value, -0) ? '-0' : String(value) }
      case 'undefined':
        return { $: 'undefined' }
      case 'bigint':
        return { $: 'bigint', v: String(value) }
      case 'object':
        return value === null ? null : packObject(value, seen)
      case 'function':
      case 'symbol':
      default:
        throw new Error('An object could not be cloned.')
    }
  }

  const makeError = ([name, message, stack]: [name: string, message: string, stack?: string]): Error => {
    const error = new Error(message)
    error.name = name
    if (stack) error.stack = stack
    return error
  }

  const unpack = (packed: Packed, seen: Map<number, unknown>): unknown => {
    if (packed === null || typeof packed !== 'object') return packed
    const keep = <T>(id: number, made: T): T => {
      seen.set(id, made)
      return made
    }
    switch (packed.$) {
      case 'undefined':
        return undefined
      case 'number':
        return Number(packed.v)
      case 'bigint':
        return BigInt(packed.v)
      case 'seen':
        return seen.get(packed.id)
      case 'date':
        return keep(packed.id, new Date(packed.v ?? Number.NaN))
      case 'regexp':
        return keep(packed.id, new RegExp(packed.v[0], packed.v[1]))
      case 'array': {
        const array: unknown[] = keep(packed.id, [])
        for (const item of packed.v) array.push(unpack(item, seen))
        return array
      }
      case 'set': {
        const set = keep(packed.id, new Set())
        for (const item of packed.v) set.add(unpack(item, seen))
        return set
      }
      case 'map': {
        const map = keep(packed.id, new Map())
        for (const [key, item] of packed.v) map.set(unpack(key, seen), unpack(item, seen))
        return map
      }
      case 'object': {
        const object = keep(packed.id, {})
        for (const [key, item] of packed.v) {
          const value = unpack(item, seen) // not a plain assignment: the key may be __proto__
          Object.defineProperty(object, key, { value, enumerable: true, writable: true, configurable: true })
        }
        return object
      }
      case 'buffer':
        return keep(packed.id, fromBase64(packed.v).buffer)
      case 'view': {
        const View = views[packed.of]
        if (!View) throw new Error(`unknown view ${packed.of}`)
        return keep(packed.id, new View(fromBase64(packed.v).buffer))
      }
      case 'error':
      default:
        return keep(packed.id, makeError(packed.v))
    }
  }

  return {
    encode: (value) => JSON.stringify(pack(value, new Map())),
    decode(text) {
      const packed: Packed = JSON.parse(text) // oxlint-disable-line typescript/no-unsafe-assignment -- `encode` wrote this text
      return unpack(packed, new Map())
    },
  }
}
