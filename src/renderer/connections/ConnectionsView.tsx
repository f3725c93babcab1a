import { useEffect } from 'react'
import { needsAccount, useConnections } from '../state/connections'
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

/** The person's accounts at providers: all of them, or the form of one. */
export function ConnectionsView() {
  const open = useEditor((state) => state.draft !== null)
  useWanted()
  return open ? <Editor /> : <ConnectionList />
}
