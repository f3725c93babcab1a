import { ProviderError, type ConnectionKind, type Holder, type Provider, type ProviderStatus } from './types'

type Clean = (text: string) => string

/**
 * The provider, with `clean` over all words in which it tells how a call went: services, and gateways before them,
 * sometimes repeat what they were sent, and what they say is shown and kept.
 */
export function discreet(provider: Provider, clean: Clean): Provider {
  const { connection } = provider
  const find = provider.find?.bind(provider)
  const cancel = provider.cancel?.bind(provider)
  const said = <T>(work: Promise<T>): Promise<T> =>
    work.catch((error: unknown) => {
      throw cleanError(error, clean)
    })
  return {
    ...provider,
    ...(connection ? { connection: discreetKind(connection, clean, said) } : {}),
    async submit(call) {
      const { told, ...answer } = await said(provider.submit(call))
      return { ...answer, ...(told ? { told: cleanValues(told, clean) } : {}) }
    },
    poll: async (call) => cleanStatus(await said(provider.poll(call)), clean),
    open: (call, output, offset) => said(provider.open(call, output, offset)),
    ...(find ? { find: (call) => said(find(call)) } : {}),
    ...(cancel ? { cancel: (call) => said(cancel(call)) } : {}),
  }
}

/** The same for what makes no videos. */
export function discreetHolder(holder: Holder, clean: Clean): Holder {
  return { ...holder, connection: discreetKind(holder.connection, clean, (work) => work) }
}

function discreetKind(
  kind: ConnectionKind,
  clean: Clean,
  said: <T>(work: Promise<T>) => Promise<T>,
): ConnectionKind {
  const list = kind.list?.bind(kind)
  return {
    ...kind,
    async *test(access, signal) {
      for await (const step of kind.test(access, signal)) {
        const { message, remedy, values, raw, who } = step
        yield {
          ...step,
          message: clean(message),
          remedy: remedy && { ...remedy, message: clean(remedy.message) },
          values: cleanValues(values, clean),
          raw: raw && clean(raw),
          ...(who === undefined ? {} : { who: clean(who) }),
        }
      }
    },
    ...(list ? { list: (access, since, signal) => said(list(access, since, signal)) } : {}),
  }
}

function cleanStatus(status: ProviderStatus, clean: Clean): ProviderStatus {
  switch (status.kind) {
    case 'failed':
    case 'turned_away':
    case 'unsure':
      return { ...status, error: cleanRefusal(status.error, clean) }
    case 'succeeded':
      return status.told === undefined ? status : { ...status, told: cleanValues(status.told, clean) }
    case 'queued':
    case 'processing':
    case 'lost':
      return status
  }
}

function cleanError(error: unknown, clean: Clean): unknown {
  if (error instanceof ProviderError) return cleanRefusal(error, clean)
  if (!(error instanceof Error)) return error
  const stack = clean(error.stack ?? error.message)
  if (stack === (error.stack ?? error.message)) return error
  return Object.assign(new Error(clean(error.message)), { name: error.name, stack })
}

function cleanRefusal({ detail, cause }: ProviderError, clean: Clean): ProviderError {
  const { message, hint, raw, values } = detail
  return new ProviderError(
    {
      ...detail,
      message: clean(message),
      hint: hint && clean(hint),
      ...(raw === undefined ? {} : { raw: clean(raw) }),
      ...(values === undefined ? {} : { values: cleanValues(values, clean) }),
    },
    { cause },
  )
}

function cleanValues<V extends string | number>(
  values: Record<string, V>,
  clean: Clean,
): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === 'string' ? clean(value) : value]),
  )
}
