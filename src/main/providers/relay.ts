import { Address } from '../wire'
import { HostingChoice } from './hosting'

/** The relay that stands in forms as an example. */
export const usualRelay = 'https://yunwu.ai'

/** What is shown of a connection's form, and counts, only while its service is one of these. */
export const ofKind = <const Kind extends string>(...kinds: Kind[]) => ({ field: 'kind', in: kinds })

/** The address of a relay: a gateway that sells a provider's models under its own address and keys. */
export const relayUrl = Address.meta({
  title: 'relayUrl',
  'x-ui': { group: 'main', control: 'text', when: ofKind('relay'), placeholder: usualRelay },
})

/** The image hosting of an account at a relay, which reads images from addresses. */
export const relayHosting = HostingChoice.meta({
  title: 'hosting',
  'x-ui': { group: 'main', control: 'hosting', when: ofKind('relay') },
})

/** An address in place of the service's own, for a gateway of one's own before it. */
export const otherUrl = (title: string, usual: string, when: ReturnType<typeof ofKind>) =>
  Address.optional().meta({ title, 'x-ui': { group: 'more', control: 'text', when, placeholder: usual } })
