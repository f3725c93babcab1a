/** Writes structured clones as text and reads them back. */
export interface Codec {
  encode(value: unknown): string
  decode(text: string): unknown
}

/**
 * Carries what the structured clone algorithm carries between two processes that share no memory: maps, sets, dates,
 * buffers, errors, cycles. What it cannot carry throws by its name. Runs in Node and, as source text, in the page.
 */
export function createCodec(bytes: {
  toText(bytes: Uint8Array): string
  fromText(text: string): Uint8Array<ArrayBuffer>
}): Codec {
  type Cell = [kind: string, ...rest: unknown[]]
  const views = [
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
  ]
  const errors = [EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError]
  const whole = (view: ArrayBufferView) => new Uint8Array(view.buffer, view.byteOffset, view.byteLength)

  function encode(value: unknown): string {
    const cells: Cell[] = []
    const seen = new Map<unknown, number>()
    function put(one: unknown): number {
      const known = typeof one === 'object' && one !== null ? seen.get(one) : undefined
      if (known !== undefined) return known
      const index = cells.length
      const cell: Cell = ['u']
      cells.push(cell)
      if (typeof one === 'object' && one !== null) {
        seen.set(one, index)
        cell.splice(0, 1, ...thing(one))
      } else {
        cell.splice(0, 1, ...plain(one))
      }
      return index
    }
    function plain(one: unknown): Cell {
      if (one === null) return ['j', null]
      if (one === undefined) return ['u']
      if (typeof one === 'string' || typeof one === 'boolean') return ['j', one]
      if (typeof one === 'bigint') return ['n', String(one)]
      if (typeof one === 'number') {
        return Number.isFinite(one) && !Object.is(one, -0)
          ? ['j', one]
          : ['f', Object.is(one, -0) ? '-0' : String(one)]
      }
      throw new DOMException(`A ${typeof one} could not be cloned.`, 'DataCloneError')
    }
    function thing(one: object): Cell {
      if (Array.isArray(one)) return ['a', Array.from(one, put)]
      if (one instanceof Date) return ['d', one.getTime()]
      if (one instanceof RegExp) return ['r', one.source, one.flags]
      if (one instanceof Map) return ['m', [...one].map(([key, of]) => [put(key), put(of)])]
      if (one instanceof Set) return ['s', [...one].map(put)]
      if (one instanceof ArrayBuffer) return ['b', bytes.toText(new Uint8Array(one))]
      if (ArrayBuffer.isView(one)) {
        return ['v', views.findIndex((view) => one instanceof view), bytes.toText(whole(one))]
      }
      if (one instanceof Error) return ['e', one.name, one.message]
      const kind = Object.prototype.toString.call(one).slice(8, -1)
      if (kind !== 'Object') throw new DOMException(`A ${kind} could not be cloned.`, 'DataCloneError')
      return ['o', Object.entries(one).map(([key, of]) => [key, put(of)])]
    }
    put(value)
    return JSON.stringify(cells)
  }

  function decode(text: string): unknown {
    const cells = JSON.parse(text) as Cell[]
    const made = new Map<number, unknown>()
    function keep<T>(index: number, one: T): T {
      made.set(index, one)
      return one
    }
    function take(index: number): unknown {
      if (made.has(index)) return made.get(index)
      const [kind, first, second] = cells[index] ?? ['u']
      switch (kind) {
        case 'j':
          return first
        case 'n':
          return BigInt(String(first))
        case 'f':
          return Number(first)
        case 'd':
          return keep(index, new Date(first as number))
        case 'r':
          return keep(index, new RegExp(String(first), String(second)))
        case 'b':
          return keep(index, bytes.fromText(String(first)).buffer)
        case 'v': {
          const buffer = bytes.fromText(String(second)).buffer
          const View = (views[first as number] ?? Uint8Array) as new (buffer: ArrayBuffer) => ArrayBufferView
          return keep(index, new View(buffer))
        }
        case 'e': {
          const Type = errors.find(({ name }) => name === first) ?? Error
          return keep(index, new Type(String(second)))
        }
        case 'a': {
          const list = keep<unknown[]>(index, [])
          for (const one of first as number[]) list.push(take(one))
          return list
        }
        case 's': {
          const set = keep(index, new Set())
          for (const one of first as number[]) set.add(take(one))
          return set
        }
        case 'm': {
          const map = keep(index, new Map())
          for (const [key, of] of first as [number, number][]) map.set(take(key), take(of))
          return map
        }
        case 'o': {
          const object = keep<Record<string, unknown>>(index, {})
          for (const [key, of] of first as [string, number][]) {
            Object.defineProperty(object, key, {
              value: take(of),
              enumerable: true,
              writable: true,
              configurable: true,
            })
          }
          return object
        }
        default:
          return undefined
      }
    }
    return take(0)
  }
  return { encode, decode }
}

/** The codec on Node's side. */
export const codec = createCodec({
  toText: (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64'),
  fromText: (text) => new Uint8Array(Buffer.from(text, 'base64')),
})
