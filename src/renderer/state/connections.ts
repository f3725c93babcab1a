import type { Connection, KeychainState } from '@shared/contract'
import { create } from 'zustand'
import { api, subscribe } from '../api'
import { connectionFor, needOf } from './accounts'
import { useStudio } from './studio'

export {
  connectionFor,
  hostingFor,
  hostingProvider,
  hostingsOf,
  needOf,
  needsAccount,
  usable,
  type AccountProvider,
  type Need,
} from './accounts'

interface ConnectionsState {
  connections: Connection[]
  keychain: KeychainState
  /** False until the studio has answered once. */
  loaded: boolean
  /** The form that is to be open when the connections come into view. */
  wanted: { add: string } | { edit: string } | null
}

/** The person's accounts at providers, and whether the system's keychain keeps their secrets. */
export const useConnections = create<ConnectionsState>(() => ({
  connections: [],
  keychain: 'ready',
  loaded: false,
  wanted: null,
}))

let asked = 0

/** Reads them anew, the state of the keychain included; called when the line to the studio opens and after `reload`. */
export async function loadConnections(): Promise<void> {
  asked += 1
  const mine = asked
  const { connections, keychain } = await api.connections.list()
  // An event that came meanwhile knows better.
  if (mine === asked) useConnections.setState({ connections, keychain, loaded: true })
  else useConnections.setState({ keychain, loaded: true })
}

/** Asks again how the keychain is: it may have been unlocked, or started, in another window. */
export async function askKeychain(): Promise<void> {
  try {
    const { keychain } = await api.connections.list()
    useConnections.setState({ keychain })
  } catch {
    // The line is down; what was said before stands, and it is asked when the line is back.
  }
}

/** Takes in one connection as the studio answered it. */
export function rememberConnection(connection: Connection): void {
  asked += 1
  useConnections.setState(({ connections }) => ({
    connections: connections.some((own) => own.id === connection.id)
      ? connections.map((own) => (own.id === connection.id ? connection : own))
      : [...connections, connection],
  }))
}

/** Lets go of one connection that was removed. */
export function forgetConnection(id: string): void {
  asked += 1
  useConnections.setState(({ connections }) => ({
    connections: connections.filter((own) => own.id !== id),
  }))
}

/**
 * The id of the connection that a model's jobs go through, given what was chosen by need; undefined where the model
 * needs none or there is none.
 */
export function connectionIdFor(
  model: string,
  chosen: Readonly<Record<string, string>>,
  connections: readonly Connection[] = useConnections.getState().connections,
): string | undefined {
  const need = needOf(useStudio.getState().providers, model)
  return need ? connectionFor(connections, need, chosen)?.id : undefined
}

subscribe((event) => {
  if (event.type !== 'connections') return
  asked += 1
  useConnections.setState({ connections: event.connections, loaded: true })
})
