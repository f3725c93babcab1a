/** Providers with a guide of their own to the first connection, `connections.guide.<name>` in the catalogue. */
export const guides: Readonly<Record<string, 'aws'>> = { 'luma-ray2': 'aws' }
