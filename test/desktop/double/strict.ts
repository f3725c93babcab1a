/** Names that languages and tools ask of any object, without meaning Electron. */
const asked = new Set(['then', 'toJSON', 'constructor', 'asymmetricMatch', 'nodeType', '$$typeof', 'domain'])

function fault(name: string): Error {
  return new Error(`The double of electron has no ${name}.`)
}

/** The same object, of which everything that is not there throws by its name instead of being undefined. */
export function strict<T extends object>(name: string, target: T): T {
  return new Proxy(target, {
    get(target, key, receiver): unknown {
      if (typeof key === 'symbol' || key in target || asked.has(key))
        return Reflect.get(target, key, receiver)
      throw fault(`${name}.${key}`)
    },
  })
}

/** Stands for a whole module that the double does not have: importing it is fine, using it throws. */
export function missing(name: string): never {
  const target = function () {}
  const refuse = () => {
    throw fault(name)
  }
  return new Proxy(target, {
    get(_target, key): unknown {
      if (typeof key === 'symbol' || asked.has(key)) return undefined
      throw fault(`${name}.${key}`)
    },
    apply: refuse,
    construct: refuse,
  }) as never
}
