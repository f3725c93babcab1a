import type { JobDetail, JobInput, JobRow, Price } from '@shared/contract'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { mediaUrl } from '../api'
import { heldText, paramName, priceSource, unitPrice } from '../composer/words'
import { bytes, count, day, dayAndTime, duration, money, withUnit } from '../format'
import { textOf } from '../messages'
import { useStudio } from '../state/studio'
import { useView } from '../state/view'
import { costOf, creditsOf, paramFacts, priceFor, sentBy, shapeName, type CostFact } from './facts'
import styles from './Inspector.module.css'
import { CopyButton } from './JsonText'
import { Section } from './Section'
import { useAsset } from './useAsset'

interface FactsProps {
  row: JobRow
  detail: JobDetail
}

/** What a video was made with and what came of it. */
export function Facts({ row, detail }: FactsProps) {
  const { t } = useTranslation()
  const model = useStudio((state) => state.models[row.model])
  const setActive = useView((state) => state.setActive)
  const { video } = row
  const cost = costOf(row, detail)
  const sent = sentBy(detail.events)
  const credits = creditsOf(detail.events)
  const shape = video ? shapeName(video.width, video.height) : null

  return (
    <Section title={t('inspector.facts.title')}>
      <dl className={styles.facts}>
        <Fact name={t('inspector.facts.model')}>{model?.label ?? row.model}</Fact>
        {detail.connection === null ? null : (
          <Fact name={t('inspector.facts.connection')}>{detail.connection}</Fact>
        )}
        {video ? (
          <>
            <Fact name={t('inspector.facts.shape')}>
              {[
                ...(shape ? [shape] : []),
                `${video.width}\u202f×\u202f${video.height}`,
                withUnit(video.fps, 'fps', 2),
              ].join(' · ')}
            </Fact>
            <Fact name={t('inspector.facts.length')}>
              {`${duration(video.durationMs)} · ${bytes(video.bytes)}`}
            </Fact>
          </>
        ) : null}
        {detail.inputs.map((input) => (
          <InputFact key={input.role + input.assetId} input={input} />
        ))}
        {paramFacts(detail, model).map(({ title, unit, value }) => (
          <Fact key={title} name={paramName(title)}>
            {title === 'seed' && typeof value === 'number' ? (
              <Copyable text={String(value)} />
            ) : (
              heldText(t, title, value, unit)
            )}
          </Fact>
        ))}
        {cost ? <CostLine cost={cost} /> : null}
        {credits === null ? null : (
          <Fact name={t('inspector.facts.credits')}>
            {count(credits.credits)}
            <span className={styles.aside}>
              {` ${t(credits.exact ? 'inspector.facts.exact' : 'inspector.facts.announced')}`}
            </span>
          </Fact>
        )}
        {detail.price && detail.price.unit !== 'free' ? (
          <PriceLine price={detail.price} params={detail.params} />
        ) : null}
        <Fact name={t('inspector.facts.made')}>{dayAndTime(row.createdAt)}</Fact>
        {detail.attempts > 1 ? (
          <Fact name={t('inspector.facts.attempts')}>{count(detail.attempts)}</Fact>
        ) : null}
        {detail.providerJobId && detail.providerJobId !== row.id ? (
          <Fact name={t('inspector.facts.providerJob')}>
            <Copyable text={detail.providerJobId} />
          </Fact>
        ) : null}
        {sent.transport === null ? null : (
          <Fact name={t('inspector.facts.transport')}>
            {textOf(`inspector.transport.${sent.transport}`, {}, sent.transport)}
            {sent.tries !== null && sent.tries > 1 ? (
              <span className={styles.aside}>{` ${t('inspector.facts.tries', { count: sent.tries })}`}</span>
            ) : null}
          </Fact>
        )}
        {sent.requestId === null ? null : (
          <Fact name={t('inspector.facts.requestId')}>
            <Copyable text={sent.requestId} />
          </Fact>
        )}
        {detail.retryOf ? (
          <Fact name={t('inspector.facts.retryOf')}>
            <button type="button" className={styles.link} onClick={() => setActive(detail.retryOf)}>
              {t('inspector.facts.earlier')}
            </button>
          </Fact>
        ) : null}
        {detail.file ? (
          <Fact name={t('inspector.facts.file')}>
            <Copyable text={detail.file} />
          </Fact>
        ) : null}
        {detail.sha256 ? (
          <Fact name={t('inspector.facts.checksum')}>
            <Copyable text={detail.sha256} short={`${detail.sha256.slice(0, 12)}…`} />
          </Fact>
        ) : null}
      </dl>
    </Section>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd className="selectable">{children}</dd>
    </div>
  )
}

function CostLine({ cost: { kind, amount } }: { cost: CostFact }) {
  const { t } = useTranslation()
  switch (kind) {
    case 'free':
      return <Fact name={t('inspector.facts.cost')}>{t('ui.free')}</Fact>
    case 'estimate':
      return <Fact name={t('inspector.facts.estimate')}>{amount ? money(amount) : null}</Fact>
    case 'notCharged':
      return <Fact name={t('inspector.facts.cost')}>{t('inspector.facts.notCharged')}</Fact>
    case 'charged':
      return <Fact name={t('inspector.facts.cost')}>{t('inspector.facts.chargedUnpriced')}</Fact>
    case 'mayBe':
      return (
        <Fact name={t('inspector.facts.cost')}>
          {amount
            ? t('inspector.facts.mayBe', { amount: money(amount) })
            : t('inspector.facts.mayBeUnpriced')}
        </Fact>
      )
    case 'exact':
    case 'computed':
      return (
        <Fact name={t('inspector.facts.cost')}>
          {amount ? money(amount) : null}
          <span className={styles.aside}>{` ${t(`inspector.facts.${kind}`)}`}</span>
        </Fact>
      )
  }
}

/** The price as it was when the job was made, with the day and the place it was read. */
function PriceLine({ price, params }: { price: Price; params: JobDetail['params'] }) {
  const { t } = useTranslation()
  const known = priceFor(price, params)
  const per = unitPrice(t, price, known)
  if (known === null) return <Fact name={t('inspector.facts.price')}>{per}</Fact>
  const [year = 1970, month = 1, date = 1] = price.date.split('-').map(Number)
  const read = day(new Date(year, month - 1, date).getTime())
  return (
    <Fact name={t('inspector.facts.price')}>
      {per}
      <br />
      <span className={styles.aside}>
        {t('inspector.facts.priceRead', { day: read, source: priceSource(price.source) })}
      </span>
    </Fact>
  )
}

function Copyable({ text, short = text }: { text: string; short?: string }) {
  const { t } = useTranslation()
  return (
    <span className={styles.copyable}>
      <span title={text}>{short}</span>
      <CopyButton text={text} label={t('inspector.copy')} />
    </span>
  )
}

function InputFact({ input }: { input: JobInput }) {
  const { t } = useTranslation()
  const asset = useAsset(input.assetId)
  return (
    <Fact name={t(`composer.role.${input.role}`)}>
      <span className={styles.input}>
        <img src={mediaUrl.thumb(input.assetId)} alt="" />
        <span>{asset?.name ?? ''}</span>
      </span>
    </Fact>
  )
}
