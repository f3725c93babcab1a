import { promptDivider, promptFence } from '@shared/assistant'
import type { AssistantAction } from '@shared/contract'

const promptOnly =
  'Answer with the prompt only: no introduction, no explanation, no quotation marks, no headings, no Markdown.'
const talk = `When you propose a wording of the prompt, put it alone into a block that begins with a line ${promptFence} and ends with a line \`\`\`. Everything else is talk; keep it short.`

/** What each action asks of the model, and how it is to answer. */
export const tasks: Record<AssistantAction, { task: string; rule: string }> = {
  chat: {
    task: 'Talk with the person about their prompt: answer what they ask and help them to get the video that they want.',
    rule: talk,
  },
  improve: {
    task: 'Rewrite the prompt so that the model makes what the person means. Keep every fact and every wish of theirs; replace vague words by what can be seen; add only what is missing for a good shot.',
    rule: promptOnly,
  },
  expand: {
    task: 'Turn the rough line into the prompt of one complete shot: subject, one action, setting, light, camera, mood. Invent what is missing in the spirit of what is there.',
    rule: promptOnly,
  },
  shorten: {
    task: 'Shorten the prompt to about half of its length. Keep subject, action, camera and light; cut repetition and decoration first.',
    rule: promptOnly,
  },
  translate: {
    task: 'Translate the prompt faithfully, in the words that people who make films use in the other language. Change nothing else. Names and text in quotation marks that is to be seen in the picture stay as they are.',
    rule: promptOnly,
  },
  variations: {
    task: 'Write variations of the prompt that differ clearly from each other in one thing at a time (camera, light, time of day, setting, mood, style), each of them complete in itself.',
    rule: `Answer with the prompts only, each separated from the next by a line that holds nothing but ${promptDivider}. No numbers, no headings, no explanation.`,
  },
  critique: {
    task: 'Judge the prompt as somebody who knows these models: what will work, what will be ignored or go wrong, what is missing, what does not fit into the length of a clip. At most six points, the most important first, each with what to do. Then give your own wording once.',
    rule: talk,
  },
  describe: {
    task: 'The image is the first frame of a video. Write the prompt of a shot that begins with it: what is there, in a few words, and above all what happens next and how the camera moves. Describe only what is really to be seen in the image.',
    rule: promptOnly,
  },
  fit: {
    task: 'Fit the prompt to the model named above: its language, its length, its manner, its order of things. Keep the meaning; leave out what this model cannot do.',
    rule: promptOnly,
  },
}

/** Tokens that an answer may have. Room for the longest prompt of any model, and not for an essay. */
export function answerTokens(action: AssistantAction, count: number, longestPrompt: number): number {
  // A sign of Chinese takes more than a token, and prompts of these models are a few thousand signs at most.
  const one = Math.min(2000, Math.max(600, Math.ceil(longestPrompt * 0.9)))
  switch (action) {
    case 'shorten':
    case 'improve':
    case 'expand':
    case 'translate':
    case 'describe':
    case 'fit':
      return one
    case 'variations':
      return Math.min(8000, one * count)
    case 'critique':
      return 1500 + one
    case 'chat':
      return 3000
  }
}
