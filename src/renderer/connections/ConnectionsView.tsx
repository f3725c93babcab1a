import { useEffect } from 'react'
import { askKeychain, needsAccount, useConnections } from '../state/connections'
import { useStudio } from '../state/studio'
import { ConnectionList } from './ConnectionList'
import { addConnection, editConnection, useEditor } from './draft'
import { Editor } from './Editor'

/** Opens the form that another view has asked for, unless one is open already. */
function useWanted(): void {
  const { wanted, loaded, connections } = useConnections()
  const providers = useStudio((state) => state.providers)
  useEffect(() => {
    if (wanted === null || !loaded) return
    useConnections.setState({ wanted: null })
    if (useEditor.getState().draft !== null) return
    const own = 'edit' in wanted ? connections.find(({ id }) => id === wanted.edit) : undefined
    const id = 'add' in wanted ? wanted.add : own?.provider
    const provider = providers.find((known) => known.id === id)
    if (!provider || !needsAccount(provider)) return
    if (own) editConnection(provider, own)
    else addConnection(provider, false)
  }, [wanted, loaded, connections, providers])
}

/** While the keychain is not usable, it is asked again when the person comes back to this view or to the window. */
function useKeychain(): void {
  const ready = useConnections(({ loaded, keychain }) => !loaded || keychain === 'ready')
  useEffect(() => {
    if (ready) return undefined
    const ask = () => void askKeychain()
    ask()
    window.addEventListener('focus', ask)
    return () => window.removeEventListener('focus', ask)
  }, [ready])
}

/** The person's accounts at providers: all of them, or the form of one. */
export function ConnectionsView() {
  const open = useEditor((state) => state.draft !== null)
  useWanted()
  useKeychain()
  return open ? <Editor /> : <ConnectionList />
}
