import { describe, expect, it } from 'vitest'
import { connection, credits, line, purse, usd } from './support'

/** Reads RFC 4180 by its grammar, independent of what wrote it. */
function parse(text: string): string[][] {
  const records: string[][] = [[]]
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y
  while (field.lastIndex < text.length) {
    const found = field.exec(text)
    if (!found) throw new Error('not RFC 4180')
    records.at(-1)?.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? '')
    if (found[3] === '\r\n') records.push([])
  }
  return records.slice(0, -1)
}
const read = (text: string) => {
  const [header = [], ...records] = parse(text.slice(1))
  return records.map((fields) => Object.fromEntries(header.map((name, i) => [name, fields[i]])))
}

describe('the CSV file', () => {
  it('has one record a job, behind a byte order mark', async () => {
    const one = line({ jobId: 'a', at: Date.UTC(2026, 9, 31, 16, 30), costKind: 'exact' })
    const { name, text } = await purse([one], { timeZone: 'Asia/Shanghai' }).csv({
      from: '2026-11',
      to: '2026-11',
    })
    expect(name).toBe('dailies-usage-2026-11.csv')
    expect(text).toBe(
      '\uFEFFdate,month,provider,model,connection,state,charged,cost,cost_currency,cost_kind,estimate,' +
        'estimate_currency,seconds,prompt,job_id\r\n' +
        '2026-11-01T00:30:00+08:00,2026-11,luma-ray2,luma-ray2,Studio account,completed,yes,7.5,USD,exact,7.5,' +
        'USD,5,A lighthouse at dusk,a\r\n',
    )
  })

  it('survives quotes, commas and lines in a prompt', async () => {
    const prompts = ['say "cut", then\r\nfade', ' leading', 'a,b', '霓虹，雨夜\n街头', '']
    const rows = read((await purse(prompts.map((prompt) => line({ prompt }))).csv({})).text)
    expect(rows.map((row) => row.prompt)).toEqual(prompts)
  })

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx', '=cmd|"/c calc"!A1', '＝1'])(
    'does not let a spreadsheet run %j',
    async (bad) => {
      const lines = [line({ prompt: bad, connectionId: 'aws' })]
      const [row] = read((await purse(lines, { connections: [connection({ label: bad })] }).csv({})).text)
      expect(row?.prompt).toBe(`'${bad}`)
      expect(row?.connection).toBe(`'${bad}`)
    },
  )

  it('begins no formula where a spreadsheet parts fields by semicolons or tabs', async () => {
    const prompts = ['\r=1', 'a;=1+1', 'a\t@SUM(A1)', 'a\n=1+1', 'a;  -1', 'a; b - c, d = e']
    const rows = read((await purse(prompts.map((prompt) => line({ prompt }))).csv({})).text)
    expect(rows.map((row) => row.prompt)).toEqual([
      "'\r'=1",
      "a;'=1+1",
      "a\t'@SUM(A1)",
      "a\n'=1+1",
      "a;'  -1",
      'a; b - c, d = e',
    ])
  })

  it('adds up to what the page says was spent, and leaves unknown costs empty', async () => {
    const lines = [
      line({ cost: null, costKind: null }),
      line({ cost: usd(0.000_001), costKind: 'exact' }),
      line({ state: 'needs_attention', charged: 'unknown', cost: null, costKind: null }),
      line({ cost: credits(60), estimate: usd(0.6) }),
    ]
    const rows = read((await purse(lines).csv({})).text)
    expect(
      rows.map((row) => [row.charged, row.cost, row.cost_currency, row.cost_kind, row.estimate]),
    ).toEqual([
      ['yes', '7.5', 'USD', 'computed', '7.5'],
      ['yes', '0.000001', 'USD', 'exact', '7.5'],
      ['unknown', '', '', '', '7.5'],
      ['yes', '60', 'credits', 'computed', '0.6'],
    ])
  })

  it('is a header alone where there is nothing, and is named by its months', async () => {
    const empty = purse([])
    expect(read((await empty.csv({})).text)).toEqual([])
    expect((await empty.csv({})).name).toBe('dailies-usage.csv')
    expect((await empty.csv({ from: '2026-01' })).name).toBe('dailies-usage-from-2026-01.csv')
    expect((await empty.csv({ from: '2026-01', to: '2026-03' })).name).toBe(
      'dailies-usage-from-2026-01-to-2026-03.csv',
    )
  })
})
