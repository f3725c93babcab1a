import { promptsIn, writerName } from '@shared/assistant'
import { expect, test } from 'vitest'

test('an answer that is a prompt is taken whole, without the wrapping that models like to add', () => {
  for (const answer of ['A red kite, at dusk', '"A red kite, at dusk"\n', '```\nA red kite, at dusk\n```'])
    expect(promptsIn('improve', answer)).toEqual(['A red kite, at dusk'])
})

test('a model that writes is called by its name and its reach, and no other model is', () => {
  const named = [
    'global.anthropic.claude-haiku-4-5-20251001-v1:0',
    'anthropic.claude-opus-4-6-v1',
    'us.anthropic.claude-sonnet-5',
    'arn:aws:bedrock:us-west-2:123456789012:inference-profile/us-gov.anthropic.claude-haiku-5-5',
    'luma.ray-v2:0',
    'kling-v2-6',
  ].map(writerName)
  expect(named).toEqual([
    'Claude Haiku 4.5 · global',
    'Claude Opus 4.6',
    'Claude Sonnet 5 · us',
    'Claude Haiku 5.5 · us-gov',
    null,
    null,
  ])
})

test('quotes that belong to the prompt are not cut off', () => {
  const answer = '"Stop!" cries the captain, and the sign says "exit"'
  expect(promptsIn('expand', answer)).toEqual([answer])
})

test('variations are told apart at the divider, without the numbers of a list', () => {
  const answer = '1. A kite\nin the wind\n---\n**Variation 2:** A red kite\n --- \n3) A kite, close'
  expect(promptsIn('variations', answer)).toEqual(['A kite\nin the wind', 'A red kite', 'A kite, close'])
})

test('a prompt that begins with a number keeps it', () => {
  expect(promptsIn('variations', '35mm film, a kite\n---\n3 kites over a bay')).toEqual([
    '35mm film, a kite',
    '3 kites over a bay',
  ])
})

test('of talk only what is set apart as a prompt is one, also while it is still being written', () => {
  const done = 'Two ways:\n```prompt\nA kite\nat dusk\n```\nor\n```prompt\nA gull\n```\nYour choice.'
  expect(promptsIn('chat', done)).toEqual(['A kite\nat dusk', 'A gull'])
  expect(promptsIn('critique', 'Too vague. Better:\n```prompt\nA red ki')).toEqual(['A red ki'])
  expect(promptsIn('chat', 'No prompt here, only `code`.')).toEqual([])
})
