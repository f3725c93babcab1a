import { ConnectionList } from './ConnectionList'
import { Editor } from './Editor'
import { useEditor } from './draft'

/** The person's accounts at providers: all of them, or the form of one. */
export function ConnectionsView() {
  const open = useEditor((state) => state.draft !== null)
  return open ? <Editor /> : <ConnectionList />
}
